import { defineConfig } from 'vitest/config';

/** One project per level of test: `npx vitest run --project unit`. */
const levels = ['unit', 'contract', 'infra', 'statemachine', 'e2e'] as const;

/** Milliseconds. Stories of `e2e` take a minute on a machine of their own, and several on one that is shared. */
const TEST_TIMEOUT = { unit: 20_000, contract: 120_000, infra: 120_000, statemachine: 120_000, e2e: 360_000 } as const;

/** Also on two cores, where vitest would leave one idle. */
const WORKERS = 2;

/** Levels whose files share the modules of their worker: most of their time would go into loading the same again. */
const SHARING: readonly string[] = ['unit', 'infra', 'statemachine'];

/** What a level prepares: before each of its files, and once around all. */
const PREPARED: Readonly<Record<string, object>> = {
  statemachine: { setupFiles: ['test/support/keep-taken-ways.ts'] },
  infra: { globalSetup: ['test/infra/scratch-folder.ts'] },
};

export default defineConfig({
  test: {
    projects: levels.map((level) => ({
      test: {
        name: level,
        include: [`test/${level}/**/*.test.{ts,tsx}`],
        testTimeout: TEST_TIMEOUT[level],
        hookTimeout: 300_000,
        // Each file starts servers of its own, on free ports and in folders of its own; stories of `e2e` share one cloud.
        maxWorkers: level === 'e2e' ? 1 : WORKERS,
        isolate: !SHARING.includes(level),
        ...PREPARED[level],
        sequence: { groupOrder: levels.indexOf(level) },
      },
    })),
  },
});
