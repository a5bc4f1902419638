/** Runs recordings of the real Step Functions against the engine. */
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { differences } from './case.ts';
import { type ConformanceCase, isCase } from './format.ts';

/** A recording that was run. */
export interface RecordingRun {
  readonly id: string;
  /** What differs; none: it passed. */
  readonly differences: readonly string[];
}

/** Runs every array of cases in a `*.json` file under the folder; `part` of an id leaves out the others. */
export async function runRecordings(folder: string, part = ''): Promise<readonly RecordingRun[]> {
  const files = (await readdir(folder, { recursive: true })).filter((name) => name.endsWith('.json')).toSorted();
  const cases = (await Promise.all(files.map((name) => casesIn(join(folder, name))))).flat();
  const runs: RecordingRun[] = [];
  for (const recorded of cases.filter(({ id }) => id.includes(part))) {
    const found = await differences(recorded).catch((error: unknown) => [String(error)]);
    runs.push({ id: recorded.id, differences: found });
  }
  return runs;
}

/** The cases of a file; none when it holds something else. */
async function casesIn(path: string): Promise<readonly ConformanceCase[]> {
  const content: unknown = JSON.parse(await readFile(path, 'utf8'));
  return Array.isArray(content) ? content.filter(isCase) : [];
}
