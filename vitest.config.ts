import { defineConfig } from 'vitest/config';
import LongestFirst from './test/src/longest-first.js';

// Packages resolve to each other's sources, so a test never runs against a stale build.
const conditions = ['@inkwire/source'];

/** Tests without sockets, databases or clocks. */
const PURE = ['packages/{core,canvas}/src/**/*.test.ts'];

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
    projects: [
      {
        extends: true,
        test: {
          name: 'pure',
          include: PURE,
          // They hold on to nothing outside themselves: modules are loaded once for all, which halves their time.
          isolate: false,
        },
      },
      {
        extends: true,
        test: {
          name: 'packages',
          include: ['packages/*/src/**/*.test.ts', 'playground/src/**/*.test.ts'],
          exclude: PURE,
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
