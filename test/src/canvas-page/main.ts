import {
  type BoardView,
  exportFile,
  exportPng,
  exportSvg,
  labelOfCustom,
  type MountOptions,
  mountBoard,
  openPicture,
  paintLayout,
  textLayoutOf,
} from '@inkwire/canvas';
import '@inkwire/canvas/inkwire-board';
import type { ConnectionStatus, InkwireBoard } from '@inkwire/canvas/inkwire-board';
import * as core from '@inkwire/core';
import { type Board, createBoard, type Participant, type Presence } from '@inkwire/core';
import { shownPixels } from '../browser/shown-pixels.js';

/** Most of them drag nothing. */
type ShownParticipant = Omit<Participant, 'drag' | 'writing'> &
  Partial<Pick<Participant, 'drag' | 'writing'>>;

/** The others on the board, as a test wants them to be; what the board tells them is kept. */
interface ScriptedPresence extends Presence {
  show(participants: readonly ShownParticipant[]): void;
  readonly told: {
    cursor: unknown;
    tool: string;
    live: string[];
    ended: string[];
    selection: readonly string[];
    drags: unknown[];
    writing: unknown;
  };
}

function createScriptedPresence(): ScriptedPresence {
  let others: readonly Participant[] = [];
  const listeners = new Set<() => void>();
  const told: ScriptedPresence['told'] = {
    cursor: null,
    tool: '',
    live: [],
    ended: [],
    selection: [],
    drags: [],
    writing: null,
  };
  return {
    told,
    show(participants) {
      others = participants.map((participant) => ({ drag: null, writing: null, ...participant }));
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
    setSelection: (ids) => {
      told.selection = ids;
    },
    setViewport() {},
    setWriting: (place) => {
      told.writing = place;
    },
    drawLive: ({ id }) => void told.live.push(id),
    endLive: (id) => void told.ended.push(id),
    setDrag: (drag) => void told.drags.push(drag),
  };
}

const element = document.querySelector<HTMLElement>('#board');
if (element === null) throw new Error('The page has no place for a board.');

const presence = createScriptedPresence();
const connection = {
  status: { connection: 'live', saving: 'saved', waiting: 0, access: 'write' } as ConnectionStatus,
  presence,
  listeners: new Set<() => void>(),
  on(_event: 'status', listener: () => void) {
    connection.listeners.add(listener);
    return () => connection.listeners.delete(listener);
  },
};

/** What a test does inside the page. */
const canvasPage = {
  core,
  exportFile,
  exportPng,
  exportSvg,
  labelOfCustom,
  openPicture,
  paintLayout,
  textLayoutOf,
  element,
  board: createBoard({ user: 'ana' }) as Board,
  presence,
  view: null as BoardView | null,
  violations: [] as string[],
  /** What is to be seen of the board, whichever canvases it lies on. */
  shown: () => shownPixels(element),
  mount(options: MountOptions = {}): BoardView {
    canvasPage.view?.destroy();
    canvasPage.view = mountBoard(element, canvasPage.board, options);
    return canvasPage.view;
  },
  /** An `<inkwire-board>` in place of a bare view, with a connection whose status the test says. */
  async mountElement(properties: Partial<InkwireBoard> = {}, connected = true) {
    canvasPage.view?.destroy();
    canvasPage.view = null;
    const component = document.createElement('inkwire-board');
    Object.assign(
      component,
      { board: canvasPage.board, connection: connected ? connection : null },
      properties,
    );
    element.replaceChildren(component);
    await component.updateComplete;
    await component.updateComplete;
    canvasPage.view = component.view;
    return component;
  },
  setStatus(change: Partial<ConnectionStatus>): void {
    connection.status = { ...connection.status, ...change };
    for (const listener of connection.listeners) listener();
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
