import { addElement, type InkPoint, type LiveInk, newElementId } from '@inkwire/core';
import { createInkRecorder, quantumAt } from './ink-recorder.js';
import type { Gesture, PointerSample, ToolContext } from './tool.js';

/** Draws one stroke: what pen and highlighter share. */
export function beginInk(
  { board, style, zoom }: ToolContext,
  tool: LiveInk['tool'],
  first: PointerSample,
): Gesture {
  const quantum = quantumAt(zoom);
  const recorder = createInkRecorder(quantum, tool === 'pen');
  const { color = 'ink', width = 3.5, opacity = 1 } = style;
  const ink: LiveInk = { id: newElementId(), tool, color, width, opacity, quantum, points: recorder.points };
  let predicted: readonly InkPoint[] = [];
  recorder.add(first);

  return {
    ink,
    get predicted() {
      return predicted;
    },
    move(samples, ahead) {
      for (const sample of samples) recorder.add(sample);
      predicted = ahead.map(recorder.quantise);
    },
    finish() {
      return addElement(board, { kind: 'stroke', ...ink });
    },
  };
}
