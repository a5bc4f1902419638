/** What the decision page reports of guesses: the alarm and the dashboard look for exactly these names. */
import { afterAll, beforeEach, describe, expect, it, vi } from 'vitest';

// Other files share the modules of this one: it loads its own, and leaves none behind.
vi.stubEnv('POWERTOOLS_SERVICE_NAME', 'meridian');
vi.resetModules();
const { reportGuess } = await import('../../../functions/runtime/guesses.ts');
const put: Record<string, unknown>[] = [];

beforeEach(() => {
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
    put.push(JSON.parse(String(text)));
    return true;
  });
});

afterAll(() => {
  vi.restoreAllMocks();
  vi.resetModules();
  vi.unstubAllEnvs();
});

describe('the figures of guesses', () => {
  it('count by kind, and by nothing that who guesses chooses', () => {
    reportGuess('unknown');
    reportGuess('too-many-guesses');

    expect(put).toMatchObject([
      { UnknownLinks: 1, service: 'meridian' },
      { GuessesStopped: 1, service: 'meridian' },
    ]);
    for (const { _aws } of put) {
      expect(_aws).toMatchObject({ CloudWatchMetrics: [{ Namespace: 'Meridian', Dimensions: [['service']] }] });
    }
  });
});
