import '@excalidraw/excalidraw/index.css';
import { CaptureUpdateAction, Excalidraw } from '@excalidraw/excalidraw';
import type { ExcalidrawElement } from '@excalidraw/excalidraw/element/types';
import type { AppState, ExcalidrawImperativeAPI } from '@excalidraw/excalidraw/types';
import { createElement } from 'react';
import { createRoot } from 'react-dom/client';
import type { Contender, Place } from './contender.js';
import { nextPaint, readBack } from './frames.js';

/** Excalidraw stretches its pictures while it is being zoomed, and draws them anew this long after (ms). */
const CRISP_AFTER = 300;

const scrollTo = ({ x, y, zoom }: Place) => ({
  scrollX: -x,
  scrollY: -y,
  zoom: { value: zoom } as AppState['zoom'],
});

/** Excalidraw as its package is used in a React application, without its toolbars. */
export const createExcalidraw = (element: HTMLElement): Contender => {
  let api: ExcalidrawImperativeAPI | undefined;

  const excalidraw = (): ExcalidrawImperativeAPI => {
    if (api === undefined) throw new Error('Excalidraw is not there.');
    return api;
  };
  const canvasOf = (layer: 'static' | 'interactive'): HTMLCanvasElement => {
    const canvas = element.querySelector<HTMLCanvasElement>(`canvas.${layer}`);
    if (canvas === null) throw new Error(`Excalidraw has no ${layer} canvas.`);
    return canvas;
  };
  /** Excalidraw paints everything in one frame: as soon as there is ink, all of it is there. */
  const showsInk = (): boolean => {
    const canvas = element.querySelector<HTMLCanvasElement>('canvas.static');
    if (!canvas || canvas.width < 2) return false;
    const data = canvas.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height).data;
    if (data === undefined) return false;
    const pixels = new Uint32Array(data.buffer);
    return pixels.some((pixel) => pixel !== pixels[0]);
  };

  return {
    zoomDelta: -3,
    async open(stored, place) {
      const elements = JSON.parse(new TextDecoder().decode(stored)) as ExcalidrawElement[];
      createRoot(element).render(
        createElement(Excalidraw, {
          initialData: { elements, appState: { ...scrollTo(place), zenModeEnabled: true } },
          excalidrawAPI: (made: ExcalidrawImperativeAPI) => {
            api = made;
          },
        }),
      );
      do await nextPaint();
      while (!showsInk());
    },
    async look(place) {
      excalidraw().updateScene({
        appState: scrollTo(place),
        captureUpdate: CaptureUpdateAction.NEVER,
      });
      await new Promise((resolve) => setTimeout(resolve, 2 * CRISP_AFTER));
      await nextPaint();
      readBack(element);
    },
    async settle() {
      await nextPaint();
      await nextPaint();
    },
    target: () => canvasOf('interactive'),
    canvas: () => canvasOf('static'),
    takeTool: (tool) =>
      excalidraw().setActiveTool({ type: tool === 'pen' ? 'freedraw' : 'selection', locked: true }),
    remoteMoves(stored) {
      const moves = JSON.parse(new TextDecoder().decode(stored)) as { index: number; dx: number }[];
      const elements = [...excalidraw().getSceneElements()] as ExcalidrawElement[];
      let next = 0;
      return () => {
        const move = moves[next++ % moves.length];
        const moved = elements[move?.index ?? 0];
        if (move === undefined || moved === undefined) throw new Error('There is nothing to move.');
        elements[move.index] = {
          ...moved,
          x: moved.x + move.dx,
          version: moved.version + 1,
          versionNonce: next,
        };
        excalidraw().updateScene({ elements: [...elements], captureUpdate: CaptureUpdateAction.NEVER });
      };
    },
  };
};
