import { describe, expect, test } from 'vitest';
import { allowed, at, exampleCompany, ofType, pathOf, readable, roleOfFunction, synthesize } from './synthesize.ts';

const followed = synthesize({ ...exampleCompany, orders: { everyMinutes: 20 } });

describe('orders of the ERP', () => {
  test('are not followed for a company that has not asked for it', () => {
    const without = synthesize();

    expect(Object.keys(without.resources).filter((id) => pathOf(without, id).startsWith('Orders'))).toEqual([]);
  });

  test('are looked for at the pace that the company configures, and heard of from the ERP itself', () => {
    const rule = at(followed, 'Orders/ChangedOrders', 'AWS::Events::Rule').Properties;

    expect(at(followed, 'Orders/watch-orders/Tick', 'AWS::Events::Rule').Properties).toMatchObject({
      ScheduleExpression: 'rate(20 minutes)',
    });
    expect(rule.EventPattern).toEqual({ source: ['meridian.erp'], 'detail-type': ['OrderChanged'] });
  });

  test('are shown by a page that adds to the record who has read, and removes nothing', () => {
    const actions = allowed(followed, roleOfFunction(followed, 'order-pages')).flatMap(({ Action, Resource }) =>
      Resource.some((one) => readable(followed, one).startsWith('Tables/')) ? Action : [],
    );

    expect(new Set(actions)).toEqual(new Set(['dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:Query']));
  });

  test('have no page where nobody signs in', () => {
    const { signIn: _, ...company } = exampleCompany;
    const closed = synthesize({ ...company, orders: { everyMinutes: 20 } });

    expect(ofType(closed, 'AWS::Lambda::Function').map(([id]) => pathOf(closed, id))).toEqual(
      expect.not.arrayContaining([expect.stringContaining('order-pages')]),
    );
  });

  test('tell the operators of failures: of what could not be read, and of the watch', () => {
    const alarms = ofType(followed, 'AWS::CloudWatch::Alarm').map(([id]) => pathOf(followed, id));

    expect(alarms).toEqual(
      expect.arrayContaining(
        ['follow-order-errors', 'watch-orders-errors', 'order-pages-errors', 'Orders-orders-queue-DeadLetters'].map(
          (name) => expect.stringContaining(name),
        ),
      ),
    );
  });
});
