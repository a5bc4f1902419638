/** `npm run bench`: the set-up, then the measurements on Node 24 with the same arguments. */
import { NODE } from './setup/node-packages.mjs';
import { runHere } from './setup/run.mjs';
import { endWith, setUp } from './setup/setup.mjs';

await setUp('demo', (line) => console.error(line)).catch(endWith);
process.exitCode = await runHere(NODE, ['--import', 'tsx', 'local/bench/main.ts', ...process.argv.slice(2)]);
