import * as decoding from 'lib0/decoding';
import * as Y from 'yjs';
import { type Decoder, decoderOf, deletions } from './update-pieces.js';

// Yjs takes in each struct of an update as if somebody else might have written at its place at once, and what it deletes
// is only read behind all of that: bytes have to be read twice to be refused in time. In a document that holds nothing
// yet, most structs are the first at their place: they are read once and put there, in half the time. What `put` does is
// what Yjs's own `Item.integrate` comes down to then; for all other structs Yjs is asked.

type Struct = Y.Item | Y.GC;
type Type = Y.AbstractType<unknown>;

/** What one client wrote. */
interface Run {
  readonly client: number;
  readonly structs: readonly Struct[];
  /** How many of them the document holds. */
  taken: number;
}

/** Bits and numbers of an update, as `update-pieces` copies them. */
const CONTENT = 0b0001_1111;
const HAS_LEFT = 0b1000_0000;
const HAS_RIGHT = 0b0100_0000;
const HAS_KEY = 0b0010_0000;
const COLLECTED = 0;
const TEXT = 2;

/** How many clients may wait for each other: the rest is left to Yjs, which does not call itself for that. */
const MOST_WAITING = 200;

/** Null for what boards do not hold. */
const readContent = (decoder: Decoder, reference: number): Y.Item['content'] | null => {
  switch (reference) {
    case 1:
      return new Y.ContentDeleted(decoder.readLen());
    case 3:
      return new Y.ContentBinary(decoder.readBuf());
    case 4:
      return new Y.ContentString(decoder.readString());
    case 6:
      return new Y.ContentFormat(decoder.readKey(), decoder.readJSON());
    case 7:
      return decoder.readTypeRef() === TEXT ? new Y.ContentType(new Y.Text() as never) : null;
    case 8: {
      const values: unknown[] = [];
      for (let left = decoder.readLen(); left > 0; left -= 1) values.push(decoder.readAny());
      return new Y.ContentAny(values);
    }
    default:
      return null;
  }
};

/** All that an update's clients wrote; null where that is not all from their beginning, or not what boards hold. */
const readRuns = (decoder: Decoder, doc: Y.Doc): ReadonlyMap<number, Run> | null => {
  const { restDecoder } = decoder;
  let root: { readonly name: string; readonly type: Type } | null = null;

  const readParent = (): Type | Y.ID => {
    if (!decoder.readParentInfo()) return decoder.readLeftID();
    const name = decoder.readString();
    if (root?.name !== name) root = { name, type: doc.get(name) as Type };
    return root.type;
  };

  const readStruct = (client: number, clock: number): Struct | null => {
    const info = decoder.readInfo();
    const reference = info & CONTENT;
    const id = new Y.ID(client, clock);
    if (reference === COLLECTED) return new Y.GC(id, decoder.readLen());
    const left = info & HAS_LEFT ? decoder.readLeftID() : null;
    const right = info & HAS_RIGHT ? decoder.readRightID() : null;
    const isApart = left === null && right === null;
    const parent = isApart ? readParent() : null;
    const key = isApart && info & HAS_KEY ? decoder.readString() : null;
    const content = readContent(decoder, reference);
    return content && new Y.Item(id, null, left, null, right, parent, key, content);
  };

  const runs = new Map<number, Run>();
  const clients = decoding.readVarUint(restDecoder);
  for (let index = 0; index < clients; index += 1) {
    const structs: Struct[] = [];
    const count = decoding.readVarUint(restDecoder);
    const client = decoder.readClient();
    let clock = decoding.readVarUint(restDecoder);
    if (clock > 0 || runs.has(client)) return null;
    for (let at = 0; at < count; at += 1) {
      const struct = readStruct(client, clock);
      if (struct === null) return null;
      structs.push(struct);
      clock += struct.length;
    }
    runs.set(client, { client, structs, taken: 0 });
  }
  return runs;
};

/**
 * The key of a root map under which an item is the first, if it is and does nothing else there. Before they are integrated,
 * items whose place is next to another name no parent, and those of a text in a map name its id.
 */
const firstKey = ({ parent, parentSub: key, content }: Y.Item): string | null => {
  if (key === null || !(parent instanceof Y.AbstractType) || parent._map.has(key)) return null;
  return content instanceof Y.ContentBinary || content instanceof Y.ContentAny ? key : null;
};

/** Takes in all that builds on nothing that is missing; true for everything. */
const takeRuns = (transaction: Y.Transaction, runs: ReadonlyMap<number, Run>): boolean => {
  const { store } = transaction.doc;
  const waiting = new Set<Run>();

  const changedIn = (type: Type): Set<string | null> => {
    let keys = transaction.changed.get(type as never);
    if (keys === undefined) {
      keys = new Set();
      transaction.changed.set(type as never, keys);
    }
    return keys;
  };

  const put = (item: Y.Item, key: string): void => {
    const parent = item.parent as Type;
    parent._map.set(key, item);
    const structs = store.clients.get(item.id.client);
    if (structs === undefined) store.clients.set(item.id.client, [item]);
    else structs.push(item);
    changedIn(parent).add(key);
  };

  /** False for a struct that builds on one which cannot be taken in now. */
  const integrate = (struct: Struct): boolean => {
    for (let last: number | null = null; ; ) {
      const missing: number | null = (struct as Y.Item).getMissing(transaction, store);
      if (missing === null) break;
      if (missing === last) return false;
      const run = runs.get(missing);
      if (run !== undefined) takeRun(run);
      last = missing;
    }
    struct.integrate(transaction, 0);
    return true;
  };

  const takeRun = (run: Run): void => {
    if (waiting.has(run) || waiting.size === MOST_WAITING) return;
    waiting.add(run);
    const { structs } = run;
    for (; run.taken < structs.length; run.taken += 1) {
      const struct = structs[run.taken] as Struct;
      const key = struct instanceof Y.Item ? firstKey(struct) : null;
      if (key !== null) put(struct as Y.Item, key);
      else if (!integrate(struct)) break;
    }
    waiting.delete(run);
  };

  // As Yjs does: of two who wrote at one place at once, the one with the lower number is then found at its own.
  const all = [...runs.values()].sort((a, b) => b.client - a.client);
  for (const run of all) takeRun(run);
  return all.every(({ structs, taken }) => taken === structs.length);
};

const isBlank = ({ store }: Y.Doc): boolean =>
  store.clients.size === 0 && store.pendingStructs === null && store.pendingDs === null;

/**
 * Takes an update into a document that holds nothing yet: the same document as if Yjs had done so. False, and nothing was
 * done, where the document or the update is another than that. Throws when the bytes are no update, and then has
 * done nothing; and where Yjs does, at an update that makes no sense.
 */
export const fillDocument = (doc: Y.Doc, update: Uint8Array, version: 1 | 2, origin: unknown): boolean => {
  if (!isBlank(doc)) return false;
  const decoder = decoderOf(update, version);
  const runs = readRuns(decoder, doc);
  if (runs === null) return false;
  const deleted = deletions(decoder);
  Y.transact(
    doc,
    (transaction) => {
      transaction.local = false;
      if (takeRuns(transaction, runs)) Y.applyUpdate(doc, deleted, origin);
      // It passes over what is there already, and keeps what builds on something that is yet to come.
      else if (version === 1) Y.applyUpdate(doc, update, origin);
      else Y.applyUpdateV2(doc, update, origin);
    },
    origin,
    false,
  );
  return true;
};
