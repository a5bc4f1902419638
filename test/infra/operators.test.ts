/** What must ring, and for whom. */
import { describe, expect, test } from 'vitest';
import { bundleNames } from './project.ts';
import { at, exampleCompany, idOf, ofType, pathOfFunction, synthesize, wholeCompany } from './synthesize.ts';

const prod = synthesize();

describe('operators', () => {
  const alarms = ofType(prod, 'AWS::CloudWatch::Alarm').map(([, { Properties }]) => Properties);
  const watching = (metric: string, id = '') =>
    alarms.filter(
      ({ MetricName, Dimensions }) =>
        MetricName === metric && JSON.stringify(Dimensions ?? []).includes(id && `"${id}"`),
    );
  const queueOf = (name: string) => idOf(prod, `Intake/${name}-queue/Queue`, 'AWS::SQS::Queue');
  const functionOf = (bundle: string) =>
    idOf(prod, `${pathOfFunction(prod, bundle)}/Function`, 'AWS::Lambda::Function');

  test('are told by every alarm', () => {
    expect(alarms.every(({ AlarmActions }) => AlarmActions !== undefined)).toBe(true);
  });

  test('hear of a calendar that ends, and of waits that had none, where the company has a calendar', () => {
    const withCalendar = synthesize({ ...exampleCompany, calendarFile: 'calendar.json' });
    const watched = (template: typeof prod) =>
      ofType(template, 'AWS::CloudWatch::Alarm')
        .map(([, { Properties }]) => Properties)
        .filter(({ MetricName }) => ['CalendarDaysLeft', 'WaitsWithoutCalendar'].includes(String(MetricName)));

    expect(watched(withCalendar)).toEqual([
      expect.objectContaining({
        MetricName: 'WaitsWithoutCalendar',
        ComparisonOperator: 'GreaterThanThreshold',
        Threshold: 0,
        AlarmActions: [expect.anything()],
      }),
      expect.objectContaining({
        MetricName: 'CalendarDaysLeft',
        Namespace: 'Meridian',
        Dimensions: [{ Name: 'service', Value: 'meridian' }],
        ComparisonOperator: 'LessThanThreshold',
        Threshold: 60,
        TreatMissingData: 'ignore',
        AlarmActions: [expect.anything()],
      }),
    ]);
    expect(watched(prod)).toEqual([]);
  });

  test.each(['Purchase/procure-to-pay', 'Purchase/approval'])('hear of every bad end of %s', (machine) => {
    const id = idOf(prod, `${machine}/Machine`, 'AWS::StepFunctions::StateMachine');

    for (const metric of ['ExecutionsFailed', 'ExecutionsTimedOut', 'ExecutionsAborted']) {
      expect(watching(metric, id)).toMatchObject([{ Threshold: 0, EvaluationPeriods: 1 }]);
    }
  });

  test.each(['requests', 'requester', 'leaves', 'erp-facts'])(
    'hear when nobody works on %s, after its retries',
    (name) => {
      const id = queueOf(name);
      const { VisibilityTimeout, RedrivePolicy } = prod.resources[id]?.Properties ?? {};
      const { maxReceiveCount } = RedrivePolicy as { maxReceiveCount: number };
      const [alarm, ...others] = watching('ApproximateAgeOfOldestMessage', id);

      expect(others).toEqual([]);
      expect(alarm).toMatchObject({ Statistic: 'Maximum', ComparisonOperator: 'GreaterThanThreshold' });
      expect(Number(alarm?.Threshold)).toBeGreaterThan(maxReceiveCount * Number(VisibilityTimeout));
      expect(Number(alarm?.Threshold)).toBeGreaterThanOrEqual(3_600);
      expect(Number(alarm?.Threshold)).toBeLessThanOrEqual(3 * 3_600);
    },
  );

  test('hear of each function that is throttled', () => {
    const whole = synthesize(wholeCompany);
    const watched = ofType(whole, 'AWS::CloudWatch::Alarm').filter(
      ([, { Properties }]) => Properties.MetricName === 'Throttles',
    );
    const silent = bundleNames().filter((bundle) => {
      const id = idOf(whole, `${pathOfFunction(whole, bundle)}/Function`, 'AWS::Lambda::Function');
      return (
        watched.filter(([, { Properties }]) => JSON.stringify(Properties.Dimensions).includes(`"${id}"`)).length !== 1
      );
    });

    expect(silent).toEqual([]);
  });

  test('hear of errors of each tick, in as many periods in a row as have one', () => {
    const ticks = ofType(prod, 'AWS::Events::Rule').flatMap(([, { Properties }]) => {
      const [, count, unit = ''] = /^rate\((\d+) (minute|hour)s?\)$/.exec(String(Properties.ScheduleExpression)) ?? [];
      const seconds = Number(count) * (unit === 'hour' ? 3_600 : 60);
      const target = Object.keys(prod.resources).find(
        (id) =>
          prod.resources[id]?.Type === 'AWS::Lambda::Function' &&
          JSON.stringify(Properties.Targets).includes(`"${id}"`),
      );
      return count === undefined ? [] : [{ seconds, alarm: watching('Errors', target)[0] }];
    });
    const deaf = ticks.filter(
      ({ seconds, alarm }) =>
        alarm === undefined || (Number(alarm.EvaluationPeriods) > 1 && seconds > Number(alarm.Period)),
    );

    expect(ticks).toHaveLength(9);
    expect(deaf).toEqual([]);
    expect(ticks.every(({ alarm }) => alarm?.Period === 300)).toBe(true);
  });

  test('hear when the ERP is not asked or effects are not swept: silence is no good news', () => {
    expect(watching('Invocations', functionOf('poll-erp'))).toMatchObject([
      { Statistic: 'Sum', Threshold: 1, ComparisonOperator: 'LessThanThreshold', TreatMissingData: 'breaching' },
    ]);
    expect(watching('OldestEffectAgeSeconds')).toMatchObject([
      { Namespace: 'Meridian', Dimensions: [{ Name: 'service', Value: 'meridian' }], TreatMissingData: 'breaching' },
    ]);
  });

  test('hear when no book of the record was closed for a day, or nobody says, and of metrics that are perhaps lost', () => {
    expect(watching('BooksBehindSeconds')).toMatchObject([
      { Threshold: 90_000, Statistic: 'Maximum', Period: 3600, EvaluationPeriods: 2, TreatMissingData: 'breaching' },
    ]);
    expect(watching('MeasuresPerhapsLost')).toMatchObject([
      { Threshold: 0, Statistic: 'Sum', EvaluationPeriods: 1, TreatMissingData: 'notBreaching' },
    ]);
  });

  test('hear of guesses at links, and see them on the dashboard', () => {
    const dashboard = at(prod, 'Observability/Dashboard', 'AWS::CloudWatch::Dashboard');

    for (const metric of ['UnknownLinks', 'GuessesStopped']) {
      expect(watching(metric)).toMatchObject([
        {
          Namespace: 'Meridian',
          Dimensions: [{ Name: 'service', Value: 'meridian' }],
          Statistic: 'Sum',
          Threshold: 100,
          ComparisonOperator: 'GreaterThanThreshold',
        },
      ]);
      expect(JSON.stringify(dashboard)).toContain(metric);
    }
    // What the API's own throttle refuses reaches no page that could count it.
    const [, metrics = ''] = /Guesses at links(.*?)\\"type\\":/s.exec(JSON.stringify(dashboard)) ?? [];
    expect(metrics).toContain('4xx');
  });

  test('hear by a topic that is encrypted with a key which the services may use', () => {
    const topic = at(prod, 'Operators/Topic', 'AWS::SNS::Topic').Properties;
    const key = JSON.stringify(at(prod, 'Operators/Key', 'AWS::KMS::Key').Properties.KeyPolicy);

    expect(topic.KmsMasterKeyId).toBeDefined();
    expect(key).toContain('cloudwatch.amazonaws.com');
    expect(key).toContain('events.amazonaws.com');
  });
});
