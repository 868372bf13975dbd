import * as Y from 'yjs';

/**
 * Whether everything that `update` builds on is in `doc`, so that applying it now shows all of it.
 *
 * Yjs would keep the structs of an update that came too early and still apply its deletions: half a change.
 *
 * @throws {Error} when the bytes are no update.
 */
export const hasCauses = (doc: Y.Doc, update: Uint8Array): boolean => {
  const { structs, ds } = Y.decodeUpdate(update);
  const state = new Map<number, number>();
  const clockOf = (client: number): number => state.get(client) ?? Y.getState(doc.store, client);

  // First how far each client gets, since structs of one update may refer to each other across clients.
  for (const struct of structs) {
    const { client, clock } = struct.id;
    if (struct instanceof Y.Skip || clock > clockOf(client)) return false;
    state.set(client, Math.max(clockOf(client), clock + struct.length));
  }
  const isHere = (id: Y.ID | null): boolean => id === null || id.clock < clockOf(id.client);
  for (const struct of structs) {
    if (!(struct instanceof Y.Item)) continue;
    const parent = struct.parent instanceof Y.ID ? struct.parent : null;
    if (!isHere(struct.origin) || !isHere(struct.rightOrigin) || !isHere(parent)) return false;
  }
  for (const [client, ranges] of ds.clients)
    for (const { clock, len } of ranges) if (clock + len > clockOf(client)) return false;
  return true;
};
