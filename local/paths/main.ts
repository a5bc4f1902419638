/**
 * `npm run paths`: which ways of the state machines the tests took, in words and as a page with their diagrams. The tests
 * of `test/statemachine` leave behind what is counted here. Exit code 1 when a way was never taken.
 */
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { pathsPage } from '../step-functions/paths/page.ts';
import { textReport, untakenWays } from '../step-functions/paths/text-report.ts';
import { machineFiles } from './machine-files.ts';
import { PATHS_PAGE, readPaths } from './taken-files.ts';

const machines = readPaths(machineFiles());
await mkdir(dirname(PATHS_PAGE), { recursive: true });
await writeFile(PATHS_PAGE, await pathsPage(machines));
console.log(textReport(machines));
console.log(`drawn in ${PATHS_PAGE}`);
if (machines.some((paths) => untakenWays(paths).length > 0)) {
  console.error('No test took these ways and asserted record, ERP and OA, of those that ran last:');
  console.error('  npx vitest run --project statemachine');
  process.exitCode = 1;
}
