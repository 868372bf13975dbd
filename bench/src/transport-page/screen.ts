/** What a page shows, and where what others draw has come to. */
export interface Surface {
  readonly canvas: HTMLCanvasElement;
  /** How far to the right the stroke that somebody else is drawing reaches, of all that is here; 0 for none. */
  arrived(): number;
  /** The same, of what is painted in this frame. */
  painted(): number;
  /** Calls `listener` when something of it arrived. */
  onArrival(listener: () => void): void;
}

/** Something happened to a pointer at this place; `at` is when it did, ms since the epoch. */
export interface PointerMoment {
  readonly x: number;
  readonly at: number;
}
