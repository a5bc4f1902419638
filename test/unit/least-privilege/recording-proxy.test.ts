import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { createRecordingProxy } from '../../support/least-privilege/recording-proxy.ts';

const stops: (() => Promise<unknown> | unknown)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0)) await stop();
});

/** A cloud that answers every call with the address of a queue. */
async function startCloud(): Promise<string> {
  const server = createServer((_request, response) => {
    const { port } = server.address() as AddressInfo;
    response.end(JSON.stringify({ QueueUrl: `http://localhost:${port}/111122223333/letters` }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  stops.push(() => server.close());
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

async function called(address: string, target: string): Promise<unknown> {
  const response = await fetch(address, { method: 'POST', headers: { 'x-amz-target': target }, body: '{}' });
  return response.json();
}

test('the address of a queue that a function is told leads through the proxy, where the calls to it are heard', async () => {
  const proxy = createRecordingProxy();
  stops.push(() => proxy.stop());
  const cloud = await startCloud();
  const address = await proxy.addressFor('pages', cloud);

  const told = await called(address, 'AmazonSQS.GetQueueUrl');
  await called(`${address}/111122223333/letters`, 'AmazonSQS.ReceiveMessage');

  expect(told).toEqual({ QueueUrl: `${address}/111122223333/letters` });
  expect(proxy.calls().map(({ caller, target }) => [caller, target])).toEqual([
    ['pages', 'AmazonSQS.GetQueueUrl'],
    ['pages', 'AmazonSQS.ReceiveMessage'],
  ]);
});

test('what else the cloud answers is passed on as it is, and a cloud that is gone ends the call', async () => {
  const proxy = createRecordingProxy();
  stops.push(() => proxy.stop());
  const cloud = await startCloud();

  expect(await called(await proxy.addressFor('pages', cloud), 'AmazonSQS.ListQueues')).toEqual({
    QueueUrl: `${cloud.replace('127.0.0.1', 'localhost')}/111122223333/letters`,
  });
  await expect(called(await proxy.addressFor('pages', 'http://127.0.0.1:9'), 'AmazonSQS.ListQueues')).rejects.toThrow();
});
