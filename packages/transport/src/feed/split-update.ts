import { MAX_UPDATE_BYTES } from '@inkwire/core';
import * as Y from 'yjs';
import {
  deletedBy,
  deletionOf,
  encodeStructs,
  encodeUpdate,
  type Range,
  type Run,
  type Struct,
} from './update-parts.js';

export interface Split {
  /** Updates that are together what the update was, each to be applied after those before it. */
  readonly updates: readonly Uint8Array[];
  /** What is larger than any log takes, and therefore in no update: in its place is something that was deleted. */
  readonly tooLarge: readonly Range[];
}

/** Updates above this are split: half of what the log takes, since what stands between page and server may take less. */
const SPLIT_BYTES = MAX_UPDATE_BYTES / 2;
const PIECE_BYTES = SPLIT_BYTES / 2;

/** What one client wrote in an update; what comes before `next` is in a piece already. */
interface Queue {
  readonly structs: Struct[];
  next: number;
}

/** The structs of an update by client. */
interface Rest {
  readonly queues: Map<number, Queue>;
  readonly tooLarge: Range[];
}

const sizeOf = (struct: Struct): number => encodeStructs([struct]).length;

/** What Yjs leaves of a struct that was deleted. */
const withoutContent = (struct: Struct): Struct => {
  if (struct instanceof Y.GC) return struct;
  const { id, origin, rightOrigin, parent, parentSub, length } = struct;
  const nothing = new Y.ContentDeleted(length);
  return new Y.Item(id, null, origin, null, rightOrigin, parent, parentSub, nothing);
};

const restOf = (structs: readonly (Struct | Y.Skip)[]): Rest => {
  const queues = new Map<number, Queue>();
  const tooLarge: Range[] = [];
  for (const struct of structs) {
    if (struct instanceof Y.Skip) continue;
    const { client, clock } = struct.id;
    const fits = sizeOf(struct) <= MAX_UPDATE_BYTES - PIECE_BYTES;
    if (!fits) tooLarge.push({ client, clock, length: struct.length });
    const taken = fits ? struct : withoutContent(struct);
    const queue = queues.get(client) ?? { structs: [], next: 0 };
    queue.structs.push(taken);
    queues.set(client, queue);
  }
  return { queues, tooLarge };
};

/** Takes what one client wrote until a piece is full, or the next struct refers to what is in no piece yet. */
const takeRun = (queues: Rest['queues'], queue: Queue): Run | null => {
  const first = queue.structs[queue.next];
  if (!first) return null;
  const isWaiting = (id: Y.ID | null): boolean => {
    const of = id && queues.get(id.client);
    const next = of?.structs[of.next];
    return id !== null && next !== undefined && id.clock >= next.id.clock;
  };
  const structs: Struct[] = [];
  let size = 0;
  for (let struct: Struct | undefined = first; struct; struct = queue.structs[queue.next]) {
    const last = structs.at(-1);
    if (last && last.id.clock + last.length !== struct.id.clock) break;
    size += sizeOf(struct);
    if (structs.length > 0 && size > PIECE_BYTES) break;
    if (struct instanceof Y.Item) {
      const parent = struct.parent instanceof Y.ID ? struct.parent : null;
      if ([struct.origin, struct.rightOrigin, parent].some(isWaiting)) break;
    }
    structs.push(struct);
    queue.next += 1;
  }
  return structs.length > 0 ? { client: first.id.client, clock: first.id.clock, structs } : null;
};

/** @throws {RangeError} when what refers to each other in a circle, as Yjs never writes it */
const runsOf = ({ queues }: Rest): Run[] => {
  const runs: Run[] = [];
  const isLeft = (): boolean => [...queues.values()].some(({ structs, next }) => next < structs.length);
  while (isLeft()) {
    const before = runs.length;
    for (const queue of queues.values()) {
      const run = takeRun(queues, queue);
      if (run) runs.push(run);
    }
    if (runs.length === before) throw new RangeError('This update refers to itself.');
  }
  return runs;
};

/** Splits an update that is too large for one entry of the log. One that is not is returned as it is. */
export const splitUpdate = (update: Uint8Array): Split => {
  if (update.length <= SPLIT_BYTES) return { updates: [update], tooLarge: [] };
  const decoded = Y.decodeUpdate(update);
  const rest = restOf(decoded.structs);
  const updates = runsOf(rest).map((run) => encodeUpdate([run], []));
  const deleted = deletedBy(decoded);
  if (deleted.length > 0) updates.push(deletionOf(deleted));
  return { updates, tooLarge: rest.tooLarge };
};
