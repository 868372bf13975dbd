import { defineConfig } from 'vitest/config';

// Packages resolve to each other's sources, so a test never runs against a stale build.
const conditions = ['@inkwire/source'];

export default defineConfig({
  resolve: { conditions },
  ssr: { resolve: { conditions } },
  test: {
    include: ['packages/*/src/**/*.test.ts', 'test/src/**/*.test.ts'],
    reporters: ['default', './test/src/closing-line.ts'],
    testTimeout: 30_000,
    hookTimeout: 60_000,
  },
});
