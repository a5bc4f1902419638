/**
 * `npm run conformance -- <folder> [part of an id]`: runs what the folder and those in it hold, recordings of the real
 * Step Functions against the engine and cases of the official DMN kit against the evaluation of decision tables.
 * Exit codes: 0 all passed, 1 some failed, 2 there is nothing to run.
 */
import { runKit } from './dmn/conformance.ts';
import { runRecordings } from './step-functions/conformance/run.ts';

const [folder, part] = process.argv.slice(2);
if (folder === undefined) {
  console.error('usage: npm run conformance -- <folder with cases> [part of an id]');
  process.exit(2);
}

const kinds = [
  { name: 'Step Functions', runs: await runRecordings(folder, part) },
  { name: 'DMN', runs: await runKit(folder, part) },
].filter(({ runs }) => runs.length > 0);

for (const { name, runs } of kinds) {
  const failed = runs.filter(({ differences }) => differences.length > 0);
  for (const { id, differences } of failed) {
    console.log(`FAILED ${id}\n  ${differences.join('\n  ')}`);
  }
  console.log(`${name}: ${runs.length - failed.length} passed, ${failed.length} failed`);
  process.exitCode = failed.length > 0 ? 1 : (process.exitCode ?? 0);
}
if (kinds.length === 0) {
  console.error(`no cases under ${folder}`);
  process.exitCode = 2;
}
