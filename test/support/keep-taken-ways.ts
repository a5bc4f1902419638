/** For every file of state machine tests: keeps what its tests took of the machines' ways, once they are done. */
import { afterAll, expect } from 'vitest';
import { keepTakenWays } from './path-coverage.ts';

afterAll(() => {
  const { testPath } = expect.getState();
  if (testPath !== undefined) {
    keepTakenWays(testPath);
  }
});
