import { describe, expect, test } from 'vitest';
import { idOf, ofType, pathOf, synthesize } from './synthesize.ts';

const prod = synthesize();
const FUNCTION = 'Policies/follow-policies/Function';
const follower = prod.resources[idOf(prod, FUNCTION, 'AWS::Lambda::Function')];

describe('what has open tasks follow other rules', () => {
  test('runs every ten minutes, and a run is over before the next one', () => {
    const [rule] = ofType(prod, 'AWS::Events::Rule').filter(([id]) => pathOf(prod, id).includes('follow-policies'));

    expect(rule?.[1].Properties).toMatchObject({ ScheduleExpression: 'rate(10 minutes)', State: 'ENABLED' });
    expect(follower?.Properties.Timeout).toBeLessThan(600);
  });

  test('is deployed after the functions that route, so that nothing is routed by the old rules behind its back', () => {
    expect((follower?.DependsOn ?? []).map((id) => pathOf(prod, id))).toEqual(
      expect.arrayContaining([
        'Purchase/route-approval/Function',
        'Expenses.NestedStack/Expenses.NestedStackResource',
        'Leave.NestedStack/Leave.NestedStackResource',
        'Engineering.NestedStack/Engineering.NestedStackResource',
        'Office.NestedStack/Office.NestedStackResource',
      ]),
    );
  });

  test('tells operators of each run that fails: two never stand in periods in a row', () => {
    const [alarm] = ofType(prod, 'AWS::CloudWatch::Alarm').filter(([id]) =>
      pathOf(prod, id).endsWith('follow-policies-errors'),
    );

    expect(alarm?.[1].Properties).toMatchObject({ EvaluationPeriods: 1, Threshold: 0, Period: 300 });
  });
});
