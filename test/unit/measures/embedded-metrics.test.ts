import { describe, expect, test } from 'vitest';
import { embeddedMetrics } from '../../../functions/runtime/measures.ts';

describe('metrics as lines of the log', () => {
  test('are what CloudWatch reads: one value in several splits, at the time of the entry', () => {
    const lines: string[] = [];
    const metrics = embeddedMetrics('meridian', (line) => lines.push(line));

    metrics([
      {
        ...{ measure: 'ProcessesEnded', value: 1, at: '2026-03-02T08:00:00.000Z' },
        splits: [{}, { Kind: 'procure-to-pay' }, { Kind: 'procure-to-pay', Outcome: 'paid' }],
      },
    ]);

    expect(lines.map((line) => JSON.parse(line))).toEqual([
      {
        _aws: {
          Timestamp: Date.parse('2026-03-02T08:00:00.000Z'),
          CloudWatchMetrics: [
            {
              Namespace: 'Meridian',
              Dimensions: [['service'], ['service', 'Kind'], ['service', 'Kind', 'Outcome']],
              Metrics: [{ Name: 'ProcessesEnded', Unit: 'Count' }],
            },
          ],
        },
        ...{ service: 'meridian', Kind: 'procure-to-pay', Outcome: 'paid', ProcessesEnded: 1 },
      },
    ]);
  });

  test('are each one line', () => {
    const lines: string[] = [];
    const point = { measure: 'Decisions', splits: [{}], value: 1, at: '2026-03-02T08:00:00.000Z' } as const;

    embeddedMetrics('meridian', (line) => lines.push(line))([point, point]);

    expect(lines).toHaveLength(2);
    expect(lines.join('')).not.toContain('\n');
  });
});
