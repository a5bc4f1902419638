/**
 * `npm run faults -- [--runs 1000] [--seed 1]`: plays that many purchases with faults and checks what must hold. The first
 * violation is made as short as it can be and written to a file, which `--replay <file>` plays again.
 */
import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { explore, type Report, type Summary } from './kit/explore.ts';
import { playRun } from './kit/play.ts';
import { readReplay, writeReplay } from './kit/replay-file.ts';
import { shorten } from './kit/shorten.ts';
import { scenarioNamed } from './scenarios.ts';

const OPTIONS = {
  scenario: { type: 'string', default: 'purchase' },
  runs: { type: 'string', default: '1000' },
  seed: { type: 'string', default: '1' },
  processes: { type: 'string', default: String(availableParallelism()) },
  replay: { type: 'string' },
} as const;
/** Runs between two lines of progress. */
const PROGRESS = 500;

const { values } = parseArgs({ options: OPTIONS });
process.exitCode = values.replay === undefined ? await exploreAll() : await replay(values.replay);

async function exploreAll(): Promise<number> {
  const startedAt = performance.now();
  const seconds = () => `${((performance.now() - startedAt) / 1000).toFixed(0)} s`;
  const summary = await explore({
    scenario: values.scenario,
    firstSeed: Number(values.seed),
    runs: Number(values.runs),
    processes: Number(values.processes),
    onPlayed: (count) => {
      if (count % PROGRESS === 0) {
        console.log(`${count} runs, ${seconds()}`);
      }
    },
  });
  tell(summary);
  console.log(
    `${summary.runs} runs from seed ${values.seed} in ${seconds()}: ${summary.broken === undefined ? 'no violation' : 'VIOLATION'}`,
  );
  return summary.broken === undefined ? 0 : keep(summary.broken);
}

function tell({ outcomes, strikes, runsWithFaults }: Summary): void {
  const list = (counts: ReadonlyMap<string, number>) =>
    [...counts].map(([name, count]) => `${count} ${name}`).join(', ');
  console.log(`ended: ${list(outcomes)}`);
  console.log(`faults, in ${runsWithFaults} runs: ${list(strikes)}`);
}

/** Shortens what broke something, and writes it to a file. */
async function keep({ run, played }: Report): Promise<number> {
  const scenario = scenarioNamed(run.scenario);
  console.log(`seed ${run.seed}: ${played.violations.join('; ')}`);
  const shortest = await shorten(run, (candidate) => playRun(scenario, candidate));
  const { violations } = await playRun(scenario, shortest);
  const file = `faults-${run.seed}.json`;
  await writeReplay(file, shortest, violations);
  console.log(JSON.stringify({ steps: shortest.steps, faults: shortest.faults }, undefined, 2));
  console.log(violations.join('\n'));
  console.log(`shortest replay, also a test once it lies in test/faults/replays/: npm run faults -- --replay ${file}`);
  return 1;
}

async function replay(file: string): Promise<number> {
  const run = await readReplay(file);
  const { violations, outcome } = await playRun(scenarioNamed(run.scenario), run);
  console.log(violations.length === 0 ? `all holds; it ended as ${outcome}` : violations.join('\n'));
  return violations.length === 0 ? 0 : 1;
}
