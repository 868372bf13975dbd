import * as Y from 'yjs';
import type { ElementId } from '../element/id.js';
import { REGISTERS } from '../element/register.js';
import type { Seen } from '../element/removal.js';
import { type Layout, slotKey, textOf } from './layout.js';
import type { ElementRecord } from './record.js';

/** The pieces of an element's text, those that were deleted included. */
function* piecesOf(layout: Layout, id: ElementId): Generator<Y.Item> {
  for (let item = textOf(layout, id)?._start ?? null; item !== null; item = item.right) yield item;
}

/**
 * How much there is here, at this moment, of the work of all those who wrote something that an element shows or says,
 * `except` one of them. Without it nobody could tell whether a removal covers an edit or was made because of it (C8).
 */
export const seenOf = (
  layout: Layout,
  id: ElementId,
  record: ElementRecord | undefined,
  except: number,
): Seen => {
  const seen = new Map<number, number>();
  const { doc } = layout.births;
  const note = (client: number): void => {
    if (client !== except && doc !== null) seen.set(client, Y.getState(doc.store, client));
  };
  for (const { version } of record?.siblings ?? []) note(version.writer);
  for (const piece of piecesOf(layout, id)) note(piece.id.client);
  return seen;
};

/**
 * The clock of `writer` after the last thing that an element has from them: a register, but `removed`, or a piece of its
 * text; 0 for nothing. Letters that they only took away are not counted: nothing of theirs can be brought back there.
 */
export const lastWriteIn = (layout: Layout, { id, siblings }: ElementRecord, writer: number): number => {
  let last = 0;
  const note = (item: Y.Item | undefined): void => {
    if (item?.id.client === writer) last = Math.max(last, item.id.clock + item.length);
  };
  for (const { code, version } of siblings) {
    if (version.writer === writer && code !== REGISTERS.removed.code)
      note(layout.registers._map.get(slotKey(id, code, writer)));
  }
  for (const piece of piecesOf(layout, id)) note(piece);
  return last;
};
