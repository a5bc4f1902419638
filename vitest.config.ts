import { defineConfig } from 'vitest/config';

/** One project per level of test: `npx vitest run --project unit`. */
const levels = ['unit', 'contract', 'infra', 'statemachine', 'e2e'] as const;

export default defineConfig({
  test: {
    projects: levels.map((level) => ({
      test: {
        name: level,
        include: [`test/${level}/**/*.test.{ts,tsx}`],
        testTimeout: level === 'unit' ? 20_000 : 120_000,
        hookTimeout: 300_000,
        // Servers of these levels take ports and memory: one file after the other.
        fileParallelism: level === 'unit' || level === 'statemachine',
      },
    })),
  },
});
