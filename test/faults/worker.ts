/** A process that plays the runs that it is sent, and says what became of each. */

import type { Share } from './kit/explore.ts';
import { drawRun, playRun } from './kit/play.ts';
import { scenarioNamed } from './scenarios.ts';

process.on('message', async ({ scenario: name, seeds }: Share) => {
  const scenario = scenarioNamed(name);
  for (const seed of seeds) {
    const run = drawRun(scenario, seed);
    process.send?.({ run, played: await playRun(scenario, run) });
  }
});
