/**
 * Makes what `npm run demo` and `npm test` need, inside the project's folder: npm packages, Python environments and, for
 * the tests, a browser and the rules of EN 16931. What is there already is skipped; what was interrupted is made again.
 *
 * By hand: `node local/setup/setup.mjs [--for demo|test]`.
 */
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { browser } from './browser.mjs';
import { SetupFailure } from './failure.mjs';
import { invoiceRules } from './invoice-rules.mjs';
import { nodePackages } from './node-packages.mjs';
import { findPython, pythonEnvironment } from './python.mjs';
import { ROOT, secondsSince } from './run.mjs';

const LOCK = join(ROOT, '.local/setup.lock');

/**
 * @param {'demo' | 'test'} purpose
 * @param {(line: string) => void} [report]
 * @throws {SetupFailure} with one sentence: what is missing, why it is needed, and how to get it
 */
export async function setUp(purpose, report = (line) => console.log(line)) {
  const startedAt = performance.now();
  checkNode();
  const python = await findPython();
  const unlock = await lock(report);
  try {
    const made = await makeAll(lanes(purpose, python), report);
    report(`set-up: ${made === 0 ? 'all is there' : 'complete'} (${secondsSince(startedAt)})`);
  } finally {
    await unlock();
  }
}

/**
 * Lanes side by side, the parts of each one after the other. What has begun is ended before a failure is told, so that nothing
 * is left running.
 *
 * @returns {Promise<number>} how many parts were made
 */
async function makeAll(all, report) {
  let made = 0;
  let failure;
  const makeLane = async (parts) => {
    for (const part of parts) {
      if (failure !== undefined) return;
      if (await part.isDone()) continue;
      made++;
      const startedAt = performance.now();
      report(`set-up: ${part.title} …`);
      await part.make();
      report(`set-up: ${part.title} done in ${secondsSince(startedAt)}`);
    }
  };
  await Promise.all(
    all.map((parts) =>
      makeLane(parts).catch((error) => {
        failure ??= error;
      }),
    ),
  );
  if (failure !== undefined) throw failure;
  return made;
}

/** What is made by packages of npm comes after them; Python environments need none of it. */
function lanes(purpose, python) {
  const environments = [
    pythonEnvironment({
      name: 'cloud',
      title: 'MiniStack',
      requirements: 'local/setup/requirements/cloud.txt',
      python,
    }),
    pythonEnvironment({
      name: 'tryton',
      title: 'Tryton',
      requirements: 'local/tryton/requirements.txt',
      python,
      mend: 'local/tryton/mend_sale.py',
    }),
  ];
  if (purpose === 'demo') return [[nodePackages()], environments];
  const tools = pythonEnvironment({
    name: 'tools',
    title: 'cfn-lint and the AWS CLI',
    requirements: 'local/setup/requirements/tools.txt',
    python,
  });
  return [
    [nodePackages(), invoiceRules(), browser()],
    [...environments, tools],
  ];
}

function checkNode() {
  const [major = 0] = process.versions.node.split('.').map(Number);
  if (major >= 20) return;
  throw new SetupFailure(
    `Node.js ${process.versions.node} is too old: Meridian's set-up needs 20 or newer, and brings Node 24 for the rest itself; install a newer one from nodejs.org and run the command again.`,
  );
}

/** Two set-ups at once would take each other's half-made folders away. */
async function lock(report) {
  await mkdir(join(ROOT, '.local'), { recursive: true });
  for (let told = false; ; ) {
    try {
      await writeFile(LOCK, String(process.pid), { flag: 'wx' });
      return () => rm(LOCK, { force: true });
    } catch (error) {
      if (error.code !== 'EEXIST') throw error;
    }
    const owner = Number(await readFile(LOCK, 'utf8').catch(() => '0'));
    if (!isAlive(owner)) {
      await rm(LOCK, { force: true });
      continue;
    }
    if (!told) report(`set-up: waiting for the set-up that runs already (process ${owner})`);
    told = true;
    await pause(200);
  }
}

function isAlive(pid) {
  if (!(pid > 0)) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}

/** Ends the script on a failure: one sentence where a person can mend it. */
export function endWith(error) {
  console.error(error instanceof SetupFailure ? error.message : error);
  process.exit(1);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [option, purpose] = process.argv.slice(2);
  const known = option === undefined || (option === '--for' && (purpose === 'demo' || purpose === 'test'));
  if (!known) {
    console.error('usage: node local/setup/setup.mjs [--for demo|test]');
    process.exit(2);
  }
  await setUp(purpose ?? 'test').catch(endWith);
}
