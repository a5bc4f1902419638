import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { expenseClaimSubmittedSchema } from '../../../functions/events/expense-claim-submitted.ts';
import { leaveRequestSubmittedSchema } from '../../../functions/events/leave-request-submitted.ts';
import { officeRequestSubmittedSchema } from '../../../functions/events/office-request-submitted.ts';

const page = readFileSync(join(import.meta.dirname, '../../../docs/events.md'), 'utf8');

/** The example under a heading. */
function exampleOf(detailType: string): unknown {
  const [, section = ''] = page.split(`### ${detailType}\n`);
  const [, json = ''] = /```json\n(.*?)```/su.exec(section) ?? [];
  return JSON.parse(json);
}

describe('docs/events.md', () => {
  it('shows an expense claim that its contract takes', () => {
    expect(expenseClaimSubmittedSchema.parse(exampleOf('ExpenseClaimSubmitted'))).toMatchObject({
      claim: { lines: [{ units: 2 }], total: '180.00' },
    });
  });

  it('shows a leave request that its contract takes', () => {
    expect(leaveRequestSubmittedSchema.parse(exampleOf('LeaveRequestSubmitted'))).toMatchObject({
      leave: { kind: 'annual', startsAtNoon: true },
    });
  });

  it('shows an office request that its contract takes', () => {
    expect(officeRequestSubmittedSchema.parse(exampleOf('OfficeRequestSubmitted'))).toMatchObject({
      request: { form: 'seal-use', fields: { copies: 2 } },
    });
  });
});
