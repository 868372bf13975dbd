import * as Y from 'yjs';

/** The channels that a document was connected to before. */
const connected = new WeakMap<Y.Doc, Set<string>>();

/**
 * What `doc` has before it is connected to `channel`, and the log may lack; null for nothing.
 *
 * A document that was connected to the channel before holds what others wrote, which is theirs to hand in. Its own part is
 * handed in again, since the connection before may have ended with something unsaved; the log takes what it has as nothing.
 */
export const earlierContent = (doc: Y.Doc, channel: string): Uint8Array | null => {
  const channels = connected.get(doc) ?? new Set();
  const isKnown = channels.has(channel);
  connected.set(doc, channels.add(channel));
  if (doc.store.clients.size === 0) return null;
  if (!isKnown) return Y.encodeStateAsUpdate(doc);
  const clocks = Y.decodeStateVector(Y.encodeStateVector(doc));
  if (!clocks.delete(doc.clientID)) return null;
  return Y.encodeStateAsUpdate(doc, Y.encodeStateVector(clocks));
};
