/** A process of its own, with nothing in it but the engine as a service; gives its parent tokens and memory. */
import { startEngineServer } from '../../step-functions/index.ts';
import { heldMb } from './memory.ts';

const server = await startEngineServer({
  port: 0,
  databaseFile: process.argv[2] ?? '',
  region: 'eu-central-1',
  accountId: '000000000000',
  invokeLambda: async (_functionArn, payload) => {
    process.send?.({ kind: 'asked', payload });
    return { kind: 'returned', payload: null };
  },
});
process.on('message', async (message) => {
  if (message === 'memory') process.send?.({ kind: 'memory', ...heldMb() });
  else {
    await server.stop();
    process.disconnect();
  }
});
process.send?.({ kind: 'serves', url: server.url });
