/** Something to put on paper: lines of text, and sketches beside them. */
export interface PageContent {
  readonly title: string;
  readonly lines: readonly string[];
  /** Whether every line is something to tick off; the first is already ticked. */
  readonly boxes: boolean;
  /** Strokes in a square of 100, y downwards. */
  readonly sketch: readonly string[];
}

export const pages: readonly PageContent[] = [
  {
    title: 'Saturday',
    lines: [
      'water the lemon tree',
      'call Noor about the boat',
      'bread, figs, good butter',
      'write to Ada, by hand',
    ],
    boxes: true,
    // A boat under sail.
    sketch: [
      '12,66! 24,78 50,82 76,78 88,66! 50,68 12,66',
      '50,66 50,12',
      '54,16! 68,36 84,58! 68,60 54,58! 54,36 54,18',
      '46,24! 36,40 20,58! 34,60 46,58! 46,40 46,26',
      '2,90 12,86 22,91 34,86 46,91 58,86 70,91 82,86 96,90',
    ],
  },
  {
    title: 'How a stroke gets there',
    lines: [
      '1. you lift the pen',
      '2. it is one small change',
      '3. the log gives it a number',
      '4. everybody has it',
    ],
    boxes: false,
    // Two screens and the log between them.
    sketch: [
      '4,20! 20,18 32,20! 33,34 32,46! 18,47 4,46! 3,32 4,20',
      '68,20! 82,18 96,20! 97,34 96,46! 82,47 68,46! 67,32 68,20',
      '10,34 14,27 18,36 22,29 27,35',
      '73,34 77,27 81,36 85,29 90,35',
      '20,52 26,66 36,76',
      '30,76 37,77! 35,69',
      '64,77 74,67 80,54',
      '74,58 80,53! 83,61',
      '38,72! 50,70 62,72! 62,84 62,94! 50,95 38,94! 37,84 38,72',
      '42,79 58,79',
      '42,86 58,86',
    ],
  },
  {
    title: 'Area of a circle',
    lines: [
      'cut it into slices',
      'lay them side by side:',
      'nearly a strip, r high,',
      'half of 2 π r long',
      'A = π r²',
    ],
    boxes: false,
    // A circle in slices, and its radius.
    sketch: [
      '52,8 26,15 9,38 11,66 30,87 58,92 83,76 92,48 82,22 60,9 47,8',
      '50,50 50,9',
      '50,50 91,49',
      '50,50 51,91',
      '50,50 9,51',
      '50,50 78,20',
      '50,50 80,78',
      '50,50 22,80',
      '50,50 20,22',
    ],
  },
];
