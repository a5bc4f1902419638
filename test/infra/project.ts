/** What tests of the infrastructure need of the project's files; without the CDK, which takes seconds to load. */
import { globSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';

export const ROOT = join(import.meta.dirname, '../..');

const folders: string[] = [];

afterAll(() => {
  for (const folder of folders) {
    rmSync(folder, { recursive: true, force: true });
  }
});

/** A folder that goes when the tests of the file are done. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'meridian-infra-'));
  folders.push(folder);
  return folder;
}

/** The names of all bundles that there must be. */
export function bundleNames(): readonly string[] {
  return globSync('functions/**/*.handler.{ts,tsx}', { cwd: ROOT })
    .map((file) => file.replace(/^.*\/|\.handler\.tsx?$/g, ''))
    .sort();
}
