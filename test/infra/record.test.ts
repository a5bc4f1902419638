import { describe, expect, test } from 'vitest';
import { allowed, at, idOf, pathOf, readable, rolesOf, statements, synthesize } from './synthesize.ts';

const prod = synthesize();
const RECORD = readable(prod, { Ref: idOf(prod, 'Tables/Record', 'AWS::DynamoDB::Table') });
/** What can change or remove an item. */
const REWRITING = /^dynamodb:(\*|Update|Delete|BatchWrite|PartiQL(Update|Delete|Insert))/;

describe('the record', () => {
  test('can be changed or emptied by no role of the stack', () => {
    const rewriting = rolesOf(prod).flatMap((role) =>
      allowed(prod, role)
        .filter(({ Effect, Resource }) => Effect === 'Allow' && Resource.some((one) => readable(prod, one) === RECORD))
        .flatMap(({ Action }) => Action.filter((action) => REWRITING.test(action)))
        .map((action) => `${pathOf(prod, role)}: ${action}`),
    );

    expect(rewriting).toEqual([]);
  });

  test('is written by those who change processes, so that the check above looks at something', () => {
    const writers = rolesOf(prod).filter((role) =>
      allowed(prod, role).some(
        ({ Action, Resource }) =>
          Action.includes('dynamodb:PutItem') && Resource.some((one) => readable(prod, one) === RECORD),
      ),
    );

    expect(writers.length).toBeGreaterThan(10);
  });

  test('and the personal values are read by those only whose code reads them', () => {
    const readersOf = (table: string) => {
      const arn = readable(prod, { Ref: idOf(prod, table, 'AWS::DynamoDB::Table') });
      return rolesOf(prod)
        .filter((role) =>
          allowed(prod, role).some(
            ({ Action, Resource }) =>
              Action.includes('dynamodb:Query') && Resource.some((one) => readable(prod, one) === arn),
          ),
        )
        .map((role) => pathOf(prod, role))
        .sort();
    };

    expect(readersOf('Tables/Record')).toEqual([
      'Administration/administration-pages/Role',
      'Compliance/compliance-pages/Role',
      'Compliance/watch-daily/Role',
      'Compliance/watch-record/Role',
      'Dashboards/measure-record/Role',
      'Engineering/await-change/Role',
      'Engineering/close-change/Role',
      'Evidence/auditor-pages/Role',
      'Evidence/close-books/Role',
      'Expenses/await-expense/Role',
      'Expenses/close-expense/Role',
      'Leave/await-leave/Role',
      'Leave/close-leave/Role',
      'Office/await-office-request/Role',
      'Office/close-office-request/Role',
      'Operations/operations-pages/Role',
      'Pages/timeline-page/Role',
      'Purchase/await-facts/Role',
      'Purchase/close-purchase/Role',
      'Purchase/request-payment/Role',
      'Worklist/my-pages/Role',
      'Worklist/worklist-api/Role',
    ]);
    expect(readersOf('Tables/Personal')).toEqual([
      'Compliance/compliance-pages/Role',
      'Engineering/await-change/Role',
      'Engineering/close-change/Role',
      'Evidence/auditor-pages/Role',
      'Evidence/close-books/Role',
      'Evidence/erase-expired/Role',
      'Expenses/await-expense/Role',
      'Expenses/close-expense/Role',
      'Leave/await-leave/Role',
      'Leave/close-leave/Role',
      'Office/await-office-request/Role',
      'Office/close-office-request/Role',
      'Pages/attachment-page/Role',
      'Pages/decision-page/Role',
      'Pages/timeline-page/Role',
      'Purchase/await-facts/Role',
      'Purchase/close-purchase/Role',
      'Worklist/my-pages/Role',
      'Worklist/worklist-api/Role',
    ]);
  });

  test('refuses rewriting to everybody in the account by a policy of its own', () => {
    const { ResourcePolicy } = at(prod, 'Tables/Record', 'AWS::DynamoDB::Table').Properties;
    const { PolicyDocument } = ResourcePolicy as { PolicyDocument: unknown };
    const [deny] = statements(PolicyDocument);

    expect(deny).toMatchObject({ Effect: 'Deny', Principal: { AWS: '*' } });
    expect(deny?.Condition).toBeUndefined();
    expect(deny?.Action).toEqual(
      expect.arrayContaining(['dynamodb:UpdateItem', 'dynamodb:DeleteItem', 'dynamodb:BatchWriteItem']),
    );
  });
});
