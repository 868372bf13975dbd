import type { BoardView, Camera } from '@inkwire/canvas';
import '@inkwire/canvas/inkwire-board';
import type { InkwireBoard } from '@inkwire/canvas/inkwire-board';
import { type Board, boundsOf, createBoard } from '@inkwire/core';
import { type BoardConnection, connectBoard } from '@inkwire/transport';
import type { Person } from '../people.js';
import { addressOf } from './address.js';
import { createNetwork, type Network } from './network.js';
import { fillPersonBar } from './person-bar.js';
import type { ThemeChoice } from './theme.js';
import { showWelcome } from './welcome.js';
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
  readonly component: InkwireBoard;
  readonly view: BoardView;
  readonly network: Network;
}

/** Opens a pane in `container`. */
export async function openPane(container: Element, options: PaneOptions): Promise<Pane> {
  const { person, board: boardId, other } = options;
  const template = document.querySelector<HTMLTemplateElement>('#pane')!;
  // Imported, not cloned: a template's own nodes belong to a document without a window.
  const root = document.importNode(template.content, true).firstElementChild as HTMLElement;
  const bar = root.querySelector<HTMLElement>('.person')!;
  const surface = root.querySelector<HTMLElement>('.surface')!;
  root.dataset.person = person.id;
  container.append(root);

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
  const component = document.createElement('inkwire-board');
  component.board = board;
  component.connection = connection;
  component.theme = options.theme;
  component.label = `${person.name}'s board`;
  surface.prepend(component);
  await component.updateComplete;
  const view = component.view!;

  fillPersonBar(bar, {
    person,
    network,
    alone: addressOf(new URL(location.href), boardId, person),
  });
  attachWriteButton(bar.querySelector<HTMLButtonElement>('[data-action="write"]')!, {
    name: person.name,
    view,
    prepare: () => {
      view.setTool('pen');
      makeRoom(view, board);
      options.onMove(view.camera);
      return sheetOf(view);
    },
  });
  showWelcome(surface.querySelector<HTMLElement>('.welcome')!, {
    board,
    connection,
    surface: view.element,
    name: person.name,
    watcher: other?.name ?? 'everybody here',
  });
  reportFacts(root, board, connection);
  return { person, root, bar, board, connection, component, view, network };
}

/** A page of this size (page units) is written in full view, also on a small screen. */
const pageSize = { width: 520, height: 380 };

/** Moves the view to an empty part of the board: where it is, or below everything that is there. */
function makeRoom(view: BoardView, board: Board): void {
  const sheet = sheetOf(view);
  const zoom = Math.min(1, sheet.width / pageSize.width, sheet.height / pageSize.height);
  const { x, y } = view.camera;
  const { clientWidth, clientHeight } = view.element;
  const shown = { minX: x, minY: y, maxX: x + clientWidth / zoom, maxY: y + clientHeight / zoom };
  const lowest = Math.max(...Array.from(board.elements(), (element) => boundsOf(element).maxY));
  view.setCamera({ x, y: board.query(shown).length > 0 ? lowest : y, zoom });
}

/** The view between what the component shows over it: the status above, the tools below (in two rows if narrow). */
function sheetOf(view: BoardView): Sheet {
  const { clientWidth, clientHeight } = view.element;
  const margin = Math.min(48, clientWidth / 12);
  const [above, below] = [52, clientWidth < 640 ? 124 : 76];
  return { x: margin, y: above, width: clientWidth - 2 * margin, height: clientHeight - above - below };
}

/** Says in attributes how it stands, for tests and for whoever looks into the page. */
function reportFacts(root: HTMLElement, board: Board, connection: BoardConnection): void {
  const showStatus = () => {
    const { status } = connection;
    root.dataset.connection = status.connection;
    root.dataset.saving = status.saving;
    root.dataset.waiting = String(status.waiting);
    root.dataset.access = status.access;
  };
  const showSize = () => {
    root.dataset.elements = String(board.size);
  };
  connection.on('status', showStatus);
  board.subscribe(showSize);
  showStatus();
  showSize();
}
