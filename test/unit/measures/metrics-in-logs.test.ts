import { describe, expect, test } from 'vitest';
import { embeddedMetrics } from '../../../functions/runtime/measures.ts';
import { metricsOfLine } from '../../../local/cloud/embedded-metrics.ts';

function linesOf(...points: Parameters<ReturnType<typeof embeddedMetrics>>[0]): readonly string[] {
  const lines: string[] = [];
  embeddedMetrics('meridian', (line) => lines.push(line))(points);
  return lines;
}

describe('a line of a log', () => {
  test('with metrics puts each of them once for each of its sets of dimensions', () => {
    const [line = ''] = linesOf({
      ...{ measure: 'CycleHours', value: 53.25, at: '2026-03-02T08:00:00.000Z' },
      splits: [{}, { Kind: 'procure-to-pay' }],
    });

    const at = new Date('2026-03-02T08:00:00.000Z');
    const datum = { MetricName: 'CycleHours', Timestamp: at, Unit: 'None', Value: 53.25 };
    const service = { Name: 'service', Value: 'meridian' };
    expect(metricsOfLine(line)).toEqual([
      {
        namespace: 'Meridian',
        data: [
          { ...datum, Dimensions: [service] },
          { ...datum, Dimensions: [service, { Name: 'Kind', Value: 'procure-to-pay' }] },
        ],
      },
    ]);
  });

  test('may have several values of a metric', () => {
    const line = {
      _aws: {
        Timestamp: 0,
        CloudWatchMetrics: [{ Namespace: 'N', Dimensions: [['a']], Metrics: [{ Name: 'M' }, { Name: 'Missing' }] }],
      },
      ...{ a: 'x', M: [1, 2, 2] },
    };

    expect(metricsOfLine(JSON.stringify(line))).toMatchObject([
      { data: [{ MetricName: 'M', Values: [1, 2, 2], Counts: [1, 1, 1] }] },
    ]);
  });

  test.each(['START RequestId: 1', '{"level":"INFO"}', '{"_aws":1}', '{', ''])('such as %s puts nothing', (line) => {
    expect(metricsOfLine(line)).toEqual([]);
  });
});
