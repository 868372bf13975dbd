import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Database } from '@hocuspocus/extension-database';
import { Server } from '@hocuspocus/server';

/** A process of its own for Hocuspocus, which keeps each document in a file. */
const { FOLDER = '', PORT = '' } = process.env;
await mkdir(FOLDER, { recursive: true });

const server = new Server({
  address: '127.0.0.1',
  port: Number(PORT),
  quiet: true,
  extensions: [
    new Database({
      fetch: ({ documentName }) =>
        readFile(join(FOLDER, documentName)).catch((error: NodeJS.ErrnoException) => {
          if (error.code !== 'ENOENT') throw error;
          return null;
        }),
      store: ({ documentName, state }) => writeFile(join(FOLDER, documentName), state),
    }),
  ],
});
await server.listen();
console.log('Hocuspocus listens.');
