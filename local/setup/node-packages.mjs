/** The npm packages: `npm ci` when what is installed is not what package-lock.json names. */
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { SetupFailure } from './failure.mjs';
import { isNetworkFailure, ROOT, reasonIn, run } from './run.mjs';

/** Node 24 of the npm package `node`: what everything but the set-up runs on. */
export const NODE = join(ROOT, 'node_modules/node/bin/node');

/** @returns {{ title: string, isDone: () => Promise<boolean>, make: () => Promise<void> }} */
export function nodePackages() {
  return { title: 'npm packages', isDone: isInstalled, make: install };
}

/**
 * npm writes `node_modules/.package-lock.json` last, after every package's own install script, so an interrupted
 * installation never looks like a whole one.
 */
async function isInstalled() {
  const installedFile = join(ROOT, 'node_modules/.package-lock.json');
  if (!existsSync(installedFile) || !existsSync(NODE)) return false;
  const wanted = JSON.parse(await readFile(join(ROOT, 'package-lock.json'), 'utf8')).packages;
  const installed = JSON.parse(await readFile(installedFile, 'utf8')).packages;
  const isAsWanted = ([path, entry]) =>
    path === '' || versionOf(installed[path]) === versionOf(entry) || isLeftOut(installed[path], entry);
  return Object.entries(wanted).every(isAsWanted) && Object.keys(installed).every((path) => path in wanted);
}

function versionOf(entry) {
  return entry === undefined ? undefined : `${entry.version} ${entry.integrity}`;
}

/** npm leaves out optional packages of other platforms. */
function isLeftOut(installed, wanted) {
  return installed === undefined && (wanted.optional === true || wanted.devOptional === true || wanted.peer === true);
}

async function install() {
  const { code, said, errors } = await run('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error']);
  if (code === 0) return;
  if (code === undefined)
    throw new SetupFailure('npm is not on the path: it comes with Node.js and installs the packages of this project.');
  const reason = reasonIn(`${said}\n${errors}`);
  if (isNetworkFailure(errors)) {
    throw new SetupFailure(
      `npm could not reach its registry (${reason}): check the network or \`npm config get registry\`, then run the command again.`,
    );
  }
  throw new SetupFailure(`npm ci failed: ${reason}`);
}
