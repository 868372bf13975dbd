import fc from 'fast-check';

/** `who` picks a seat, `which` one of the elements that are seen from it. */
export type Step =
  | { readonly do: 'draw' | 'note' | 'touch' | 'undo' | 'redo'; readonly who: number }
  | { readonly do: 'move' | 'style' | 'write' | 'remove'; readonly who: number; readonly which: number }
  | { readonly do: 'burst'; readonly who: number; readonly count: number }
  /** The computer has no network, and has it again, or a closed page opens again. */
  | { readonly do: 'go offline' | 'return'; readonly who: number }
  /** The computer reaches Pusher and not the server; or the server, and no subscription at Pusher. */
  | { readonly do: 'mute' | 'deafen'; readonly who: number }
  /** The server does what it is asked, and nobody hears of it. */
  | { readonly do: 'lose answers'; readonly who: number; readonly count: number }
  /** The connection to Pusher breaks. */
  | { readonly do: 'cut'; readonly who: number }
  /** The page ends properly, and another one opens. */
  | { readonly do: 'reload'; readonly who: number }
  /** The page ends properly. */
  | { readonly do: 'close'; readonly who: number }
  /** The page is gone between two instructions: this one, or the one of this browser that has the connection. */
  | { readonly do: 'crash' | 'kill the leader'; readonly who: number }
  /** All pages are gone, and what the browser kept with them; the person goes on at another computer. */
  | { readonly do: 'lose the computer'; readonly who: number }
  /** What somebody draws reaches the others and not the server; then their computer is gone. */
  | { readonly do: 'show and vanish'; readonly who: number }
  /** The server dies after its next commit, before it has answered or announced it, and is back after `ms`. */
  | { readonly do: 'kill the server'; readonly ms: number }
  | { readonly do: 'wait'; readonly ms: number };

export interface Script {
  /** The people on the board, each with so many tabs in one browser; 3 to 6 tabs in all. */
  readonly tabs: readonly number[];
  readonly steps: readonly Step[];
  /** Who comes back last, when all others have gone. */
  readonly last: number;
}

const who = fc.nat(5);
const which = fc.nat(20);

const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 9,
    arbitrary: fc.record({
      do: fc.constantFrom('draw' as const, 'draw' as const, 'note' as const, 'touch' as const),
      who,
    }),
  },
  {
    weight: 8,
    arbitrary: fc.record({
      do: fc.constantFrom('move' as const, 'style' as const, 'write' as const, 'remove' as const),
      who,
      which,
    }),
  },
  { weight: 3, arbitrary: fc.record({ do: fc.constantFrom('undo' as const, 'redo' as const), who }) },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constant('burst' as const), who, count: fc.integer({ min: 2, max: 10 }) }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constantFrom('go offline' as const, 'mute' as const, 'deafen' as const, 'cut' as const),
      who,
    }),
  },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('return' as const), who }) },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('lose answers' as const),
      who,
      count: fc.integer({ min: 1, max: 3 }),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constantFrom(
        'reload' as const,
        'close' as const,
        'crash' as const,
        'kill the leader' as const,
        'lose the computer' as const,
        'show and vanish' as const,
      ),
      who,
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('kill the server' as const),
      ms: fc.integer({ min: 100, max: 8_000 }),
    }),
  },
  {
    weight: 12,
    arbitrary: fc.record({
      do: fc.constant('wait' as const),
      // Within a moment, between a try and the next, and past every timeout.
      ms: fc.oneof(
        fc.integer({ min: 1, max: 60 }),
        fc.integer({ min: 60, max: 3_000 }),
        fc.integer({ min: 3_000, max: 25_000 }),
      ),
    }),
  },
);

export const scripts: fc.Arbitrary<Script> = fc.record({
  tabs: fc.oneof(
    { weight: 6, arbitrary: fc.constantFrom([1, 1, 1], [2, 1], [1, 2]) },
    { weight: 3, arbitrary: fc.constantFrom([1, 1, 1, 1], [2, 1, 1]) },
    { weight: 1, arbitrary: fc.constantFrom([2, 2, 1], [3, 1, 1, 1]) },
  ),
  steps: fc.array(step, { minLength: 4, maxLength: 20, size: 'max' }),
  last: who,
});
