import { PutDashboardCommand } from '@aws-sdk/client-cloudwatch';
import {
  CloudWatchLogsClient,
  CreateLogGroupCommand,
  CreateLogStreamCommand,
  PutLogEventsCommand,
} from '@aws-sdk/client-cloudwatch-logs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { embeddedMetrics } from '../../../functions/runtime/measures.ts';
import { clientOptions } from '../../../local/cloud/aws.ts';
import { type MetricsBridge, startMetricsBridge } from '../../../local/cloud/metrics-bridge.ts';
import { createSupervisor } from '../../../local/cloud/supervisor.ts';
import { dashboardNames, readDashboard, readSeries, withMetrics } from '../../../local/demo/portal/dashboard-data.ts';
import { useMinistack } from '../../support/use-ministack.ts';

const endpoint = useMinistack();
const problems: string[] = [];
const supervisor = createSupervisor(() => undefined);
const logGroupName = '/aws/lambda/meridian-measure-record';
const DAY = 86_400_000;
const now = new Date();
let bridge: MetricsBridge;

function lines(...values: readonly (readonly [number, Date])[]): readonly string[] {
  const written: string[] = [];
  const metrics = embeddedMetrics('meridian', (line) => written.push(line));
  metrics(
    values.map(([value, at]) => ({
      ...{ measure: 'CycleHours', value, at: at.toISOString() },
      splits: [{}, { Kind: 'procure-to-pay' }],
    })),
  );
  return written;
}

beforeAll(() => {
  bridge = startMetricsBridge({ endpoint: endpoint(), supervisor, report: (problem) => problems.push(problem) });
});

afterAll(() => supervisor.stopAll());

async function logged(stream: string, messages: readonly string[]): Promise<void> {
  const logs = new CloudWatchLogsClient(clientOptions(endpoint()));
  await logs.send(new CreateLogStreamCommand({ logGroupName, logStreamName: stream }));
  const logEvents = messages.map((message) => ({ timestamp: Date.now(), message }));
  await logs.send(new PutLogEventsCommand({ logGroupName, logStreamName: stream, logEvents }));
  logs.destroy();
}

function shown(view: object, metric: readonly unknown[]) {
  const widget = {
    ...{ type: 'metric', x: 0, y: 0, width: 12, height: 7 },
    properties: { ...view, metrics: [[...metric]] },
  };
  return withMetrics(endpoint(), async (client) => {
    const DashboardBody = JSON.stringify({ start: '-P28D', widgets: [widget] });
    await client.send(new PutDashboardCommand({ DashboardName: 'meridian-test', DashboardBody }));
    expect(await dashboardNames(client)).toEqual(['meridian-test']);
    const { days, widgets } = await readDashboard(client, 'meridian-test');
    const [found] = widgets;
    return found === undefined ? [] : readSeries(client, found, { days, now: new Date(now.getTime() + DAY) });
  });
}

describe('metrics in logs', () => {
  test('become metrics, once, also of last week and of functions that MiniStack does not run', async () => {
    const logs = new CloudWatchLogsClient(clientOptions(endpoint()));
    await logs.send(new CreateLogGroupCommand({ logGroupName }));
    logs.destroy();
    const lastMonth = new Date(now.getTime() - 20 * DAY);
    bridge.follow(['meridian-measure-record', 'meridian-never-called']);
    await logged('one', ['START RequestId: 1', ...lines([10, lastMonth], [30, lastMonth])]);
    await bridge.settle();
    await bridge.settle();
    const [line = ''] = lines([50, now]);
    bridge.take('meridian-sweep-effects', line.slice(0, 20));
    bridge.take('meridian-sweep-effects', `${line.slice(20)}\n`);
    await logged('two', lines([70, now]));
    await bridge.settle();
    await bridge.settle();

    expect(problems).toEqual([]);
    const metric = ['Meridian', 'CycleHours', 'Kind', 'procure-to-pay', 'service', 'meridian'];
    const daily = await shown({}, [...metric, { stat: 'SampleCount', period: 86_400, label: 'hours' }]);
    expect(daily.map(({ label, points }) => [label, points.map(({ value }) => value)])).toEqual([['hours', [2, 2]]]);
    const whole = await shown({ view: 'bar', setPeriodToTimeRange: true }, [...metric, { stat: 'p50' }]);
    expect(whole.map(({ points }) => points.map(({ value }) => value))).toEqual([[40]]);
    const all = await shown({ setPeriodToTimeRange: true }, [
      'Meridian',
      'CycleHours',
      'service',
      'meridian',
      { stat: 'Sum' },
    ]);
    expect(all.map(({ points }) => points.map(({ value }) => value))).toEqual([[160]]);
  });
});
