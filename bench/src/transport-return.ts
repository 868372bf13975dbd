import type { BoardRoom, Person } from './board-room.js';
import type { Report } from './report.js';
import { drawStroke, pause } from './transport-drawing.js';

const MISSED = [10, 1_000, 10_000];

/** Two people on a board who see each other. */
const together = async (room: BoardRoom, name: string): Promise<[Person, Person]> => {
  const people: [Person, Person] = [room.join(name, 'ana'), room.join(name, 'ben')];
  const isThere = ({ connection: { status } }: Person): boolean =>
    status.connection === 'live' && status.participants === 2 && status.level && status.access === 'write';
  while (!people.every(isThere)) await pause(5);
  return people;
};

/** Somebody comes back and has missed so many strokes: until they are connected, and until all strokes are on their board. */
const measure = async (report: Report, suite: string, room: BoardRoom, missed: number): Promise<void> => {
  const [ana, ben] = await together(room, `return-${missed}`);
  ben.say('offline');
  room.pusher.faults.refuseConnections();
  for (let count = 1; count <= missed; count += 1) {
    drawStroke(ana.board);
    if (count % 100 === 0) await pause(0);
  }
  while (ana.connection.status.saving !== 'saved') await pause(5);
  room.pusher.faults.acceptConnections();
  const start = performance.now();
  const connected = new Promise<number>((resolve) => {
    const stop = ben.connection.on('status', ({ connection }) => {
      if (connection !== 'live') return;
      stop();
      resolve(performance.now() - start);
    });
  });
  ben.say('online');
  while (ben.board.size < missed) await pause(1);
  const equal = performance.now() - start;
  const name = `back after ${missed.toLocaleString('en')} missed strokes`;
  report({ suite, case: name, metric: 'connected after', unit: 'ms', ours: await connected });
  report({ suite, case: name, metric: 'equal after', unit: 'ms', ours: equal });
  await Promise.all([ana.connection.destroy(), ben.connection.destroy()]);
};

export const measureReturns = async (report: Report, suite: string, room: BoardRoom): Promise<void> => {
  for (const missed of MISSED) await measure(report, suite, room, missed);
};
