/** A process that starts MiniStack, tells its port, and waits to be killed. */
import { startMinistack } from '../../../local/cloud/ministack.ts';

const [dataFolder = ''] = process.argv.slice(2);
const { port } = await startMinistack({ dataFolder, keepState: false });
process.send?.(port);
setInterval(() => undefined, 60_000);
