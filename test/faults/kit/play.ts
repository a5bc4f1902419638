/** Draws and plays runs of any scenario. */
import { Chaos } from './chaos.ts';
import type { Played, Run, Scenario } from './run.ts';

/** The run of a seed. */
export function drawRun(scenario: Scenario, seed: number): Run {
  return { scenario: scenario.name, seed, steps: scenario.draw(seed) };
}

/** Plays a run; the same run always has the same end. */
export async function playRun(scenario: Scenario, run: Run): Promise<Played> {
  const chaos = run.faults === undefined ? Chaos.drawn(run.seed, scenario.rates) : Chaos.given(run.faults);
  const { violations, outcome } = await scenario.play(run.seed, run.steps, chaos);
  return { violations, outcome, struck: chaos.struck() };
}
