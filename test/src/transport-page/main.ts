import { addElement, type Board, createBoard, type ElementId, newElementId } from '@inkwire/core';
import { type BoardConnection, connectBoard, connectWorkspace } from '@inkwire/transport';
import { options, person } from './connect-options.js';

/** A board as a test drives it from outside of the page. */
export interface PageBoard {
  readonly board: Board;
  readonly connection: BoardConnection;
  readonly errors: string[];
  /** When each element was first there, ms since the epoch. */
  readonly seen: Record<string, number>;
  draw(): ElementId;
  moveCursor(x: number): void;
}

const { searchParams } = new URL(location.href);

const open = (id: string): PageBoard => {
  const board = createBoard({ user: person });
  const seen: Record<string, number> = {};
  const errors: string[] = [];
  board.subscribe(({ touched }) => {
    for (const element of touched) seen[element] ??= Date.now();
  });
  const connection = connectBoard(board, { ...options, board: id });
  connection.on('error', ({ code }) => void errors.push(code));
  return {
    board,
    connection,
    errors,
    seen,
    moveCursor: (x) => connection.presence.setCursor([x, 0]),
    draw: () => {
      const element = newElementId();
      board.commit(
        addElement(board, {
          kind: 'stroke',
          id: element,
          tool: 'pen',
          color: 'ink',
          width: 4,
          points: Array.from({ length: 8 }, (_, index) => ({ x: index * 9, y: Math.sin(index) * 20 })),
        }),
      );
      return element;
    },
  };
};

/** An event of the project, and when it was told, ms since the epoch. */
interface Told {
  readonly id: string;
  readonly at: number;
}

const page = { boards: {} as Record<string, PageBoard>, events: [] as Told[] };
for (const id of searchParams.getAll('board')) page.boards[id] = open(id);
const project = searchParams.get('project');
if (project !== null)
  connectWorkspace(options).subscribe(project, {
    onEvent: ({ id }) => void page.events.push({ id, at: Date.now() }),
  });

declare global {
  interface Window {
    transportPage: typeof page;
  }
}
window.transportPage = page;
