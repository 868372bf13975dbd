import { type LiveInk, newElementId } from '@inkwire/core';
import { createInkRecorder, quantumAt } from './ink-recorder.js';
import type { Tool } from './tool.js';

/** How wide the beam is, CSS pixels. */
const WIDTH = 5;
const COLOR = '#ff3b30';

/** Points at something: a line that everybody sees, and that is gone soon after. Nothing is committed. */
export const laser: Tool = {
  name: 'laser',
  cursor: 'crosshair',
  style: null,
  begin({ zoom, board }, first) {
    const quantum = quantumAt(zoom);
    const recorder = createInkRecorder(quantum, false);
    recorder.add(first);
    const ink: LiveInk = {
      id: newElementId(board.random),
      tool: 'pen',
      color: COLOR,
      width: WIDTH / zoom,
      opacity: 0.8,
      quantum,
      points: recorder.points,
    };
    return {
      ink,
      lingers: true,
      move(samples) {
        for (const sample of samples) recorder.add(sample);
      },
      finish: () => null,
    };
  },
};
