import { excalidrawSteps } from './excalidraw/import-excalidraw.js';
import type { Gathered, GatherOptions } from './gathered.js';
import { settlePictures } from './settle-pictures.js';

/** Whether a text is meant to be an Excalidraw drawing or library, right or wrong. */
export function isDrawing(text: string): boolean {
  return /^\s*\{\s*"type"\s*:\s*"excalidraw(?:lib|\/clipboard)?"/.test(text);
}

/** Reads an Excalidraw drawing piece by piece, and prepares its pictures. Throws `ExchangeError`. */
export async function gatherDrawing(text: string, options: GatherOptions): Promise<Gathered> {
  const steps = excalidrawSteps(text);
  let step = steps.next();
  while (!step.done) {
    await options.progress(step.value);
    step = steps.next();
  }
  const { elements, remarks, errors } = await settlePictures(step.value.elements, options);
  return { stored: [], elements, remarks: [...step.value.remarks, ...remarks], errors };
}
