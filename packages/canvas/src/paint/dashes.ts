import type { ShapeElement } from '@inkwire/core';

/** Dashes and gaps of a line with round ends, which reach half its width into the gaps. */
export function dashesOf(dash: ShapeElement['dash'], width: number): readonly number[] {
  switch (dash) {
    case 'solid':
      return [];
    case 'dashed':
      return [width * 3 + 4, width * 2.5 + 4];
    case 'dotted':
      return [0.01, width * 2.2];
  }
}
