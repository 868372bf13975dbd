import type { Script, Step } from './script.js';

const repeat = (times: number, steps: readonly Step[]): Step[] =>
  Array.from({ length: times }, () => steps).flat();

/** Scripts that are always played: each is what one of the measures is for, or once found something out. */
export const PINNED = {
  'who was offline closes the page before anything is saved': {
    tabs: [1, 1, 1],
    steps: [
      { do: 'go offline', who: 0 },
      { do: 'draw', who: 0 },
      { do: 'note', who: 0 },
      { do: 'close', who: 0 },
      { do: 'wait', ms: 500 },
      { do: 'return', who: 0 },
    ],
    last: 1,
  },
  'frames get lost, and nobody says anything after them': {
    tabs: [1, 1, 1, 1],
    steps: repeat(6, [
      { do: 'draw', who: 0 },
      { do: 'wait', ms: 300 },
      { do: 'draw', who: 1 },
      { do: 'wait', ms: 300 },
    ]),
    last: 0,
  },
  'everybody builds at once on what they have just seen': {
    tabs: [1, 1, 1, 1],
    steps: repeat(5, [
      { do: 'touch', who: 1 },
      { do: 'touch', who: 2 },
      { do: 'draw', who: 0 },
      { do: 'wait', ms: 150 },
      { do: 'touch', who: 3 },
      { do: 'move', who: 2, which: 1 },
      { do: 'wait', ms: 150 },
    ]),
    last: 3,
  },
  'authors vanish after what they have shown': {
    tabs: [1, 1, 1, 1],
    steps: [
      { do: 'show and vanish', who: 0 },
      { do: 'show and vanish', who: 1 },
      { do: 'show and vanish', who: 2 },
    ],
    last: 3,
  },
  'answers get lost while more comes': {
    tabs: [1, 1, 1],
    steps: repeat(4, [
      { do: 'lose answers', who: 0, count: 2 },
      { do: 'burst', who: 0, count: 3 },
      { do: 'wait', ms: 60 },
      { do: 'draw', who: 0 },
      { do: 'wait', ms: 4_000 },
    ]),
    last: 1,
  },
  'the server dies between storing and saying so, and so does the leader': {
    tabs: [2, 1, 1],
    steps: repeat(3, [
      { do: 'kill the server', ms: 3_000 },
      { do: 'draw', who: 0 },
      { do: 'write', who: 2, which: 1 },
      { do: 'wait', ms: 100 },
      { do: 'kill the leader', who: 0 },
      { do: 'draw', who: 1 },
      { do: 'wait', ms: 5_000 },
      { do: 'return', who: 0 },
    ]),
    last: 2,
  },
  'somebody vanishes whose second change was seen before the first, so that it needs a witness later': {
    tabs: [1, 1, 1, 1],
    steps: [
      { do: 'write', who: 2, which: 9 },
      { do: 'wait', ms: 52 },
      { do: 'cut', who: 0 },
      { do: 'lose answers', who: 2, count: 2 },
      { do: 'draw', who: 0 },
      { do: 'wait', ms: 2_411 },
      { do: 'style', who: 0, which: 17 },
      { do: 'lose answers', who: 0, count: 1 },
      { do: 'show and vanish', who: 0 },
      { do: 'lose answers', who: 3, count: 3 },
      { do: 'draw', who: 0 },
    ],
    last: 1,
  },
} as const satisfies Readonly<Record<string, Script>>;
