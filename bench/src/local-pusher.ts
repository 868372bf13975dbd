import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import {
  type CountingSocket,
  clientFrame,
  openCounting,
  readSocketId,
  serverFrameLength,
  subscribeFrame,
} from './fan-out-client.js';
import type { Report } from './report.js';

const SERVER = fileURLToPath(new URL('./fan-out-server.js', import.meta.url));
const CHANNEL = 'private-board';
/** About a frame of live ink. */
const DATA = { f: 'A'.repeat(400) };
/** Events that are sent before their copies are waited for. One by one, no write can be shared between events. */
const BURSTS = { 'one by one': 1, 'in bursts of 100': 100 };
const ROUNDS = 15;
const ROUND_MS = 150;

type Kind = 'local-pusher' | 'ws';

interface Room {
  sender: CountingSocket;
  receivers: CountingSocket[];
  /** What the sender sends, and how long it is when it arrives. */
  frame: Buffer;
  arrivingBytes: number;
  close(): void;
}

/** How many copies a second reach 1, 10 and 100 subscribers, beside a server that only copies. */
export async function run(report: Report): Promise<void> {
  for (const subscribers of [1, 10, 100]) {
    const rooms = [await openRoom('local-pusher', subscribers), await openRoom('ws', subscribers)] as const;
    for (const [name, burst] of Object.entries(BURSTS)) {
      const { ours, theirs } = await compare(rooms, burst);
      report({
        suite: 'local-pusher',
        case: `fan-out to ${subscribers}, ${name}`,
        metric: 'delivered',
        unit: 'events/s',
        ours: Math.round(ours),
        peer: 'plain ws broadcast',
        theirs: Math.round(theirs),
        ratio: ours / theirs,
        needed: { ratio: 0.5 },
      });
    }
    for (const room of rooms) room.close();
  }
}

async function compare(
  [ourRoom, theirRoom]: readonly [Room, Room],
  burst: number,
): Promise<{ ours: number; theirs: number }> {
  const ours: number[] = [];
  const theirs: number[] = [];
  // Turn by turn, so that whatever else the machine does meets both.
  for (let round = 0; round < ROUNDS; round++) {
    ours.push(await measure(ourRoom, burst));
    theirs.push(await measure(theirRoom, burst));
  }
  return { ours: median(ours), theirs: median(theirs) };
}

async function openRoom(kind: Kind, subscribers: number): Promise<Room> {
  const child = fork(SERVER, [kind]);
  const [port] = (await once(child, 'message')) as [number];
  const join = kind === 'ws' ? () => openCounting(port, '/') : () => joinChannel(port);
  const sender = await join();
  const receivers: CountingSocket[] = [];
  while (receivers.length < subscribers) receivers.push(await join());

  const sent = JSON.stringify({ event: 'client-frame', channel: CHANNEL, data: DATA });
  // A Pusher server delivers data as a string; a plain one what it got.
  const arriving =
    kind === 'ws'
      ? sent
      : JSON.stringify({ event: 'client-frame', channel: CHANNEL, data: JSON.stringify(DATA) });
  return {
    sender,
    receivers,
    frame: clientFrame(sent),
    arrivingBytes: serverFrameLength(Buffer.byteLength(arriving)),
    close: () => closeRoom(child, [sender, ...receivers]),
  };
}

async function joinChannel(port: number): Promise<CountingSocket> {
  const member = await openCounting(port, '/app/local-key?protocol=7');
  const socketId = await readSocketId(member);
  member.reset();
  member.socket.write(subscribeFrame(socketId, CHANNEL));
  const answer = { event: 'pusher_internal:subscription_succeeded', channel: CHANNEL, data: '{}' };
  await member.has(serverFrameLength(JSON.stringify(answer).length));
  return member;
}

function closeRoom(child: ChildProcess, members: CountingSocket[]): void {
  for (const { socket } of members) socket.destroy();
  child.kill();
}

/** Copies a second. */
async function measure(room: Room, burst: number): Promise<number> {
  const { sender, receivers, frame, arrivingBytes } = room;
  const frames = Buffer.concat(Array.from({ length: burst }, () => frame));
  for (const receiver of receivers) receiver.reset();
  const started = performance.now();
  let events = 0;
  while (performance.now() - started < ROUND_MS) {
    sender.socket.write(frames);
    events += burst;
    await Promise.all(receivers.map((receiver) => receiver.has(events * arrivingBytes)));
  }
  const seconds = (performance.now() - started) / 1_000;
  for (const receiver of receivers) {
    if (receiver.bytes() !== events * arrivingBytes)
      throw new Error('a receiver got other bytes than were sent');
  }
  return (events * receivers.length) / seconds;
}

function median(values: number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}
