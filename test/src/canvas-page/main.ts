import { type BoardView, type MountOptions, mountBoard } from '@inkwire/canvas';
import * as core from '@inkwire/core';
import { type Board, createBoard, type Participant, type Presence } from '@inkwire/core';

/** The others on the board, as a test wants them to be; what the board tells them is kept. */
interface ScriptedPresence extends Presence {
  show(participants: readonly Participant[]): void;
  readonly told: { cursor: unknown; tool: string; live: string[]; ended: string[] };
}

function createScriptedPresence(): ScriptedPresence {
  let others: readonly Participant[] = [];
  const listeners = new Set<() => void>();
  const told = { cursor: null as unknown, tool: '', live: [] as string[], ended: [] as string[] };
  return {
    told,
    show(participants) {
      others = participants;
      for (const listener of listeners) listener();
    },
    others: () => others,
    moving: () => false,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    setCursor: (point) => {
      told.cursor = point;
    },
    setTool: (tool) => {
      told.tool = tool;
    },
    setSelection() {},
    setViewport() {},
    drawLive: ({ id }) => void told.live.push(id),
    endLive: (id) => void told.ended.push(id),
  };
}

const element = document.querySelector<HTMLElement>('#board');
if (element === null) throw new Error('The page has no place for a board.');

/** What a test does inside the page. */
const canvasPage = {
  core,
  element,
  board: createBoard({ user: 'ana' }) as Board,
  presence: createScriptedPresence(),
  view: null as BoardView | null,
  violations: [] as string[],
  mount(options: MountOptions = {}): BoardView {
    canvasPage.view?.destroy();
    canvasPage.view = mountBoard(element, canvasPage.board, options);
    return canvasPage.view;
  },
  /** Resolves after the frame in which everything that happened so far was shown. */
  frame: () =>
    new Promise<void>((resolve) => requestAnimationFrame(() => requestAnimationFrame(() => resolve()))),
};

document.addEventListener('securitypolicyviolation', (event) => {
  canvasPage.violations.push(`${event.violatedDirective} ${event.blockedURI}`);
});

declare global {
  interface Window {
    canvasPage: typeof canvasPage;
  }
}
window.canvasPage = canvasPage;
