import { bytesOfOrder, type OrderIndex, orderIn } from '../element/order.js';

/** The highest place in paint order that an element ever had. Orders are ASCII, so their bytes sort as they do. */
export interface TopOrder {
  /** Takes in an element's order; whether it is above all before. */
  rise(order: OrderIndex): boolean;
  /** The same for an order that lies in packed bytes: of very many elements, nobody ever reads it. */
  riseTo(bytes: Uint8Array, start: number, end: number): boolean;
  /** Null while there was none. */
  read(): OrderIndex | null;
}

export const createTopOrder = (): TopOrder => {
  let top: Uint8Array | null = null;
  let topStart = 0;
  let topEnd = 0;

  const isAbove = (bytes: Uint8Array, start: number, end: number): boolean => {
    if (top === null) return true;
    const shift = topStart - start;
    const both = Math.min(end, topEnd - shift);
    for (let at = start; at < both; at += 1) {
      const difference = bytes[at]! - top[at + shift]!;
      if (difference !== 0) return difference > 0;
    }
    return end > both;
  };

  const riseTo = (bytes: Uint8Array, start: number, end: number): boolean => {
    if (!isAbove(bytes, start, end)) return false;
    top = bytes;
    topStart = start;
    topEnd = end;
    return true;
  };

  return {
    rise(order) {
      const bytes = bytesOfOrder(order);
      return riseTo(bytes, 0, bytes.length);
    },
    riseTo,
    read: () => (top === null ? null : orderIn(top, topStart, topEnd)),
  };
};
