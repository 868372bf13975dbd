import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Report } from './report.js';
import { drawStroke, pause } from './transport-drawing.js';
import type { Peer, PeerMember, PeerRoom } from './transport-peer.js';

/** Strokes before the server is killed, and as many after. */
const STROKES = 20;
const EVERY_MS = 100;
/** Longer than any of them waits before it connects again or hands something in for somebody else. */
const PATIENCE_MS = 30_000;

interface Situation {
  readonly name: string;
  /** Draws, lets the server be killed, and starts it again; how many strokes were drawn. */
  play(room: PeerRoom, ana: PeerMember, ben: PeerMember): Promise<number>;
}

const draw = async ({ board }: PeerMember): Promise<void> => {
  for (let count = 0; count < STROKES; count += 1) {
    drawStroke(board);
    await pause(EVERY_MS);
  }
};

const SITUATIONS: readonly Situation[] = [
  {
    name: 'server killed, all pages stay',
    play: async (room, ana, ben) => {
      await draw(ana);
      await room.kill();
      await draw(ana);
      await room.restart();
      const end = performance.now() + PATIENCE_MS;
      while (!(ana.synced && ben.synced && ben.board.size === 2 * STROKES) && performance.now() < end)
        await pause(50);
      // Those who believe that they are connected still may not be.
      await pause(3_000);
      await Promise.all([ana.leave(), ben.leave()]);
      return 2 * STROKES;
    },
  },
  {
    name: 'server killed, who drew leaves, another stays',
    play: async (room, ana) => {
      await draw(ana);
      await room.kill();
      await draw(ana);
      await ana.leave();
      await room.restart();
      return 2 * STROKES;
    },
  },
  {
    name: 'server killed, all pages close with it (browsers keep nothing)',
    play: async (room, ana, ben) => {
      await draw(ana);
      drawStroke(ana.board);
      await Promise.all([room.kill(), ana.leave(), ben.leave()]);
      await room.restart();
      return STROKES + 1;
    },
  },
];

/** What the server has lost, as somebody finds who comes later. None of the pages keeps anything in its browser. */
const lostIn = async (peer: Peer, folder: string, situation: Situation, index: number): Promise<number> => {
  const own = join(folder, `loss-${index}`);
  await mkdir(own, { recursive: true });
  const room = await peer.open(own);
  try {
    const [ana, ben] = await Promise.all([room.join('loss', 'ana'), room.join('loss', 'ben')]);
    while (!(ana.synced && ben.synced)) await pause(20);
    const drawn = await situation.play(room, ana, ben);
    const cleo = await room.join('loss', 'cleo');
    const end = performance.now() + PATIENCE_MS;
    while (performance.now() < end && !(cleo.synced && cleo.board.size === drawn)) await pause(50);
    const lost = drawn - cleo.board.size;
    await Promise.all([ana.leave(), ben.leave(), cleo.leave()]);
    return lost;
  } finally {
    await room.close();
  }
};

export const measureLoss = async (
  report: Report,
  suite: string,
  peers: readonly Peer[],
  folder: string,
): Promise<void> => {
  // Nobody takes the time: all of it can happen at once.
  const losses = await Promise.all(
    SITUATIONS.map((situation, index) =>
      Promise.all(peers.map((peer) => lostIn(peer, folder, situation, index))),
    ),
  );
  for (const [index, [ours = 0, ...theirs]] of losses.entries())
    for (const [other, lost] of theirs.entries())
      report({
        suite,
        case: SITUATIONS[index]?.name ?? '',
        metric: 'strokes lost',
        unit: 'strokes',
        ours,
        peer: peers[other + 1]?.name ?? '',
        theirs: lost,
      });
};
