/** Replays as files: what one of them showed stays a test as long as it lies in `test/faults/replays/`. */
import { readFile, writeFile } from 'node:fs/promises';
import { type Run, runSchema } from './run.ts';

/** @param shows - what is wrong, for whoever reads the file */
export async function writeReplay(file: string, run: Run, shows: readonly string[]): Promise<void> {
  await writeFile(file, `${JSON.stringify({ shows, ...run }, undefined, 2)}\n`);
}

/** @throws ZodError when the file holds no replay */
export async function readReplay(file: string): Promise<Run> {
  return runSchema.parse(JSON.parse(await readFile(file, 'utf8')));
}
