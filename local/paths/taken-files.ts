/** What tests took of the machines' ways, one file for each file of tests, so that they may run side by side. */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join, relative } from 'node:path';
import * as z from 'zod';
import { addCounts, type Counts, type MachinePaths, pathsOf } from '../step-functions/paths/taken.ts';
import type { MachineFile } from './machine-files.ts';

const ROOT = join(import.meta.dirname, '../..');
const FOLDER = join(ROOT, '.local/test/paths');

const takenSchema = z.object({
  /** Relative to the project's folder. */
  testFile: z.string(),
  machines: z.record(z.string(), z.object({ digest: z.string(), counts: z.record(z.string(), z.number()) })),
});

/** The page that shows the paths. */
export const PATHS_PAGE = join(FOLDER, 'index.html');

/** Keeps what the tests of a file took, in place of what an earlier run of the same file left. */
export function writeTaken(
  testFile: string,
  taken: readonly { readonly machine: MachineFile; readonly counts: Counts }[],
  folder = FOLDER,
): void {
  const machines = Object.fromEntries(
    taken.map(({ machine, counts }) => [machine.name, { digest: digestOf(machine), counts }]),
  );
  const kept = { testFile: relative(ROOT, testFile), machines };
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, `${basename(testFile)}.json`), JSON.stringify(kept, null, 1));
}

/**
 * All that was kept, joined. What was taken of another version of a definition does not count, nor what a file of tests
 * that is gone has left behind.
 */
export function readPaths(machines: readonly MachineFile[], folder = FOLDER): readonly MachinePaths[] {
  const files = existsSync(folder) ? readdirSync(folder).filter((file) => file.endsWith('.json')) : [];
  const taken = files
    .map((file) => takenSchema.parse(JSON.parse(readFileSync(join(folder, file), 'utf8'))))
    .filter(({ testFile }) => existsSync(join(ROOT, testFile)));
  return machines.map((machine) => {
    const ofMachine = taken.flatMap((one) => one.machines[machine.name] ?? []);
    const current = ofMachine.filter(({ digest }) => digest === digestOf(machine));
    return pathsOf(machine.name, machine.definition, addCounts(current.map(({ counts }) => counts)));
  });
}

function digestOf({ text }: MachineFile): string {
  return createHash('sha256').update(text).digest('hex');
}
