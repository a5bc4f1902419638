/** What tests of the infrastructure need of the project's files; without the CDK, which takes seconds to load. */
import { globSync, mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import { inject } from 'vitest';

export const ROOT = join(import.meta.dirname, '../..');

/** A folder that goes when all tests of the infrastructure are done, since those of several files read what is in it. */
export function temporaryFolder(): string {
  return mkdtempSync(join(inject('scratchFolder'), 'made-'));
}

/** The names of all bundles that there must be. */
export function bundleNames(): readonly string[] {
  return globSync('functions/**/*.handler.{ts,tsx}', { cwd: ROOT })
    .map((file) => file.replace(/^.*\/|\.handler\.tsx?$/g, ''))
    .sort();
}
