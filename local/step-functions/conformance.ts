/**
 * `npm run conformance -- <folder> [part of an id]`: runs recordings of the real Step Functions against the engine.
 * Every `*.json` file of the folder holds an array of cases. Cases of TestState, an API that the engine does not have,
 * are counted apart.
 */
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type ConformanceCase, differences } from './conformance-case.ts';

const [folder, part = ''] = process.argv.slice(2);
if (folder === undefined) {
  console.error('usage: npm run conformance -- <folder with cases> [part of an id]');
  process.exit(2);
}

const files = (await readdir(folder)).filter((name) => name.endsWith('.json')).toSorted();
const texts = await Promise.all(files.map((name) => readFile(join(folder, name), 'utf8')));
const cases = texts.flatMap((text) => JSON.parse(text) as ConformanceCase[]).filter(({ id }) => id.includes(part));
const outside = cases.filter(({ kind }) => kind === 'test-state').length;

let failed = 0;
for (const recorded of cases) {
  if (recorded.kind === 'test-state') continue;
  const found = await differences(recorded).catch((error: unknown) => [String(error)]);
  if (found.length === 0) continue;
  failed += 1;
  console.log(`FAILED ${recorded.id}\n  ${found.join('\n  ')}`);
}
console.log(`${outside} of TestState left out`);
console.log(`${cases.length - outside - failed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
