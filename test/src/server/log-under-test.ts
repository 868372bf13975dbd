import { createInkwireServer, type InkwireServer, type InkwireServerOptions } from '@inkwire/server';
import { afterAll, beforeAll, beforeEach } from 'vitest';
import type { TestDatabases } from './databases.js';
import { serverOptions } from './options.js';
import { createPage, type Page, type Send, sendTo } from './page.js';

/** One server on a database of its own, and a new channel for each test. */
export interface LogUnderTest {
  server(): InkwireServer;
  send: Send;
  channel(): string;
  /** A page of `user` on the test's channel, that has not joined. */
  page(user: string, client?: number): Page;
  /** A page that has. */
  join(user: string, client?: number): Promise<Page>;
}

let channels = 0;

/** Called within `describe`: opens the server before its tests and closes it after them. */
export const logUnderTest = (
  databases: () => TestDatabases,
  options: Partial<InkwireServerOptions> = {},
): LogUnderTest => {
  let server: InkwireServer;
  let channel = '';
  beforeAll(async () => {
    server = await createInkwireServer(serverOptions({ ...options, database: await databases().create() }));
  });
  afterAll(() => server.close());
  beforeEach(() => {
    channels += 1;
    channel = `presence-board-test${channels}`;
  });

  const send: Send = (path, init) => sendTo(server)(path, init);
  const page = (user: string, client?: number): Page => createPage(send, user, channel, client);
  return {
    server: () => server,
    send,
    channel: () => channel,
    page,
    async join(user, client) {
      const joined = page(user, client);
      await joined.join();
      return joined;
    },
  };
};
