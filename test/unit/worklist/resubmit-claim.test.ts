/** An expense claim that came back, on the page of its requester. */
import { describe, expect, it } from 'vitest';
import { claimEvent, line, receipt } from '../../support/expense-company.ts';
import { ExpenseWorld } from '../../support/expense-world.ts';
import { formFields } from '../../support/shown-form.ts';
import { before } from './resubmitting.ts';

async function claimThatChecksReturned(claim: object) {
  const world = new ExpenseWorld();
  const event = claimEvent({ claim });
  await world.submit(event);
  const { processId } = await world.head(event);
  return { world, event, processId, ...(await before(world, processId)) };
}

describe('an expense claim', () => {
  it('that the checks returned says where it is wrong, and goes on once its total follows from its lines', async () => {
    const { world, event, requester, question, send } = await claimThatChecksReturned({ total: '181.00' });

    const { text } = await requester.get(question);
    await send({ 'lines[0].description': 'Lunch', justification: '' });

    expect(text).toContain('The checks returned it');
    expect(text).toContain('181.00, but the lines come to 180.00 CNY');
    const { phase, state } = await world.head(event);
    expect(phase).toBe('Expense approval');
    expect(state.claim).toMatchObject({ total: '180.00', justification: '', lines: [{ description: 'Lunch' }] });
  });

  it('loses a line with the receipt that proves nothing else', async () => {
    const { world, event, send } = await claimThatChecksReturned({
      lines: [line(), line({ category: 'bribes', receiptIds: ['r2'] })],
      receipts: [receipt(), receipt({ receiptId: 'r2', number: '2' })],
      total: '360.00',
    });

    await send({ '=remove': 'lines[1]' });

    expect((await world.head(event)).state.claim).toMatchObject({
      lines: [{ receiptIds: ['r1'] }],
      receipts: [{ receiptId: 'r1' }],
      total: '180.00',
    });
  });

  it('of other currencies asks for its total, and keeps what is no number for its owner to mend', async () => {
    const { requester, question, send } = await claimThatChecksReturned({
      lines: [line({ currency: 'USD' })],
      receipts: [receipt({ currency: 'USD' })],
      total: '1.00',
    });
    expect((await requester.get(question)).text).toContain('Total in CNY');

    const { status, text } = await send({ total: 'a lot', 'lines[0].units': 'two', 'lines[0].amount': '' });

    expect(status).toBe(422);
    expect(formFields(text)).toMatchObject({ total: 'a lot', 'lines[0].units': 'two', 'lines[0].amount': '' });
    expect(text.match(/ aria-invalid="true"/g)).toHaveLength(3);
  });
});
