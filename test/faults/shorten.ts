/** Makes a run that breaks something as short as it can be. */
import type { Played } from './play-run.ts';
import type { Run } from './run.ts';

type Play = (run: Run) => Promise<Played>;

/** Leaves out steps and faults as long as something is still broken. */
export async function shorten(run: Run, play: Play): Promise<Run> {
  let best = run;
  for (let isShorter = true; isShorter; ) {
    isShorter = false;
    for (const candidate of candidates(best)) {
      if ((await play(candidate)).violations.length > 0) {
        best = candidate;
        isShorter = true;
        break;
      }
    }
  }
  return best;
}

function* candidates(run: Run): Generator<Run> {
  for (const part of ['calls', 'commits', 'erp'] as const) {
    if (Object.keys(run[part]).length > 0) {
      yield { ...run, [part]: {} };
    }
  }
  for (let index = run.steps.length - 1; index > 0; index -= 1) {
    yield { ...run, steps: run.steps.filter((_, position) => position !== index) };
  }
  for (const part of ['calls', 'commits', 'erp'] as const) {
    for (const key of Object.keys(run[part])) {
      const { [Number(key)]: _left, ...rest } = run[part];
      yield { ...run, [part]: rest };
    }
  }
}
