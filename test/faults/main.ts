/**
 * `npm run faults -- [--runs 1000] [--seed 1]`: plays that many purchases with faults and checks what must hold. The first
 * violation is made as short as it can be and written to a file, which `--replay <file>` plays again.
 */
import { readFile, writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { playRun } from './play-run.ts';
import { drawRun, type Run } from './run.ts';
import { shorten } from './shorten.ts';

const OPTIONS = {
  runs: { type: 'string', default: '1000' },
  seed: { type: 'string', default: '1' },
  replay: { type: 'string' },
} as const;

const { values } = parseArgs({ options: OPTIONS });
process.exitCode =
  values.replay === undefined ? await explore(Number(values.runs), Number(values.seed)) : await replay(values.replay);

async function explore(runs: number, firstSeed: number): Promise<number> {
  const startedAt = performance.now();
  const outcomes = new Map<string, number>();
  for (let index = 0; index < runs; index += 1) {
    const run = drawRun(firstSeed + index);
    const { violations, outcome } = await playRun(run);
    outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
    if (violations.length > 0) {
      console.log(`seed ${run.seed}: ${violations.join('; ')}`);
      const shortest = await shorten(run, (candidate) => playRun(candidate));
      const file = `faults-${run.seed}.json`;
      await writeFile(file, JSON.stringify(shortest, undefined, 2));
      console.log(`shortest replay (${shortest.steps.length} steps): npm run faults -- --replay ${file}`);
      return 1;
    }
    if ((index + 1) % 500 === 0) {
      console.log(`${index + 1} runs, no violation, ${((performance.now() - startedAt) / 1000).toFixed(0)} s`);
    }
  }
  const ends = [...outcomes].map(([outcome, count]) => `${count} ${outcome}`).join(', ');
  console.log(`${runs} runs from seed ${firstSeed}: no violation (${ends})`);
  return 0;
}

async function replay(file: string): Promise<number> {
  const run: Run = JSON.parse(await readFile(file, 'utf8'));
  const { violations } = await playRun(run);
  console.log(violations.length === 0 ? 'all holds' : violations.join('\n'));
  return violations.length === 0 ? 0 : 1;
}
