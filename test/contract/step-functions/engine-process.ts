/**
 * The engine as a program that a test can kill. Arguments: database file, address of the functions. Prints its own
 * address when it serves.
 */
import { type LambdaOutcome, startEngineServer } from '../../../local/step-functions/index.ts';

const [databaseFile = '', functions = ''] = process.argv.slice(2);
const server = await startEngineServer({
  port: 0,
  databaseFile,
  region: 'eu-central-1',
  accountId: '000000000000',
  invokeLambda: async (functionArn, payload) => {
    const response = await fetch(functions, { method: 'POST', body: JSON.stringify({ functionArn, payload }) });
    return (await response.json()) as LambdaOutcome;
  },
});
console.log(server.url);
