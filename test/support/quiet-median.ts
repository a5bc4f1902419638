/** How long something takes by the clock on the wall, on a machine that others use as well. */

const RUNS = 5;
/** Others may have the processor for a whole series; they do not for all of them. */
const SERIES = 60;

/**
 * After one run that warms everything up.
 * @param enough - milliseconds: a median below it is not measured once more
 * @returns the median of the quietest series, in milliseconds
 */
export async function quietMedian(enough: number, action: () => Promise<unknown>): Promise<number> {
  await action();
  let quietest = Number.POSITIVE_INFINITY;
  for (let series = 0; series < SERIES && quietest >= enough; series += 1) {
    const times: number[] = [];
    for (let run = 0; run < RUNS; run += 1) {
      const startedAt = performance.now();
      await action();
      times.push(performance.now() - startedAt);
    }
    quietest = Math.min(quietest, times.sort((one, other) => one - other)[Math.floor(RUNS / 2)] ?? quietest);
  }
  return quietest;
}
