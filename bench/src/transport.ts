import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { addElement, type ElementId, newElementId } from '@inkwire/core';
import { WebSocket, WebSocketServer } from 'ws';
import { type BoardRoom, openBoardRoom, type Person } from './board-room.js';
import type { Report } from './report.js';

const SUITE = 'transport';
const COMMITS = 60;
const STREAM_MS = 12_000;
const POINTER_MS = 16;
const WRITING_MS = 20_000;
const MISSED = [10, 1_000, 10_000];

/**
 * How old what one person does is when another page has it, ready to be painted; and what it takes to come back.
 *
 * The floor is a bare WebSocket relay on the same machine in the same run, which sends everything at once: no numbers, no
 * log, no limit on events.
 */
export const run = async (report: Report): Promise<void> => {
  const room = await openBoardRoom();
  try {
    const floor = await measureFloor();
    await measureCommits(room, report, floor);
    await measureStream(room, report, floor);
    await measureCost(room, report);
    for (const missed of MISSED) await measureReturn(room, report, missed);
  } finally {
    await room.close();
  }
};

const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

const quantile = (values: readonly number[], part: number): number =>
  [...values].sort((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * part))] ?? 0;

const together = async (room: BoardRoom, name: string): Promise<[Person, Person]> => {
  const people: [Person, Person] = [room.join(name, 'ana'), room.join(name, 'ben')];
  const isThere = ({ connection: { status } }: Person): boolean =>
    status.connection === 'live' && status.participants === 2 && status.level && status.access === 'write';
  while (!people.every(isThere)) await pause(5);
  return people;
};

const draw = ({ board }: Person): ElementId => {
  const id = newElementId();
  const points = Array.from({ length: 40 }, (_, index) => ({
    x: index * 4 + Math.cos(index) * 3,
    y: Math.sin(index / 3) * 30,
    pressure: 0.5 + Math.sin(index / 5) / 4,
  }));
  board.commit(addElement(board, { kind: 'stroke', id, tool: 'pen', color: 'ink', width: 3, points }));
  return id;
};

interface Figures {
  readonly p50: number;
  readonly p95: number;
}

const figuresOf = (values: readonly number[]): Figures => ({
  p50: quantile(values, 0.5),
  p95: quantile(values, 0.95),
});

const compare = (report: Report, name: string, ours: Figures, floor: Figures): void => {
  for (const metric of ['p50', 'p95'] as const)
    report({
      suite: SUITE,
      case: name,
      metric,
      unit: 'ms',
      ours: ours[metric],
      peer: 'bare WebSocket',
      theirs: floor[metric],
      ratio: floor[metric] / ours[metric],
    });
};

/** From one client to another through a server that only relays, a message of a stroke's size. */
const measureFloor = async (): Promise<Figures> => {
  const server = new WebSocketServer({ port: 0, host: '127.0.0.1' });
  await once(server, 'listening');
  server.on('connection', (socket) =>
    socket.on('message', (data) => {
      for (const other of server.clients) if (other !== socket) other.send(data);
    }),
  );
  const open = async (): Promise<WebSocket> => {
    const socket = new WebSocket(`ws://127.0.0.1:${(server.address() as AddressInfo).port}`);
    await once(socket, 'open');
    return socket;
  };
  const [from, to] = [await open(), await open()];
  const times: number[] = [];
  for (let count = 0; count < COMMITS; count += 1) {
    const start = performance.now();
    from.send(Buffer.alloc(400));
    await once(to, 'message');
    times.push(performance.now() - start);
    await pause(50);
  }
  from.terminate();
  to.terminate();
  server.close();
  return figuresOf(times);
};

const measureCommits = async (room: BoardRoom, report: Report, floor: Figures): Promise<void> => {
  const [ana, ben] = await together(room, 'commits');
  const times: number[] = [];
  for (let count = 0; count < COMMITS; count += 1) {
    const start = performance.now();
    const seen = new Promise<void>((resolve) => {
      const stop = ben.board.subscribe(({ touched }) => {
        if (!touched.includes(id)) return;
        times.push(performance.now() - start);
        stop();
        resolve();
      });
    });
    const id = draw(ana);
    await seen;
    await pause(150 + Math.random() * 150);
  }
  compare(report, 'a committed stroke', figuresOf(times), floor);
};

/** A pointer that moves all the time: how old each of its places is when the other page has it. */
const measureStream = async (room: BoardRoom, report: Report, floor: Figures): Promise<void> => {
  const [ana, ben] = await together(room, 'stream');
  const times: number[] = [];
  const sent: number[] = [];
  let arrived = 0;
  const stop = ben.connection.presence.subscribe(() => {
    const now = performance.now();
    const [cursorX = 0] = ben.connection.presence.others(Date.now() + 10_000)[0]?.cursor ?? [];
    for (; arrived < sent.length && arrived < cursorX; arrived += 1)
      times.push(now - (sent[arrived] as number));
  });
  const end = performance.now() + STREAM_MS;
  while (performance.now() < end) {
    sent.push(performance.now());
    ana.connection.presence.setCursor([sent.length, 0]);
    await pause(POINTER_MS);
  }
  stop();
  compare(report, 'a moving pointer, at most 10 events/s', figuresOf(times), floor);
};

const measureCost = async (room: BoardRoom, report: Report): Promise<void> => {
  const [ana] = await together(room, 'cost');
  room.pusher.counters.reset();
  const end = performance.now() + WRITING_MS;
  while (performance.now() < end) {
    for (let count = 0; count < 60; count += 1) {
      ana.connection.presence.setCursor([count, count]);
      await pause(POINTER_MS);
    }
    draw(ana);
  }
  const perMinute = 60_000 / WRITING_MS;
  const rates = room.pusher.counters.rates();
  const frames = rates.reduce((sum, { accepted }) => sum + accepted, 0);
  const figures = [
    ['frames', frames * perMinute, 'events/min'],
    [
      'billed, frames and receipts to two people',
      room.pusher.counters.read().billed.total * perMinute,
      'messages/min',
    ],
    ['busiest second', Math.max(...rates.map(({ mostPerSecond }) => mostPerSecond)), 'events'],
  ] as const;
  for (const [metric, ours, unit] of figures)
    report({ suite: SUITE, case: 'one of two writes', metric, unit, ours });
};

/** Somebody comes back and has missed so many strokes: until every one of them is on their board. */
const measureReturn = async (room: BoardRoom, report: Report, missed: number): Promise<void> => {
  const [ana, ben] = await together(room, `return-${missed}`);
  ben.say('offline');
  room.pusher.faults.refuseConnections();
  for (let count = 0; count < missed; count += 1) {
    draw(ana);
    if (count % 100 === 99) await pause(0);
  }
  while (ana.connection.status.saving !== 'saved') await pause(5);
  room.pusher.faults.acceptConnections();
  const start = performance.now();
  ben.say('online');
  while (ben.board.size < missed) await pause(1);
  const ours = performance.now() - start;
  report({
    suite: SUITE,
    case: `back after ${missed} missed strokes`,
    metric: 'equal after',
    unit: 'ms',
    ours,
  });
  await Promise.all([ana.connection.destroy(), ben.connection.destroy()]);
};
