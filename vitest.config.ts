import { defineConfig } from 'vitest/config';
import LongestFirst from './test/src/longest-first.js';

// Packages resolve to each other's sources, so a test never runs against a stale build.
const conditions = ['@inkwire/source'];

/** In these the process is a browser with a database; what is tested elsewhere tells by that where it is. */
const BROWSER = [
  'packages/transport/src/store/*.test.ts',
  'packages/transport/src/board/{convergence,measures}.test.ts',
];

/** Prepares a database for those that start a server. */
const EMPTY_DATABASE = './test/src/server/empty-database.ts';

export default defineConfig({
  resolve: { conditions },
  ssr: { resolve: { conditions } },
  test: {
    reporters: ['default', './test/src/closing-line.ts'],
    // A busy machine is slow, not wrong: a limit is for what would never end, and many times as long as anything takes.
    testTimeout: 180_000,
    hookTimeout: 180_000,
    expect: { poll: { timeout: 60_000 } },
    // Many wait, for sockets, databases and browsers: a worker more than there are cores keeps the cores at work.
    maxWorkers: 3,
    sequence: { sequencer: LongestFirst },
    // Modules are loaded once for all files of a worker, which is half the time of most: whoever changes something of the
    // process puts it back.
    isolate: false,
    projects: [
      {
        extends: true,
        test: {
          name: 'packages',
          include: ['packages/*/src/**/*.test.ts', 'playground/src/**/*.test.ts'],
          exclude: BROWSER,
          globalSetup: EMPTY_DATABASE,
        },
      },
      {
        extends: true,
        test: {
          name: 'browser',
          include: BROWSER,
          isolate: true,
          globalSetup: EMPTY_DATABASE,
        },
      },
      {
        extends: true,
        // Whole systems with browsers.
        test: {
          name: 'system',
          include: ['test/src/**/*.test.ts'],
          globalSetup: EMPTY_DATABASE,
          testTimeout: 300_000,
          hookTimeout: 300_000,
        },
      },
    ],
  },
});
