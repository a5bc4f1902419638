import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readPaths, writeTaken } from '../../../local/paths/taken-files.ts';
import { parseDefinition } from '../../../local/step-functions/validate.ts';

const HERE = import.meta.filename;
const OTHER = join(import.meta.dirname, 'process.test.ts');

const definition = parseDefinition({
  QueryLanguage: 'JSONata',
  StartAt: 'Begin',
  States: { Begin: { Type: 'Pass', Next: 'Done' }, Done: { Type: 'Succeed' } },
});
const machine = { name: 'short', text: 'first version', definition };

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'meridian-paths-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

function take(testFile: string, counts: Readonly<Record<string, number>>, of = machine): void {
  writeTaken(testFile, [{ machine: of, counts }], folder);
}

function counted(): readonly number[] {
  return readPaths([machine], folder).flatMap(({ ways }) => ways.map(({ count }) => count));
}

describe('what tests took', () => {
  it('is nothing before they ran', () => {
    expect(counted()).toEqual([0, 0]);
  });

  it('is the sum over their files', () => {
    take(HERE, { 'Begin (next)': 2 });
    take(OTHER, { 'Begin (next)': 1, 'Done (end)': 1 });

    expect(counted()).toEqual([3, 1]);
  });

  it('is what the last run of a file took', () => {
    take(HERE, { 'Begin (next)': 2, 'Done (end)': 2 });
    take(HERE, { 'Begin (next)': 1 });

    expect(counted()).toEqual([1, 0]);
  });

  it('does not count for another version of the definition', () => {
    take(HERE, { 'Begin (next)': 2 }, { ...machine, text: 'an older version' });

    expect(counted()).toEqual([0, 0]);
  });

  it('does not count when its file of tests is gone', () => {
    take(join(import.meta.dirname, 'gone.test.ts'), { 'Begin (next)': 2 });

    expect(counted()).toEqual([0, 0]);
  });
});
