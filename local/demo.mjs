/** `npm run demo`: the set-up, then the demonstration on Node 24 with the same arguments. */
import { NODE } from './setup/node-packages.mjs';
import { runHere } from './setup/run.mjs';
import { endWith, setUp } from './setup/setup.mjs';

await setUp('demo').catch(endWith);
process.exitCode = await runHere(NODE, ['--import', 'tsx', 'local/demo/main.ts', ...process.argv.slice(2)]);
