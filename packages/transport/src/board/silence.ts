/** An author who says nothing for this long draws and drags nothing any more, ms (P2). */
export const SILENCE_MS = 5_000;
