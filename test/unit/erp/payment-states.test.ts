/** Payments of Tryton by their state: what is not known must not look as if it may be paid again. */
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { readEmployeePayment } from '../../../functions/connectors/erp/tryton/employee-payments.ts';
import type { TrytonSession } from '../../../functions/connectors/erp/tryton/session.ts';
import { ConnectorPermanentError } from '../../../functions/runtime/errors.ts';

/** A Tryton with one payment. */
function trytonWith(state: string): TrytonSession {
  const row = {
    id: 1,
    number: 'PY-1',
    reference: 'EXP-1-pay-1',
    state,
    amount: 180,
    'currency.': { code: 'CNY' },
    'line.': { move_origin: null, 'move.': { number: 'JE-1' } },
  };
  const unused = (): never => {
    throw new Error('only reads');
  };
  return {
    find: async (_model, _domain, shape) => z.array(shape).parse([row]),
    serverTime: unused,
    preferences: unused,
    call: unused,
    create: unused,
    createAll: unused,
    findInPages: unused,
    delete: unused,
    press: unused,
    wizard: unused,
  };
}

describe('a payment in Tryton', () => {
  it.each([
    ['draft', 'requested'],
    ['submitted', 'requested'],
    ['approved', 'requested'],
    ['processing', 'processing'],
    ['succeeded', 'completed'],
    ['failed', 'failed'],
  ])('that is %s counts as %s', async (state, expected) => {
    expect(await readEmployeePayment(trytonWith(state), 'PY-1')).toMatchObject({ state: expected });
  });

  it('in a state that nobody knows is for a person, who is told the state', async () => {
    const read = readEmployeePayment(trytonWith('on_hold'), 'PY-1');

    await expect(read).rejects.toThrow(ConnectorPermanentError);
    await expect(read).rejects.toThrow('payment PY-1 has the state "on_hold"');
  });
});
