/** Small explorations, for tests. */
import { drawRun, playRun } from './play.ts';
import type { Run, Scenario } from './run.ts';

/** Runs in which a planted defect is looked for. */
const MOST_RUNS = 150;

/** What a few runs showed. */
export interface Sample {
  /** The first run that broke something. */
  readonly broken?: { readonly seed: number; readonly violations: readonly string[] };
  /** How they ended, and what went wrong in them; each once, in the order of the alphabet. */
  readonly outcomes: readonly string[];
  readonly faults: readonly string[];
}

/** Plays so many runs, or fewer when one breaks something. */
export async function playSample(scenario: Scenario, from: number, runs: number): Promise<Sample> {
  const outcomes = new Set<string>();
  const faults = new Set<string>();
  const sample = () => ({ outcomes: [...outcomes].sort(), faults: [...faults].sort() });
  for (let seed = from; seed < from + runs; seed += 1) {
    const { violations, outcome, struck } = await playRun(scenario, drawRun(scenario, seed));
    outcomes.add(outcome);
    Object.values(struck).forEach((kind) => {
      faults.add(kind);
    });
    if (violations.length > 0) {
      return { ...sample(), broken: { seed, violations } };
    }
  }
  return sample();
}

/** The first run that shows a planted defect, from a seed on. */
export async function firstBroken(
  scenario: Scenario,
  from = 1,
): Promise<{ readonly run: Run; readonly violations: readonly string[] }> {
  const { broken } = await playSample(scenario, from, MOST_RUNS);
  if (broken === undefined) {
    throw new Error(`${MOST_RUNS} runs did not find it`);
  }
  return { run: drawRun(scenario, broken.seed), violations: broken.violations };
}
