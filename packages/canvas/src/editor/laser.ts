import { type LiveInk, newElementId } from '@inkwire/core';
import { createInkRecorder, type InkRecorder, quantumAt } from './ink-recorder.js';
import type { PointerSample, Tool } from './tool.js';

/** How wide the beam is, CSS pixels. */
const WIDTH = 5;
const COLOR = '#ff3b30';
/** So long are the pieces (CSS pixels) that go one after the other. */
const PIECE = 24;

/** Points at something: a line that everybody sees, and whose end follows its beginning away. Nothing is committed. */
export const laser: Tool = {
  name: 'laser',
  cursor: 'crosshair',
  style: null,
  begin({ zoom, board }, first) {
    const quantum = quantumAt(zoom);
    const trail: LiveInk[] = [];
    let from = first;
    let { ink, recorder } = startPiece(first);

    function startPiece(at: PointerSample): { ink: LiveInk; recorder: InkRecorder } {
      const started = createInkRecorder(quantum, false);
      started.add(at);
      const piece: LiveInk = {
        id: newElementId(board.random),
        tool: 'pen',
        color: COLOR,
        width: WIDTH / zoom,
        // Pieces meet: what can be seen through would show where.
        opacity: 1,
        quantum,
        points: started.points,
      };
      return { ink: piece, recorder: started };
    }

    return {
      get ink() {
        return ink;
      },
      trail,
      lingers: true,
      move(samples) {
        for (const sample of samples) {
          recorder.add(sample);
          const [dx, dy] = [sample.point[0] - from.point[0], sample.point[1] - from.point[1]];
          if (Math.hypot(dx, dy) * zoom < PIECE) continue;
          trail.push(ink);
          from = sample;
          ({ ink, recorder } = startPiece(sample));
        }
      },
      finish: () => null,
    };
  },
};
