import * as encoding from 'lib0/encoding';
import * as Y from 'yjs';

/** Part of what one client wrote. */
export interface Range {
  readonly client: number;
  readonly clock: number;
  readonly length: number;
}

export type Struct = Y.Item | Y.GC;

/** Structs of one client that follow each other. */
export interface Run {
  readonly client: number;
  readonly clock: number;
  readonly structs: readonly Struct[];
}

export const encodeStructs = (structs: readonly Struct[]): Uint8Array => {
  const encoder = new Y.UpdateEncoderV1();
  for (const struct of structs) struct.write(encoder, 0);
  return encoder.toUint8Array();
};

/** An update (V1) that brings in `runs`, each of another client, and deletes `ranges`. */
export const encodeUpdate = (runs: readonly Run[], ranges: readonly Range[]): Uint8Array => {
  const clients = new Map<number, Range[]>();
  for (const range of ranges) {
    const of = clients.get(range.client) ?? [];
    of.push(range);
    clients.set(range.client, of);
  }
  return encoding.encode((encoder) => {
    encoding.writeVarUint(encoder, runs.length);
    for (const { client, clock, structs } of runs) {
      for (const value of [structs.length, client, clock]) encoding.writeVarUint(encoder, value);
      encoding.writeUint8Array(encoder, encodeStructs(structs));
    }
    encoding.writeVarUint(encoder, clients.size);
    for (const [client, of] of clients) {
      for (const value of [client, of.length]) encoding.writeVarUint(encoder, value);
      for (const { clock, length } of of) {
        encoding.writeVarUint(encoder, clock);
        encoding.writeVarUint(encoder, length);
      }
    }
  });
};

/** The update that deletes `ranges`. */
export const deletionOf = (ranges: readonly Range[]): Uint8Array => encodeUpdate([], ranges);

/** What an update brings in. */
export const rangesOf = (update: Uint8Array): Range[] =>
  Y.decodeUpdate(update).structs.flatMap(({ id: { client, clock }, length }) => [{ client, clock, length }]);

/** The clients whose structs an update refers to. */
const causesOf = (update: Uint8Array): number[] => {
  const decoded = Y.decodeUpdate(update);
  const ids = decoded.structs.flatMap((struct) =>
    struct instanceof Y.Item ? [struct.origin, struct.rightOrigin, struct.parent] : [],
  );
  const referred = ids.flatMap((id) => (id instanceof Y.ID ? [id.client] : []));
  return [...referred, ...decoded.ds.clients.keys()];
};

/** What `updates` may refer to of what others wrote and a document with the clocks `clockOf` has not. */
export const lackingFor = (updates: readonly Uint8Array[], clockOf: (client: number) => number): Range[] => {
  const own = new Set(updates.flatMap(rangesOf).map(({ client }) => client));
  const others = new Set(updates.flatMap(causesOf).filter((client) => !own.has(client)));
  return [...others].map((client) => ({ client, clock: clockOf(client), length: Number.POSITIVE_INFINITY }));
};

/** What an update deletes. */
export const deletedBy = ({ ds }: ReturnType<typeof Y.decodeUpdate>): Range[] =>
  [...ds.clients].flatMap(([client, ranges]) =>
    ranges.map(({ clock, len: length }) => ({ client, clock, length })),
  );
