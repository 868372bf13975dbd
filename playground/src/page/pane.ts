import { type BoardView, type Camera, mountBoard } from '@inkwire/canvas';
import { type Board, boundsOf, createBoard } from '@inkwire/core';
import { type BoardConnection, connectBoard } from '@inkwire/transport';
import type { Person } from '../people.js';
import { addressOf } from './address.js';
import { createNetwork, type Network } from './network.js';
import { fillPersonBar } from './person-bar.js';
import type { ThemeChoice } from './theme.js';
import { attachWriteButton, type Sheet } from './write-button.js';

export interface PaneOptions {
  readonly person: Person;
  /** The board's id. */
  readonly board: string;
  readonly theme: ThemeChoice;
  /** Somebody else on this page. */
  readonly other: Person | undefined;
  /** The view was moved to make room for a page. */
  readonly onMove: (camera: Camera) => void;
}

/** One person at one board: their own document, connection and view, with their network in a switch. */
export interface Pane {
  readonly person: Person;
  readonly root: HTMLElement;
  readonly bar: HTMLElement;
  readonly board: Board;
  readonly connection: BoardConnection;
  readonly view: BoardView;
  readonly network: Network;
}

export function createPane({ person, board: boardId, theme, other, onMove }: PaneOptions): Pane {
  const template = document.querySelector<HTMLTemplateElement>('#pane')!;
  // Imported, not cloned: a template's own nodes belong to a document without a window.
  const root = document.importNode(template.content, true).firstElementChild as HTMLElement;
  const bar = root.querySelector<HTMLElement>('.person')!;
  const surface = root.querySelector<HTMLElement>('.surface')!;
  root.dataset.person = person.id;

  const network = createNetwork(person.id);
  const board = createBoard({ user: person.id });
  const connection = connectBoard(board, {
    board: boardId,
    server: '/inkwire',
    pusher: {
      key: import.meta.env.PUSHER_KEY,
      wsHost: location.hostname,
      wsPort: import.meta.env.PUSHER_PORT,
      wsPath: network.socketPath,
      forceTLS: false,
    },
    user: person,
    headers: () => ({ authorization: `Bearer ${person.id}` }),
    fetch: network.fetch,
    page: network.page,
  });
  const view = mountBoard(surface, board, {
    presence: connection.presence,
    theme,
    label: `${person.name}'s board`,
  });

  fillPersonBar(bar, {
    person,
    connection,
    network,
    alone: addressOf(new URL(location.href), boardId, person),
  });
  attachWriteButton(bar.querySelector<HTMLElement>('[data-action="write"]')!, {
    name: person.name,
    target: view.element,
    prepare: () => {
      makeRoom(view, board);
      onMove(view.camera);
      return sheetOf(view);
    },
  });
  welcome(surface.querySelector<HTMLElement>('.welcome')!, view, board, [person, other]);
  reportFacts(root, { board, connection, view });
  return { person, root, bar, board, connection, view, network };
}

/** Moves the view below everything that is there, unless it shows an empty part of the board. */
function makeRoom(view: BoardView, board: Board): void {
  const { x, y } = view.camera;
  const { clientWidth, clientHeight } = view.element;
  const inTheWay = board.query({ minX: x, minY: y, maxX: x + clientWidth, maxY: y + clientHeight });
  const lowest = Math.max(...Array.from(board.elements(), (element) => boundsOf(element).maxY));
  view.setCamera({ x, y: inTheWay.length > 0 ? lowest : y, zoom: 1 });
}

/** The view without a margin. */
function sheetOf(view: BoardView): Sheet {
  const { clientWidth, clientHeight } = view.element;
  const margin = Math.min(48, clientWidth / 10);
  return { x: margin, y: margin, width: clientWidth - 2 * margin, height: clientHeight - 2 * margin };
}

/** Says what to do on an empty board, until somebody does it. */
function welcome(
  element: HTMLElement,
  view: BoardView,
  board: Board,
  people: [Person, Person | undefined],
): void {
  const [person, other] = people;
  const title = element.querySelector('.welcome-title')!;
  const text = element.querySelector('.welcome-text')!;
  title.textContent = 'An empty board';
  text.textContent = `Draw with mouse, finger or pen: ${other?.name ?? 'everybody here'} sees it at once. Or let ${person.name} write a page.`;
  const show = () => {
    element.hidden = board.size > 0;
  };
  board.subscribe(show);
  view.element.addEventListener('pointerdown', () => {
    element.hidden = true;
  });
  show();
}

/** Says in attributes how it stands, for styles and tests; the view takes no ink from who may only read. */
function reportFacts(
  root: HTMLElement,
  { board, connection, view }: Pick<Pane, 'board' | 'connection' | 'view'>,
): void {
  const showStatus = () => {
    const { status } = connection;
    root.dataset.connection = status.connection;
    root.dataset.saving = status.saving;
    root.dataset.waiting = String(status.waiting);
    root.dataset.access = status.access;
    view.setReadOnly(status.access === 'read' || status.access === 'none');
  };
  const showSize = () => {
    root.dataset.elements = String(board.size);
  };
  connection.on('status', showStatus);
  board.subscribe(showSize);
  showStatus();
  showSize();
}
