/** What the measurement of one approval counts, and what it reckons from that. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { listPrice } from '../../../local/bench/prices.ts';
import { startServiceMeter } from '../../../local/bench/service-meter.ts';

const USAGE = {
  transitions: 4,
  invocations: { count: 6, gbSeconds: 1 },
  dynamo: { writeUnits: 40, readUnits: 40 },
};
const NOTHING = {
  httpApiRequests: 0,
  restApiRequests: 0,
  sesMails: 0,
  snsMails: 0,
  queueMessages: 0,
  scheduledInvocations: 0,
};

describe('the list price', () => {
  it('names each service, and adds them up', () => {
    const around = { ...NOTHING, sesMails: 1, httpApiRequests: 2, queueMessages: 1_000, scheduledInvocations: 1_000 };

    expect(listPrice({ ...USAGE, around })).toEqual({
      stepFunctions: 0.0001,
      lambda: 0.000015,
      dynamoDb: 0.00003,
      mail: 0.0001,
      apiGateway: 0.000002,
      queues: 0.0012,
      scheduler: 0.001,
      total: 0.002447,
    });
  });

  it('has a mail of a topic cost its publishing as well, and a REST API more than an HTTP API', () => {
    const around = { ...NOTHING, snsMails: 1_000, restApiRequests: 1_000 };

    expect(listPrice({ ...USAGE, around })).toMatchObject({ mail: 0.0205, apiGateway: 0.0035 });
  });

  it('leaves out what was not counted', () => {
    expect(listPrice(USAGE)).toEqual({ stepFunctions: 0.0001, lambda: 0.000015, dynamoDb: 0.00003, total: 0.000145 });
  });
});

describe('the meter of services', () => {
  it('passes calls on with their answers, and counts each as AWS bills it until it is reset', async () => {
    const seen: string[] = [];
    const behind = createServer((request, response) => {
      seen.push(`${request.method} ${request.url}`);
      request.resume();
      response.writeHead(201, { 'x-behind': 'yes' }).end('taken');
    });
    await new Promise<void>((resolve) => behind.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => void behind.close());
    const meter = await startServiceMeter(`http://127.0.0.1:${(behind.address() as AddressInfo).port}`);
    onTestFinished(() => meter.stop());
    const call = (method: string, path: string, target = '') =>
      fetch(`${meter.url}${path}`, { method, headers: target === '' ? {} : { 'x-amz-target': target } });

    const answer = await call('POST', '/v2/email/outbound-emails');
    await call('POST', '/', 'AmazonSQS.SendMessage');
    await call('POST', '/schedules/one?groupName=alarms');
    await call('POST', '/schedules/two?groupName=alarms');
    await call('DELETE', '/schedules/one?groupName=alarms');

    expect([answer.status, answer.headers.get('x-behind'), await answer.text()]).toEqual([201, 'yes', 'taken']);
    expect(seen).toContain('DELETE /schedules/one?groupName=alarms');
    expect(meter.usage()).toEqual({ mails: 1, queueMessages: 1, schedulesSet: 2, schedulesTakenAway: 1 });
    meter.reset();
    expect(meter.usage()).toEqual({ mails: 0, queueMessages: 0, schedulesSet: 0, schedulesTakenAway: 0 });
  });
});
