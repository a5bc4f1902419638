import { describe, expect, test } from 'vitest';
import { allowed, at, exampleCompany, ofType, pathOf, readable, roleOfFunction, synthesize } from './synthesize.ts';

const compared = synthesize({ ...exampleCompany, reconciliation: { everyMinutes: 30, since: '2026-02-01' } });

describe("the comparison with the ERP's books", () => {
  test('is not there for a company that has not asked for it', () => {
    const without = synthesize();

    expect(Object.keys(without.resources).filter((id) => pathOf(without, id).startsWith('Reconciliation'))).toEqual([]);
  });

  test('walks at the pace that the company configures, from the day on that it names', () => {
    expect(at(compared, 'Reconciliation/walk-books/Tick', 'AWS::Events::Rule').Properties).toMatchObject({
      ScheduleExpression: 'rate(30 minutes)',
    });
    const { Environment } = at(compared, 'Reconciliation/walk-books/Function', 'AWS::Lambda::Function').Properties;
    expect(Environment).toMatchObject({ Variables: { BOOKS_SINCE: '2026-02-01T00:00:00.000Z' } });
  });

  test('keeps its place and changes no process while it walks', () => {
    const actions = allowed(compared, roleOfFunction(compared, 'walk-books')).flatMap(({ Action, Resource }) =>
      Resource.some((one) => readable(compared, one).startsWith('Tables/')) ? Action : [],
    );

    expect(new Set(actions)).toEqual(new Set(['dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:Query']));
  });

  test('tells the operators of failures: of the walk, of what could not be compared, and of what was given up', () => {
    const alarms = ofType(compared, 'AWS::CloudWatch::Alarm').map(([id]) => pathOf(compared, id));

    expect(alarms).toEqual(
      expect.arrayContaining(
        ['walk-books-errors', 'compare-books-errors', 'Reconciliation-erp-books-queue-DeadLetters'].map((name) =>
          expect.stringContaining(name),
        ),
      ),
    );
  });
});
