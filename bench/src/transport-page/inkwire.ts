import { mountBoard } from '@inkwire/canvas';
import { createBoard, type LiveInk } from '@inkwire/core';
import { connectBoard } from '@inkwire/transport';
import type { Surface } from './screen.js';

/** Less than what makes an author silent, and more than any playback takes, ms. */
const ALL_PLAYED_MS = 1_000;

export const mountInkwire = async (place: HTMLElement, settings: URLSearchParams): Promise<Surface> => {
  const user = settings.get('user') ?? 'ana';
  const board = createBoard({ user });
  const connection = connectBoard(board, {
    board: settings.get('board') ?? '',
    server: '/inkwire',
    pusher: {
      key: settings.get('key') ?? '',
      wsHost: '127.0.0.1',
      wsPort: Number(settings.get('port')),
      forceTLS: false,
    },
    user: { id: user, name: user, color: '#336699' },
    headers: () => ({ authorization: user }),
  });
  const { presence } = connection;
  mountBoard(place, board, { presence, tool: 'pen', theme: 'light' });
  const canvas = place.querySelector('canvas');
  if (canvas === null) throw new Error('The board has no canvas.');
  await new Promise<void>((resolve) => {
    const look = (): void => {
      const { level, participants, access } = connection.status;
      if (level && access === 'write' && participants === 2) resolve();
    };
    connection.on('status', look);
    look();
  });
  const reach = (ink: LiveInk | undefined): number => ink?.points.at(-1)?.x ?? 0;
  const inkAt = (now: number): LiveInk | undefined => presence.others(now)[0]?.liveInk[0];
  return {
    canvas,
    arrived: () => reach(inkAt(Date.now() + ALL_PLAYED_MS)),
    painted: () => reach(inkAt(Date.now())),
    onArrival: (listener) => void presence.subscribe(listener),
  };
};
