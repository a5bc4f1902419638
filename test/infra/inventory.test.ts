import { describe, expect, test } from 'vitest';
import { allowed, at, exampleCompany, ofType, pathOf, readable, roleOfFunction, synthesize } from './synthesize.ts';

const replenishment = { startsPerMinute: 90, everyMinutes: 20 };
const stocked = synthesize({ ...exampleCompany, replenishment });

function variablesOf(bundle: string): Readonly<Record<string, unknown>> {
  const { Properties } = at(stocked, `Inventory/${bundle}/Function`, 'AWS::Lambda::Function');
  return (Properties.Environment as { readonly Variables: Readonly<Record<string, unknown>> }).Variables;
}

describe('stock replenishment', () => {
  test('is not there for a company that has not asked for it', () => {
    const without = synthesize();

    expect(Object.keys(without.resources).filter((id) => pathOf(without, id).startsWith('Inventory'))).toEqual([]);
  });

  test('has the rate and the pace that the company configures, in the worker and in the watch alike', () => {
    expect(variablesOf('start-replenishment')).toMatchObject({ STARTS_PER_MINUTE: '90' });
    expect(variablesOf('watch-stock')).toMatchObject({ STARTS_PER_MINUTE: '90', WATCH_EVERY_MINUTES: '20' });
    expect(at(stocked, 'Inventory/watch-stock/Tick', 'AWS::Events::Rule').Properties).toMatchObject({
      ScheduleExpression: 'rate(20 minutes)',
    });
  });

  test('hears the ERP by its queue, and nobody but the worker starts the machine', () => {
    const rule = at(stocked, 'Inventory/StockReports', 'AWS::Events::Rule').Properties;
    const starters = ofType(stocked, 'AWS::IAM::Role').filter(([id]) =>
      allowed(stocked, id).some(
        ({ Action, Resource }) =>
          Action.includes('states:StartExecution') &&
          Resource.some((one) => readable(stocked, one) === 'Inventory/replenishment/Machine'),
      ),
    );

    expect(rule.EventPattern).toEqual({ source: ['meridian.erp'], 'detail-type': ['StockFellBelowReorderPoint'] });
    expect(starters.map(([id]) => id)).toEqual([roleOfFunction(stocked, 'start-replenishment')]);
  });

  test('keeps a report until a start is free for it, for half a day and longer', () => {
    const queue = at(stocked, 'Inventory/stock-queue/Queue', 'AWS::SQS::Queue').Properties;
    const { maxReceiveCount } = queue.RedrivePolicy as { readonly maxReceiveCount: number };

    expect(maxReceiveCount * Number(queue.VisibilityTimeout)).toBeGreaterThan(12 * 3_600);
    expect(maxReceiveCount).toBeLessThanOrEqual(1_000);
  });

  test('tells the operators of its failures: the machine, the dead letters, the worker and the watch', () => {
    const alarms = ofType(stocked, 'AWS::CloudWatch::Alarm').map(([id]) => pathOf(stocked, id));

    expect(alarms).toEqual(
      expect.arrayContaining(
        [
          ...['replenishment-failed', 'replenishment-timed-out', 'replenishment-aborted'],
          ...['start-replenishment-errors', 'watch-stock-errors', 'Inventory-stock-queue-DeadLetters'],
        ].map((name) => expect.stringContaining(name)),
      ),
    );
  });
});
