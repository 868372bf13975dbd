import * as decoding from 'lib0/decoding';
import * as Y from 'yjs';
import { InkwireRefusal } from '../refusal.js';

/** A place in a Yjs document: the operation of `client` at `clock`. */
export interface Id {
  readonly client: number;
  readonly clock: number;
}

/** One struct of an update: the clocks it fills, and the ids that have to be in the document before it. */
export interface Struct {
  readonly start: number;
  /** Exclusive. */
  readonly end: number;
  readonly causes: readonly Id[];
}

/** What the log has to know of an update: who wrote in it, and what it builds on. */
export interface UpdateShape {
  readonly structs: ReadonlyMap<number, readonly Struct[]>;
  /** The end of each deleted range: everything below it has to be in the document. */
  readonly deletes: readonly Id[];
  /** Every client that it names. */
  readonly clients: ReadonlySet<number>;
}

/** Decodes V1 as Yjs does, without copying bytes that nobody looks at. */
class ShapeDecoder extends Y.UpdateDecoderV1 {
  override readBuf(): Uint8Array {
    return decoding.readVarUint8Array(this.restDecoder);
  }
}

const undecodable = (reason: string): InkwireRefusal =>
  new InkwireRefusal('undecodable', `This is not a Yjs update in V1 encoding: ${reason}.`);

/**
 * Reads the shape of an update.
 *
 * @throws {InkwireRefusal} `undecodable`, also for what Yjs would decode but could never apply as a whole.
 */
export const readUpdateShape = (update: Uint8Array): UpdateShape => {
  let decoded: ReturnType<typeof Y.decodeUpdate>;
  let sections: number;
  try {
    decoded = Y.decodeUpdateV2(update, ShapeDecoder);
    sections = decoding.readVarUint(decoding.createDecoder(update));
  } catch (error) {
    throw undecodable((error as Error).message);
  }
  const structs = new Map<number, Struct[]>();
  const clients = new Set<number>();
  for (const struct of decoded.structs) {
    const { client, clock: start } = struct.id;
    const end = start + struct.length;
    if (!Number.isSafeInteger(client) || !Number.isSafeInteger(end) || struct.length < 1)
      throw undecodable('a struct has an impossible clock or length');
    clients.add(client);
    if (struct instanceof Y.Skip) continue;
    const own = structs.get(client);
    const causes = struct instanceof Y.Item ? causesOf(struct) : [];
    if (own) own.push({ start, end, causes });
    else structs.set(client, [{ start, end, causes }]);
  }
  // Yjs keeps only the last section of a client, so an update with two would leave a hole.
  if (clients.size !== sections) throw undecodable('a client has more than one section, or an empty one');
  const deletes = deletesOf(decoded.ds);
  for (const own of structs.values())
    for (const { causes } of own) for (const cause of causes) clients.add(cause.client);
  for (const { client } of deletes) clients.add(client);
  return { structs, deletes, clients };
};

const causesOf = ({ origin, rightOrigin, parent }: Y.Item): Id[] => {
  const causes: Id[] = [];
  if (origin) causes.push(origin);
  if (rightOrigin) causes.push(rightOrigin);
  if (parent instanceof Y.ID) causes.push(parent);
  return causes;
};

const deletesOf = (ds: ReturnType<typeof Y.decodeUpdate>['ds']): Id[] => {
  const ends: Id[] = [];
  for (const [client, ranges] of ds.clients) {
    let clock = -1;
    for (const range of ranges) {
      // Yjs writes none, and fails on one whose clock it does not know.
      if (range.len < 1) throw undecodable('a deleted range is empty');
      clock = Math.max(clock, range.clock + range.len - 1);
    }
    if (!Number.isSafeInteger(client) || !Number.isSafeInteger(clock))
      throw undecodable('a deleted range has an impossible clock or length');
    if (clock >= 0) ends.push({ client, clock });
  }
  return ends;
};
