/**
 * `npm run conformance -- <folder> [part of an id]`: runs recordings of the real Step Functions against the engine.
 * Every `*.json` file under the folder that holds an array of cases is run.
 */
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { differences } from './conformance/case.ts';
import { type ConformanceCase, isCase } from './conformance/format.ts';

const [folder, part = ''] = process.argv.slice(2);
if (folder === undefined) {
  console.error('usage: npm run conformance -- <folder with cases> [part of an id]');
  process.exit(2);
}

const files = (await readdir(folder, { recursive: true })).filter((name) => name.endsWith('.json')).toSorted();
const cases = (await Promise.all(files.map((name) => casesIn(join(folder, name))))).flat();

let passed = 0;
let failed = 0;
for (const recorded of cases.filter(({ id }) => id.includes(part))) {
  const found = await differences(recorded).catch((error: unknown) => [String(error)]);
  if (found.length === 0) {
    passed += 1;
    continue;
  }
  failed += 1;
  console.log(`FAILED ${recorded.id}\n  ${found.join('\n  ')}`);
}
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;

/** The cases of a file; none when it holds something else. */
async function casesIn(path: string): Promise<ConformanceCase[]> {
  const content: unknown = JSON.parse(await readFile(path, 'utf8'));
  return Array.isArray(content) ? content.filter(isCase) : [];
}
