import { defineConfig } from 'vitest/config';

// As long as Playwright waits for an element: a second, the default, is little on a loaded machine.
const poll = { timeout: 30_000 };

const inCi = !['', '0', 'false'].includes(process.env.CI ?? '');

export default defineConfig({
  test: {
    // One core less, the default, would be half of a small machine.
    maxWorkers: '100%',
    projects: [
      {
        test: {
          name: 'node',
          include: ['test/**/*.test.{ts,tsx}'],
          exclude: ['test/browser/**'],
          testTimeout: 120_000,
          hookTimeout: 60_000,
          expect: { poll },
        },
      },
      {
        test: {
          name: 'browser',
          include: ['test/browser/**/*.test.ts'],
          globalSetup: ['test/browser/global-setup.ts'],
          // After the others, two at a time: each has a server, a folder and a browser of its own.
          sequence: { groupOrder: 1 },
          maxWorkers: 2,
          maxConcurrency: 3,
          testTimeout: 240_000,
          hookTimeout: 180_000,
          expect: { poll },
          // On a loaded machine a page may miss a limit; what passed only so is listed at the end (scripts/test.mjs).
          retry: inCi ? 1 : 0,
        },
      },
    ],
  },
});
