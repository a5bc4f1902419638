import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { networkInterfaces, tmpdir } from 'node:os';
import { join } from 'node:path';
import { CreateQueueCommand, ListQueuesCommand, SQSClient } from '@aws-sdk/client-sqs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { clientOptions } from '../../../local/cloud/aws.ts';
import { startMinistack } from '../../../local/cloud/ministack.ts';
import { NODE } from '../../../local/cloud/paths.ts';
import { isListening, until } from './processes.ts';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'meridian-cloud-'));
});

afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

describe('MiniStack', () => {
  it('serves AWS on the loopback interface only, and leaves its port when it stops', async () => {
    const cloud = await startMinistack({ dataFolder: folder, keepState: false });
    const answer = await new SQSClient(clientOptions(cloud.endpoint)).send(
      new CreateQueueCommand({ QueueName: 'one' }),
    );
    const outside = Object.values(networkInterfaces()).flatMap((list) => list ?? []);
    const reached = outside
      .filter(({ internal, family }) => !internal && family === 'IPv4')
      .map(({ address }) => address);

    expect(answer.QueueUrl).toContain(`localhost:${cloud.port}`);
    for (const address of reached) {
      await expect(fetch(`http://${address}:${cloud.port}/_ministack/health`)).rejects.toThrow();
    }
    await cloud.stop();
    expect(await isListening(cloud.port)).toBe(false);
  });

  it('goes on with its state after an orderly stop when asked to', async () => {
    const first = await startMinistack({ dataFolder: folder, keepState: true });
    await new SQSClient(clientOptions(first.endpoint)).send(new CreateQueueCommand({ QueueName: 'kept' }));
    await first.stop();

    const second = await startMinistack({ dataFolder: folder, keepState: true });
    const { QueueUrls: urls } = await new SQSClient(clientOptions(second.endpoint)).send(new ListQueuesCommand({}));
    await second.stop();

    expect(urls).toEqual([expect.stringMatching(/\/kept$/)]);
  });

  it('says in one sentence that its port is taken', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const address = other.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;

    await expect(startMinistack({ dataFolder: folder, keepState: false, port })).rejects.toThrow(/already in use/);
    other.close();
  });

  it('ends when the process that started it is killed', async () => {
    const parent: ChildProcess = fork(join(import.meta.dirname, 'start-ministack.ts'), [folder], { execPath: NODE });
    const [port] = await once(parent, 'message');
    expect(await isListening(port)).toBe(true);

    parent.kill('SIGKILL');

    await until(async () => !(await isListening(port)));
  });
});
