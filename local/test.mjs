/**
 * `npm test`: the set-up, then every check, stopping at the first that fails. Tests that are tagged `long` look again, or further,
 * at what a shorter one sees; they are left for `npm test -- --whole`.
 */
import { existsSync } from 'node:fs';
import { mkdir, readFile, rm } from 'node:fs/promises';
import { delimiter, dirname, join } from 'node:path';
import { SetupFailure } from './setup/failure.mjs';
import { NODE } from './setup/node-packages.mjs';
import { ROOT, runHere, secondsSince } from './setup/run.mjs';
import { endWith, setUp } from './setup/setup.mjs';

const [flag, ...others] = process.argv.slice(2);
const WHOLE = flag === '--whole';
if (others.length > 0 || (flag !== undefined && !WHOLE)) {
  endWith(new SetupFailure(`npm test takes nothing but --whole, and was given: ${process.argv.slice(2).join(' ')}`));
}

const bin = (name) => join(ROOT, 'node_modules/.bin', name);
const LEFT = 'left for `npm test -- --whole`';
const reportOf = (levels) => join(ROOT, '.local/test', `${levels}.json`);

/** Cheap checks first, so that a slip is told within seconds. What stands in two lanes is looked at side by side. */
const STAGES = [
  [
    // The compiler of TypeScript 7, which takes a third of the time; dependency-cruiser still needs the library of version 6.
    [{ title: 'types', command: [NODE, join(ROOT, 'node_modules/typescript-native/bin/tsc'), '--noEmit'] }],
    [
      { title: 'format and lint', command: [bin('biome'), 'ci', '--error-on-warnings', '.'] },
      {
        title: 'who may import whom',
        command: [bin('depcruise'), '--config', '.dependency-cruiser.cjs', 'functions', 'infra', 'local', 'test'],
      },
      { title: 'unused files, exports and packages', command: [bin('knip')] },
    ],
  ],
  [
    [
      testsOf('unit'),
      testsOf('statemachine'),
      { title: 'paths through the processes', command: [NODE, 'local/paths/main.ts'] },
      testsOf('contract'),
      testsOf('infra', 'e2e'),
    ],
  ],
];
const CHECKS = STAGES.flat(2);

function testsOf(...levels) {
  return { title: `${levels.join(' and ')} tests`, report: reportOf(levels.join('-')), command: vitest(levels) };
}

function vitest(levels) {
  return [
    bin('vitest'),
    'run',
    ...levels.flatMap((level) => ['--project', level]),
    ...(WHOLE ? [] : ['--tags-filter=!long']),
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${reportOf(levels.join('-'))}`,
  ];
}

const startedAt = performance.now();
await setUp('test').catch(endWith);
// Only what the tests of this run take counts.
await rm(join(ROOT, '.local/test/paths'), { recursive: true, force: true });
await mkdir(join(ROOT, '.local/test'), { recursive: true });
// The tools start `node` themselves: Node 24 comes first on their path.
const env = { ...process.env, PATH: `${dirname(NODE)}${delimiter}${process.env.PATH ?? ''}` };
const count = { passed: 0, failed: 0, skipped: 0 };
let failed;
for (const lanes of STAGES) await Promise.all(lanes.map(lookAtAll));
console.log(
  `\n${failed === undefined ? 'all checks passed' : `stopped at: ${failed}`}, total ${secondsSince(startedAt)}`,
);
console.log(`tests: ${count.passed} passed, ${count.failed} failed, ${count.skipped} ${WHOLE ? 'skipped' : LEFT}`);
process.exitCode = failed === undefined ? 0 : 1;

/** One after the other, until one fails here or in the lane beside. */
async function lookAtAll(checks) {
  for (const check of checks) {
    if (failed === undefined && !(await passes(check))) failed ??= check.title;
  }
}

async function passes(check) {
  const { title, report, command } = check;
  const [program, ...args] = command;
  const startedAt = performance.now();
  const name = `[${CHECKS.indexOf(check) + 1}/${CHECKS.length}] ${title}`;
  console.log(`\n${name}`);
  const code = await runHere(program, args, env);
  if (report !== undefined) await addCount(report);
  console.log(`${name}: ${code === 0 ? 'passed' : 'FAILED'} in ${secondsSince(startedAt)}`);
  return code === 0;
}

async function addCount(file) {
  if (!existsSync(file)) return;
  const report = JSON.parse(await readFile(file, 'utf8'));
  count.passed += report.numPassedTests;
  count.failed += report.numFailedTests;
  count.skipped += report.numPendingTests + report.numTodoTests;
}
