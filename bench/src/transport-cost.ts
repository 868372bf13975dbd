import { newElementId } from '@inkwire/core';
import type { Report } from './report.js';
import { drawStroke, pause, penAt } from './transport-drawing.js';
import type { Peer, Sent } from './transport-peer.js';

const CASE = 'one of two draws for a minute';
const WRITING_MS = 20_000;
const POINTER_MS = 16;
const POINTS_PER_STROKE = 60;

/** One person draws, another watches, with each of the peers at once: the same events at the same times. */
export const measureCost = async (
  report: Report,
  suite: string,
  peers: readonly Peer[],
  folder: string,
): Promise<void> => {
  const rooms = await Promise.all(peers.map((peer) => peer.open(folder)));
  try {
    const drawing = await Promise.all(rooms.map((room) => room.join('cost', 'ana')));
    const watching = await Promise.all(rooms.map((room) => room.join('cost', 'ben')));
    while (![...drawing, ...watching].every(({ synced }) => synced)) await pause(20);
    // Greetings are over.
    await pause(2_000);
    const before = drawing.map(({ sent }) => sent);
    const end = performance.now() + WRITING_MS;
    let next = performance.now();
    while (performance.now() < end) {
      const stroke = newElementId();
      const points = [];
      for (let count = 0; count < POINTS_PER_STROKE; count += 1) {
        points.push(penAt(count));
        for (const { movePen } of drawing) movePen(stroke, points);
        next += POINTER_MS;
        await pause(next - performance.now());
      }
      for (const { board } of drawing) drawStroke(board, points, stroke);
    }
    await pause(500);
    const perMinute = 60_000 / WRITING_MS;
    const sent = drawing.map(({ sent }, index) => ({
      messages: (sent.messages - (before[index]?.messages ?? 0)) * perMinute,
      bytes: (sent.bytes - (before[index]?.bytes ?? 0)) * perMinute,
    }));
    const [ours, ...theirs] = sent as [Sent, ...Sent[]];
    for (const [metric, unit] of [
      ['messages', 'sent/min'],
      ['bytes', 'B/min'],
    ] as const)
      for (const [index, other] of theirs.entries())
        report({
          suite,
          case: CASE,
          metric: `${metric} sent, HTTP included`,
          unit,
          ours: ours[metric],
          peer: peers[index + 1]?.name ?? '',
          theirs: other[metric],
          ratio: other[metric] / ours[metric],
        });
    await Promise.all([...drawing, ...watching].map((member) => member.leave()));
  } finally {
    await Promise.all(rooms.map((room) => room.close()));
  }
};
