/** A Chromium for the tests that look at pages as a person does. */
import { existsSync } from 'node:fs';
import { access, constants, mkdir, readFile, writeFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { SetupFailure } from './failure.mjs';
import { ROOT, reasonIn, run } from './run.mjs';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome'];
const ELSEWHERE = [
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];
const SHIPPED = '@sparticuz/chromium@153.0.0';
const SHIPPED_FOLDER = join(ROOT, '.local/browser');
const SHIPPED_MARKER = join(SHIPPED_FOLDER, 'executable.txt');

/** @returns {{ title: string, isDone: () => Promise<boolean>, make: () => Promise<void> }} */
export function browser() {
  return { title: 'Chromium', isDone: async () => (await findChromium()) !== undefined, make };
}

/**
 * The browser of the tests: one on the machine, else the one that the set-up brought.
 *
 * @returns {Promise<string | undefined>} its executable
 */
export async function findChromium() {
  const onPath = (process.env.PATH ?? '').split(delimiter).flatMap((folder) => NAMES.map((name) => join(folder, name)));
  for (const file of [...onPath, ...ELSEWHERE]) if (await isExecutable(file)) return file;
  if (!existsSync(SHIPPED_MARKER)) return undefined;
  const shipped = (await readFile(SHIPPED_MARKER, 'utf8')).trim();
  return (await isExecutable(shipped)) ? shipped : undefined;
}

async function make() {
  const reasons = [await byApt(), await byNpm()];
  if ((await findChromium()) !== undefined) return;
  throw new SetupFailure(
    `A Chromium is missing, which the tests of the pages open (${reasons.filter(Boolean).join('; ')}): install one (Debian: \`apt install chromium\`) and run the command again.`,
  );
}

async function byApt() {
  const mayInstall =
    process.platform === 'linux' && process.getuid?.() === 0 && (await run('apt-get', ['--version'])).code === 0;
  if (!mayInstall) return 'no apt-get as root here';
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const install = ['install', '-y', '-qq', '--no-install-recommends', 'chromium'];
  await run('apt-get', ['update', '-qq'], { env });
  const { code, said, errors } = await run('apt-get', install, { env });
  return code === 0 ? undefined : `apt-get: ${reasonIn(`${said}\n${errors}`)}`;
}

/** Only where the machine has none and no root: a Chromium that an npm package ships, for Linux. */
async function byNpm() {
  if ((await findChromium()) !== undefined) return undefined;
  if (process.platform !== 'linux') return `no browser in an npm package for ${process.platform}`;
  await mkdir(SHIPPED_FOLDER, { recursive: true });
  await writeFile(join(SHIPPED_FOLDER, 'package.json'), '{ "private": true, "type": "module" }\n');
  const installed = await run('npm', ['install', '--no-audit', '--no-fund', '--no-package-lock', SHIPPED], {
    cwd: SHIPPED_FOLDER,
  });
  if (installed.code !== 0) return `npm: ${reasonIn(installed.errors)}`;
  const unpack = "import c from '@sparticuz/chromium'; console.log(await c.executablePath());";
  const env = { ...process.env, TMPDIR: SHIPPED_FOLDER };
  const unpacked = await run(process.execPath, ['--input-type=module', '-e', unpack], { cwd: SHIPPED_FOLDER, env });
  const file = unpacked.said.trim().split('\n').at(-1) ?? '';
  const { code, errors } = await run(file, ['--headless', '--no-sandbox', '--version']);
  if (code !== 0) return `the npm-shipped Chromium does not start: ${reasonIn(errors)}`;
  await writeFile(SHIPPED_MARKER, `${file}\n`);
  return undefined;
}

async function isExecutable(file) {
  return access(file, constants.X_OK).then(
    () => true,
    () => false,
  );
}
