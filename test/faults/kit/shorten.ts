/** Makes a run that breaks something as short as it can be. */
import type { Faults } from './chaos.ts';
import type { Played, Run } from './run.ts';

type Play = (run: Run) => Promise<Played>;

/** Leaves out steps and faults, many at once and then one by one, as long as something is still broken. */
export async function shorten(run: Run, play: Play): Promise<Run> {
  let best: Run = { ...run, faults: (await play(run)).struck };
  for (let size = partsOf(best); size >= 1; ) {
    const shorter = await firstBroken(withoutParts(best, size), play);
    if (shorter !== undefined) {
      best = shorter;
    }
    size = shorter === undefined ? Math.floor(size / 2) : Math.min(size, partsOf(best));
  }
  return best;
}

async function firstBroken(runs: Iterable<Run>, play: Play): Promise<Run | undefined> {
  for (const run of runs) {
    const { violations, struck } = await play(run);
    if (violations.length > 0) {
      // What did not strike is of no use.
      return { ...run, faults: struck };
    }
  }
  return undefined;
}

function partsOf({ steps, faults = {} }: Run): number {
  return steps.length + Object.keys(faults).length;
}

/** Without each stretch of so many faults, and of so many steps. */
function* withoutParts(run: Run, size: number): Generator<Run> {
  const faults = Object.entries(run.faults ?? {});
  for (let from = 0; from < faults.length; from += size) {
    const left: Faults = Object.fromEntries(faults.toSpliced(from, size));
    yield { ...run, faults: left };
  }
  for (let from = Math.max(0, run.steps.length - size); ; from = Math.max(0, from - size)) {
    if (run.steps.length > 0) {
      yield { ...run, steps: run.steps.toSpliced(from, size) };
    }
    if (from === 0) {
      return;
    }
  }
}
