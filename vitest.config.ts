import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

// Files end in what they need: *.test.ts nothing, *.db.ts a PostgreSQL, *.browser.ts a PostgreSQL and Chromium,
// *.real.ts root on Debian or Ubuntu. tools/test.mjs picks the projects of a tier.
/**
 * Vitest keeps a core for itself, which on a machine of two leaves one. The tests here wait for PostgreSQL and Chromium
 * more than they compute.
 */
const WORKERS_MIN = 2;
const shared = {
  isolate: false,
  maxWorkers: Math.max(WORKERS_MIN, availableParallelism() - 1),
  testTimeout: 30_000,
  hookTimeout: 60_000,
};

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          ...shared,
          name: 'unit',
          include: ['packages/*/src', 'tools', 'scenarios', 'lab', 'demo', 'bench'].map(
            (folder) => `${folder}/**/*.test.ts`,
          ),
        },
      },
      {
        test: {
          ...shared,
          name: 'database',
          include: ['packages/*/src/**/*.db.ts', 'demo/**/*.db.ts'],
          globalSetup: ['packages/server/src/platform/testing/global-cluster.ts'],
          testTimeout: 60_000,
        },
      },
      {
        test: {
          ...shared,
          name: 'browser',
          include: ['packages/console/src/**/*.browser.ts'],
          globalSetup: ['packages/server/src/platform/testing/global-cluster.ts'],
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
      {
        test: {
          ...shared,
          name: 'checks',
          include: ['tools/**/*.checks.ts', 'packages/simulator/src/**/*.checks.ts'],
          testTimeout: 300_000,
        },
      },
      {
        test: {
          ...shared,
          name: 'real',
          include: ['packages/*/src/**/*.real.ts', 'lab/**/*.real.ts'],
          globalSetup: ['packages/server/src/platform/testing/global-cluster.ts'],
          testTimeout: 600_000,
          hookTimeout: 600_000,
          fileParallelism: false,
          sequence: { groupOrder: 1 },
        },
      },
      {
        // Long proofs on real hosts and in the demo, for whoever asks for them.
        test: {
          ...shared,
          name: 'soak',
          include: ['packages/*/src/**/*.soak.ts', 'lab/**/*.soak.ts', 'demo/**/*.soak.ts'],
          globalSetup: ['packages/server/src/platform/testing/global-cluster.ts'],
          testTimeout: 7_200_000,
          hookTimeout: 600_000,
          fileParallelism: false,
          sequence: { groupOrder: 2 },
        },
      },
    ],
  },
});
