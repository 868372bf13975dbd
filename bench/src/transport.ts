import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openBoardRoom } from './board-room.js';
import type { Report } from './report.js';
import { measureCost } from './transport-cost.js';
import { hocuspocus } from './transport-hocuspocus.js';
import { inkwire } from './transport-inkwire.js';
import { measureLoss } from './transport-loss.js';
import { measurePixels } from './transport-pixels.js';
import { measureReturns } from './transport-return.js';
import { yWebsocket } from './transport-y-websocket.js';

const SUITE = 'transport';

/** Ours first. */
const PEERS = [inkwire, yWebsocket, hocuspocus];

/**
 * How old what one person does is when another sees it, what it takes to come back, what a minute of drawing sends, and
 * what is lost when the server is killed: beside a bare WebSocket, y-websocket and Hocuspocus on the same machine.
 */
export const run = async (report: Report): Promise<void> => {
  const folder = await mkdtemp(join(tmpdir(), 'inkwire-bench-transport-'));
  try {
    const room = await openBoardRoom();
    try {
      await measurePixels(report, SUITE, room);
      await measureReturns(report, SUITE, room);
    } finally {
      await room.close();
    }
    await measureCost(report, SUITE, PEERS, folder);
    await measureLoss(report, SUITE, PEERS, folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
};
