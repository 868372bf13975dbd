import { type Connection, type ConnectionOptions, createConnection } from '../connection/connection.js';
import type { BrowserScope } from './browser-scope.js';
import { createTabConnection } from './tab-connection.js';

export interface OpenConnectionOptions extends ConnectionOptions {
  /** Null for a connection of one's own. */
  readonly browser: BrowserScope | null;
  /** Whose connection it is, at which server: nobody else shares it. */
  readonly owner: string;
  /** Unlike that of any other who opens one. */
  readonly id: string;
}

/** Joins the connection that this person has in this browser already, or makes it (T1, T4). */
export const openConnection = ({ browser, owner, id, ...options }: OpenConnectionOptions): Connection => {
  if (!browser) return createConnection(options);
  const { clock, page, pusher } = options;
  return createTabConnection({
    scope: browser,
    name: `${owner} ${JSON.stringify(pusher)}`,
    id,
    clock,
    page,
    connect: (anyPage) => createConnection({ ...options, page: anyPage }),
  });
};

/** The name under which a person's things are shared and kept in a browser: who logs in next finds nothing of them. */
export const ownerOf = (server: string | URL, user: string): string => JSON.stringify([String(server), user]);
