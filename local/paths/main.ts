/**
 * `npm run paths`: which ways of the state machines the tests took, in words and as a page with their diagrams. The tests
 * of `test/statemachine` leave behind what is counted here. Exit code 1 when a way was never taken.
 */
import { textReport, untakenWays } from '../step-functions/paths/text-report.ts';
import { machineFiles } from './machine-files.ts';
import { readPaths } from './taken-files.ts';

const machines = readPaths(machineFiles());
console.log(textReport(machines));
if (machines.some((paths) => untakenWays(paths).length > 0)) {
  console.error('a way of a process that no test takes, and asserts record, ERP and OA of, is not known to work');
  process.exitCode = 1;
}
