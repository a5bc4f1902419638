import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { expenseClaimSubmittedSchema } from '../../../functions/events/expense-claim-submitted.ts';

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
});
