import { addElement, type Board, createBoard, type ElementId, newElementId } from '@inkwire/core';
import {
  type BoardConnection,
  connectBoard,
  connectWorkspace,
  type TransportOptions,
} from '@inkwire/transport';

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
const person = searchParams.get('person') ?? 'ana';

const options: TransportOptions = {
  server: '/inkwire',
  pusher: {
    key: searchParams.get('key') ?? '',
    wsHost: location.hostname,
    wsPort: Number(searchParams.get('port')),
    forceTLS: false,
  },
  user: { id: person, name: person, color: '#336699' },
  headers: () => ({ authorization: `Bearer ${person}` }),
};

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

const page = { boards: {} as Record<string, PageBoard>, events: [] as string[] };
for (const id of searchParams.getAll('board')) page.boards[id] = open(id);
const project = searchParams.get('project');
if (project !== null)
  connectWorkspace(options).subscribe(project, { onEvent: ({ id }) => void page.events.push(id) });

declare global {
  interface Window {
    transportPage: typeof page;
  }
}
window.transportPage = page;
