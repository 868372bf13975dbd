import { isDeepStrictEqual } from 'node:util';
import { boardToJson } from '@inkwire/core';
import { connectBoard } from '../../board/connect-board.js';
import type { PageEvent } from '../../page.js';
import { draw, sameContent } from '../drawing.js';
import type { Rig } from '../rig.js';
import { doDeed, isDeed } from './deeds.js';
import type { Script, Step } from './script.js';
import type { Connect, Tab } from './tab.js';
import { createWorld, type Seat, type World } from './world.js';

const isSaved = ({ connection: { status } }: Tab): boolean => status.saving === 'saved';

const isSettled = (tab: Tab): boolean => {
  const { connection, level } = tab.connection.status;
  return isSaved(tab) && connection === 'live' && level;
};

const areEqual = (tabs: readonly Tab[]): boolean =>
  tabs.every(({ board }) => sameContent(board.doc, (tabs[0] as Tab).board.doc));

/** Whether a page has what the log has, and nothing else. */
const hasLog = async (world: World, tab: Tab): Promise<boolean> => {
  if (!isSettled(tab)) return false;
  await world.audit();
  return sameContent(tab.board.doc, world.log);
};

const sayAt = (world: World, { computer }: Seat, event: PageEvent): void => {
  for (const tab of world.tabs) if (tab.computer === computer) tab.page.say(event);
};

const comeBack = (world: World, seat: Seat): void => {
  const { reach } = seat.computer;
  const wasOffline = reach.offline;
  Object.assign(reach, { offline: false, mute: false, deaf: false, lostAnswers: 0 });
  if (seat.tab === null) world.open(seat);
  else if (wasOffline) sayAt(world, seat, 'online');
};

/** A frame that may leave has left after this long. */
const FRAME_MS = 200;

const showAndVanish = async (world: World, seat: Seat): Promise<void> => {
  seat.computer.reach.mute = true;
  if (seat.tab) draw(seat.tab.board);
  await world.wait(FRAME_MS);
  world.loseComputer(seat);
};

const act = async (world: World, seat: Seat, step: Step): Promise<void> => {
  const { computer, tab } = seat;
  if (isDeed(step)) {
    if (tab) doDeed(tab.board, step);
  } else if (step.do === 'return') comeBack(world, seat);
  else if (step.do === 'go offline') {
    computer.reach.offline = true;
    sayAt(world, seat, 'offline');
    world.cut(computer);
  } else if (step.do === 'mute') computer.reach.mute = true;
  else if (step.do === 'deafen') {
    computer.reach.deaf = true;
    world.cut(computer);
  } else if (step.do === 'lose answers') computer.reach.lostAnswers += step.count;
  else if (step.do === 'cut') world.cut(computer);
  else if (step.do === 'close' || step.do === 'reload') {
    seat.tab = null;
    await tab?.close();
    if (step.do === 'reload') world.open(seat);
  } else if (step.do === 'crash') world.crash(seat);
  else if (step.do === 'kill the leader') {
    const leader = world.seats.find((other) => other.computer === computer && other.tab?.leads);
    if (leader) world.crash(leader);
  } else if (step.do === 'lose the computer') world.loseComputer(seat);
  else await showAndVanish(world, seat);
};

const take = async (world: World, step: Step): Promise<void> => {
  if (step.do === 'wait') await world.wait(step.ms);
  else if (step.do === 'kill the server') world.killServer(step.ms);
  else await act(world, world.seats[step.who % world.seats.length] as Seat, step);
};

/** The server says nothing about an append any more after this long. */
const RECEIPTS_MS = 15_000;

/** Everybody is here again and becomes equal, but for one, who works on and is told nothing. */
const finishWithout = async (world: World, last: Tab): Promise<void> => {
  const others = (): Tab[] => world.tabs.filter((tab) => tab !== last);
  last.computer.reach.deaf = true;
  world.cut(last.computer);
  await world.until(
    'nobody can tell the last one anything',
    () => last.connection.status.connection !== 'live',
  );
  await world.until('the last one is saved', () => isSaved(last));
  // Every receipt of that may have got lost; whoever then says something is answered, and tells the others.
  const [one] = others();
  if (one) draw(one.board);
  await world.until(
    'the others are saved, live and equal',
    () => others().every(isSettled) && areEqual(others()),
  );
  // What nobody but its witnesses can hand in any more takes them some time.
  await world.until('the log has what everybody sees', async () => {
    for (const tab of others()) if (!(await hasLog(world, tab))) return false;
    return true;
  });
  checkShown(others());
  for (const seat of world.seats) if (seat.tab !== last) await world.close(seat);
};

/** All but one finish their work and go. That one comes back when nobody is left to tell, and finds out by itself. */
const finish = async (world: World, seat: Seat): Promise<void> => {
  for (const other of world.seats) comeBack(world, other);
  const last = world.open(seat);
  for (const other of world.seats)
    if (other !== seat && other.computer === seat.computer) await world.close(other);
  await finishWithout(world, last);
  await world.wait(RECEIPTS_MS);
  last.computer.reach.deaf = false;
  await world.until('who comes back alone has everything', () => hasLog(world, last));
  const fresh = world.open(world.takeSeat());
  await world.until('who was never here has everything', () => hasLog(world, fresh));
  checkShown([last, fresh]);
  world.checkOwed(fresh.board.doc);
};

const checkShown = (tabs: readonly Tab[]): void => {
  for (const { board, errors } of tabs) {
    if (!isDeepStrictEqual(boardToJson(board), boardToJson((tabs[0] as Tab).board)))
      throw new Error('Two boards show different things.');
    if (errors.includes('diverged')) throw new Error('A digest differed.');
  }
};

/**
 * Plays a script on its own board and says what was wrong, if anything: a document that had something pending after a
 * step, boards that never became equal to each other and to the log, or a change that is gone though it was confirmed.
 */
export const play = async (
  rig: Rig,
  name: string,
  { tabs, steps, last }: Script,
  connect: Connect = connectBoard,
): Promise<string | null> => {
  const world = createWorld(rig, name, tabs, connect);
  try {
    for (const seat of world.seats) world.open(seat);
    await world.until('all are here', () => world.seats.every(({ tab }) => tab && isSettled(tab)));
    for (const step of steps) {
      await take(world, step);
      await world.audit();
    }
    world.startServer();
    await finish(world, world.seats[last % world.seats.length] as Seat);
    return null;
  } catch (error) {
    return (error as Error).message;
  } finally {
    await world.end();
  }
};
