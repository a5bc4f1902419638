import { defineConfig } from 'vitest/config';

/** One project per level of test: `npx vitest run --project unit`. */
const levels = ['unit', 'contract', 'infra', 'statemachine', 'e2e'] as const;

/** Milliseconds. Stories of `e2e` take a minute on a machine of their own, and several on one that is shared. */
const TEST_TIMEOUT = { unit: 20_000, contract: 120_000, infra: 120_000, statemachine: 120_000, e2e: 360_000 } as const;

/**
 * How many files of a level are at work at once, on two cores. Those of `contract` wait much for servers. The stories of `e2e`
 * are one file, which waits much, and those of `infra` wait for nothing: they share two workers.
 */
const WORKERS = { unit: 2, statemachine: 2, infra: 2, contract: 3, e2e: 2 } as const;

/** How many tests of a file run at once, of those that are said to feel nothing of each other (`concurrent`): they wait most of their time. */
const CONCURRENT_TESTS = 4;

/** Levels of the same number run side by side, `e2e` begins. */
const GROUP = { unit: 0, statemachine: 1, contract: 2, infra: 3, e2e: 3 } as const;

/** Levels whose files share the modules of their worker: most of their time would go into loading the same again. */
const SHARING: readonly string[] = ['unit', 'infra', 'statemachine'];

/** What a level prepares: before each of its files, and once around all. */
const PREPARED: Readonly<Record<string, object>> = {
  statemachine: { setupFiles: ['test/support/keep-taken-ways.ts'] },
  contract: { globalSetup: ['test/contract/prepare-company.ts'] },
  infra: { globalSetup: ['test/infra/scratch-folder.ts'] },
  // Its proof of least privilege reads the template.
  e2e: { globalSetup: ['test/infra/scratch-folder.ts'] },
};

export default defineConfig({
  test: {
    tags: [
      {
        name: 'long',
        description:
          'Takes minutes, and looks again, or further, at what a shorter test sees: only `npm test -- --whole`.',
      },
    ],
    projects: levels.map((level) => ({
      test: {
        name: level,
        include: [`test/${level}/**/*.test.{ts,tsx}`],
        testTimeout: TEST_TIMEOUT[level],
        hookTimeout: 300_000,
        // Each file starts servers of its own, on free ports and in folders of its own; stories of `e2e` share one cloud.
        maxWorkers: WORKERS[level],
        maxConcurrency: CONCURRENT_TESTS,
        isolate: !SHARING.includes(level),
        ...PREPARED[level],
        sequence: { groupOrder: GROUP[level] },
      },
    })),
  },
});
