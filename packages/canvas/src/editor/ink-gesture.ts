import { addElement, type InkPoint, type LiveInk, newElementId } from '@inkwire/core';
import { createInkRecorder, quantumAt } from './ink-recorder.js';
import type { Gesture, PointerSample, ToolContext } from './tool.js';

const NOTHING: ReadonlySet<never> = new Set();

/** Draws one stroke: what pen and highlighter share. */
export function beginInk(
  { board, style, zoom }: ToolContext,
  tool: LiveInk['tool'],
  first: PointerSample,
): Gesture {
  const quantum = quantumAt(zoom);
  const recorder = createInkRecorder(quantum, tool === 'pen');
  const ink: LiveInk = { id: newElementId(), tool, ...style, quantum, points: recorder.points };
  let predicted: readonly InkPoint[] = [];
  recorder.add(first);

  return {
    ink,
    fading: NOTHING,
    get predicted() {
      return predicted;
    },
    move(samples, ahead) {
      for (const sample of samples) recorder.add(sample);
      predicted = ahead.map(recorder.quantise);
    },
    finish() {
      const { id, color, width, opacity, points } = ink;
      return addElement(board, { kind: 'stroke', id, tool, color, width, opacity, points, quantum });
    },
  };
}
