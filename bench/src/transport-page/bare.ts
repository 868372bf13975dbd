import type { Surface } from './screen.js';

interface Message {
  readonly points: readonly (readonly [number, number])[];
  readonly done: boolean;
}

/**
 * The floor: what a pointer does is sent at once over a bare WebSocket and painted in the next frame of the other page. No
 * document, no log, no limit, no smoothing. `moves` are sent too, or with all of the stroke when the pointer is lifted.
 */
export const mountBare = async (place: HTMLElement, settings: URLSearchParams): Promise<Surface> => {
  const sendsMoves = settings.get('moves') === 'sent';
  const socket = new WebSocket(`ws://127.0.0.1:${settings.get('port')}`);
  await new Promise((resolve) => socket.addEventListener('open', resolve));
  const canvas = document.createElement('canvas');
  [canvas.width, canvas.height] = [place.clientWidth, place.clientHeight];
  place.append(canvas);
  const context = canvas.getContext('2d', { alpha: false });
  if (context === null) throw new Error('This browser has no canvas.');
  context.fillStyle = '#fff';
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.fillStyle = '#000';

  const arrivals = new Set<() => void>();
  let waiting: Message[] = [];
  let arrived = 0;
  let painted = 0;
  const paint = (): void => {
    for (const { points, done } of waiting) {
      for (const [x, y] of points) context.fillRect(x - 2, y - 2, 4, 4);
      painted = done ? 0 : (points.at(-1)?.[0] ?? 0);
    }
    waiting = [];
  };
  socket.addEventListener('message', ({ data }) => {
    const message = JSON.parse(String(data)) as Message;
    if (waiting.length === 0) requestAnimationFrame(paint);
    waiting.push(message);
    arrived = message.done ? 0 : (message.points.at(-1)?.[0] ?? 0);
    for (const listener of arrivals) listener();
  });

  let points: [number, number][] = [];
  const send = (done: boolean): void =>
    socket.send(JSON.stringify({ points: done ? points : points.slice(-1), done }));
  canvas.addEventListener('pointermove', ({ buttons, offsetX, offsetY }) => {
    if (buttons === 0) return;
    points.push([offsetX, offsetY]);
    if (sendsMoves) send(false);
  });
  canvas.addEventListener('pointerup', () => {
    send(true);
    points = [];
  });
  return {
    canvas,
    arrived: () => arrived,
    painted: () => painted,
    onArrival: (listener) => void arrivals.add(listener),
  };
};
