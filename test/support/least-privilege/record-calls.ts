/** Sends the calls of all deployed functions through a recording proxy. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { LambdaClient, ListFunctionsCommand, UpdateFunctionConfigurationCommand } from '@aws-sdk/client-lambda';
import * as z from 'zod';
import { clientOptions } from '../../../local/cloud/aws.ts';
import { ROOT } from '../../../local/cloud/paths.ts';
import type { LocalCloud } from '../../../local/cloud/start.ts';
import { createRecordingProxy, type RecordingProxy } from './recording-proxy.ts';

const CLIENT = /^@aws-sdk\/client-/;

/**
 * Starts the proxy; from now on it hears every call of a function, whoever runs the function. A service that functions
 * learn to call is heard without a change here: the addresses are those of all clients that the project depends on.
 */
export async function recordCalls({ endpoint, engineUrl }: LocalCloud): Promise<RecordingProxy> {
  const proxy = createRecordingProxy();
  const services = await serviceIds();
  const lambda = new LambdaClient(clientOptions(endpoint));
  const { Functions = [] } = await lambda.send(new ListFunctionsCommand({ MaxItems: 1000 }));
  for (const { FunctionName = '', Environment } of Functions) {
    const [cloud, engine] = [
      await proxy.addressFor(FunctionName, endpoint),
      await proxy.addressFor(FunctionName, engineUrl),
    ];
    const variables = Object.entries(Environment?.Variables ?? {}).map(([name, value]) => [
      name,
      // The SDK takes the origin of a queue's address for the service's; there may be several, with blanks between.
      value
        .split(' ')
        .map((part) => (isQueueUrl(part, endpoint) ? `${cloud}${new URL(part).pathname}` : part))
        .join(' '),
    ]);
    const addresses = services.map((service) => [`AWS_ENDPOINT_URL_${service}`, service === 'SFN' ? engine : cloud]);
    const Variables = Object.fromEntries([...variables, ...addresses]);
    await lambda.send(new UpdateFunctionConfigurationCommand({ FunctionName, Environment: { Variables } }));
  }
  return proxy;
}

/** As the SDK spells them in variables: `SECRETS_MANAGER`. */
async function serviceIds(): Promise<readonly string[]> {
  const { dependencies } = z
    .object({ dependencies: z.record(z.string(), z.string()) })
    .parse(JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')));
  const clients = Object.keys(dependencies).filter((name) => CLIENT.test(name));
  return Promise.all(clients.map(serviceIdOf));
}

async function serviceIdOf(clientPackage: string): Promise<string> {
  const exported: Record<string, unknown> = await import(clientPackage);
  const [found] = Object.entries(exported).filter(([name]) => /^(?!__)\w+Client$/.test(name));
  const Client = found?.[1];
  if (typeof Client !== 'function') throw new Error(`${clientPackage} exports no client`);
  const { config } = z
    .object({ config: z.object({ serviceId: z.string() }) })
    .parse(Reflect.construct(Client, [clientOptions('http://127.0.0.1')]));
  return config.serviceId.replaceAll(' ', '_').toUpperCase();
}

function isQueueUrl(value: string, endpoint: string): boolean {
  return new RegExp(`^http://[^/]+:${new URL(endpoint).port}/\\d{12}/`).test(value);
}
