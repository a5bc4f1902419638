/** Python programs beside the project (MiniStack, Tryton, cfn-lint and the AWS CLI), each in a virtual environment of its own. */
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { SetupFailure } from './failure.mjs';
import { isNetworkFailure, ROOT, reasonIn, run } from './run.mjs';

const OLDEST = [3, 10];
const COMMANDS = ['python3', 'python3.13', 'python3.12', 'python3.11', 'python3.10', 'python'];
const PROBE = 'import sys, venv, ensurepip; print(*sys.version_info[:2])';

/** Written last: an environment without it was never finished. */
const MARKER = 'meridian-requirements.txt';

/**
 * @returns {Promise<{ command: string, version: string }>} a Python that can make virtual environments
 */
export async function findPython() {
  let tooOld;
  let withoutVenv;
  for (const command of COMMANDS) {
    const { code, said } = await run(command, ['-c', PROBE]);
    if (code === undefined) continue;
    if (code !== 0) {
      withoutVenv ??= command;
      continue;
    }
    const version = said.trim().replace(' ', '.');
    const [major, minor] = version.split('.').map(Number);
    if (major > OLDEST[0] || (major === OLDEST[0] && minor >= OLDEST[1])) return { command, version };
    tooOld ??= version;
  }
  const why = 'Meridian runs its local cloud (MiniStack) and a real Tryton on it';
  const how =
    'install it (Debian and Ubuntu: `apt install python3 python3-venv`; macOS: `brew install python`) and run the command again';
  if (withoutVenv !== undefined)
    throw new SetupFailure(`Python's venv module is missing for \`${withoutVenv}\`: ${why}; ${how}.`);
  if (tooOld !== undefined)
    throw new SetupFailure(`Python ${tooOld} is too old, 3.10 or newer is needed: ${why}; ${how}.`);
  throw new SetupFailure(`Python 3.10 or newer is missing: ${why}; ${how}.`);
}

/**
 * @param {{ name: string, title: string, requirements: string, python: { command: string, version: string }, mend?: string }} options
 *   `mend`: a script of ours that is run once with what was installed
 * @returns {{ title: string, isDone: () => Promise<boolean>, make: () => Promise<void> }}
 */
export function pythonEnvironment({ name, title, requirements, python, mend }) {
  const folder = join(ROOT, '.local/python', name);
  const marker = join(folder, MARKER);
  const fingerprint = async () => {
    const files = [requirements, ...(mend === undefined ? [] : [mend])];
    const texts = await Promise.all(files.map((file) => readFile(join(ROOT, file), 'utf8')));
    return `${python.version} ${createHash('sha256').update(texts.join('\n')).digest('hex')}\n`;
  };
  return {
    title,
    isDone: async () =>
      existsSync(marker) &&
      existsSync(join(folder, 'bin/python')) &&
      (await readFile(marker, 'utf8')) === (await fingerprint()),
    make: async () => {
      await rm(folder, { recursive: true, force: true });
      await step(python.command, ['-m', 'venv', folder], title);
      const pip = [
        '-m',
        'pip',
        'install',
        '--quiet',
        '--disable-pip-version-check',
        '--no-input',
        '-r',
        join(ROOT, requirements),
      ];
      await step(join(folder, 'bin/python'), pip, title);
      if (mend !== undefined) await step(join(folder, 'bin/python'), [join(ROOT, mend)], title);
      await writeFile(marker, await fingerprint());
    },
  };
}

async function step(program, args, title) {
  const { code, said, errors } = await run(program, args);
  if (code === 0) return;
  const reason = reasonIn(`${said}\n${errors}`);
  if (isNetworkFailure(errors)) {
    throw new SetupFailure(
      `pip could not get the packages of ${title} (${reason}): check the network or pip's index setting, then run the command again.`,
    );
  }
  throw new SetupFailure(`the Python environment of ${title} could not be made: ${reason}`);
}
