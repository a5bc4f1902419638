import { describe, expect, it } from 'vitest';
import { BusinessRuleError, ConnectorTransientError } from '../../functions/runtime/errors.ts';
import { claimEvent } from '../support/expense-company.ts';
import { handInExpense } from '../support/expense-end.ts';
import { ExpenseWorld } from '../support/expense-world.ts';
import type { WorldOptions } from '../support/process-world.ts';
import { companyPolicies } from '../support/purchase-company.ts';

const event = claimEvent();

async function approved(options: WorldOptions = {}, prepare: (world: ExpenseWorld) => void = () => {}) {
  const world = new ExpenseWorld(options);
  prepare(world);
  await world.submit(event);
  await world.approve();
  return world;
}

/** The operators are asked what to do about a step. */
async function failedStep(world: ExpenseWorld): Promise<unknown> {
  return (await world.record(event)).findLast(({ type }) => type === 'StepFailed')?.facts.step;
}

/** A world whose tables have no accounts until they have the row. */
function withoutRow() {
  const table = { hasRow: false };
  const world = new ExpenseWorld({
    policies: {
      ...companyPolicies,
      ledgerAccounts: async (entity) => (table.hasRow ? companyPolicies.ledgerAccounts(entity) : undefined),
    },
  });
  return { world, table };
}

function standing(world: ExpenseWorld) {
  return world.ledger.allEntries().filter(({ reversedBy }) => reversedBy === undefined);
}

describe('a claim that cannot be posted', () => {
  it('for want of accounts goes to the operators before anybody approves it', async () => {
    const { world } = withoutRow();
    await world.submit(event);

    expect(await world.lastAsked()).toBe('operators');
    const failed = (await world.record(event)).findLast(({ type }) => type === 'StepFailed');
    expect(failed?.facts).toMatchObject({ step: 'CheckClaim', error: 'BusinessRuleError' });
    expect(failed?.facts.cause).toContain('ledger-accounts.dmn');
    expect((await world.head(event)).state.receipts).toHaveLength(1);
    await world.decide('operators', 'cancel', 'The entity is closed');

    expect((await world.head(event)).state.receipts).toEqual([]);
    await handInExpense(world, event, {
      record: '!CheckClaim cancel cancelled',
      erp: 'nothing',
      oa: 'cancelled',
    });
  });

  it('as the tables stand goes on where it was once they have the row', async () => {
    const { world, table } = withoutRow();
    await world.submit(event);
    expect(await world.lastAsked()).toBe('operators');
    table.hasRow = true;
    await world.decide('operators', 'retry');
    await world.approve();
    await world.settle();

    await handInExpense(world, event, {
      record: '!CheckClaim retry approve paid',
      erp: 'JE-1 stands 180, EP-1 completed 180.00',
      oa: 'accepted approved posted payment-requested paid',
    });
  });

  it('because a row of the tables was taken out after the check asks the ERP for nothing', async () => {
    const { world, table } = withoutRow();
    table.hasRow = true;
    await world.submit(event);
    table.hasRow = false;
    await world.approve();

    expect(world.ledger.calls).toEqual([]);
    expect(await failedStep(world)).toBe('PostEntry');
    await world.decide('operators', 'cancel', 'The entity is closed');

    await handInExpense(world, event, {
      record: 'approve !PostEntry cancel cancelled',
      erp: 'nothing',
      oa: 'accepted approved cancelled',
    });
  });

  it('because the ERP refuses is posted once when it is tried again', async () => {
    let isClosed = true;
    const world = await approved({}, ({ ledger }) => {
      ledger.fault = (operation) => (operation === 'postEntry' && isClosed ? 'refuses' : undefined);
    });
    expect(await failedStep(world)).toBe('PostEntry');
    isClosed = false;
    await world.decide('operators', 'retry');
    await world.settle();

    await handInExpense(world, event, {
      record: 'approve !PostEntry retry paid',
      erp: 'JE-1 stands 180, EP-1 completed 180.00',
      oa: 'accepted approved posted payment-requested paid',
    });
  });

  it('because the ERP has no such account is composed anew when it is tried again', async () => {
    const world = await approved({}, ({ ledger }) => void ledger.closedAccounts.add('6603'));
    expect(await failedStep(world)).toBe('PostEntry');
    expect((await world.head(event)).state).toMatchObject({ intended: [] });
    await world.advance(48);
    world.ledger.closedAccounts.clear();
    await world.decide('operators', 'retry');

    const { startedAt } = await world.head(event);
    const [entry] = standing(world);
    expect(entry?.date).not.toBe(startedAt.slice(0, 10));
    expect(await world.entryTypes(event)).toContain('PostingRefused');
    await handInExpense(world, event, {
      record: 'approve !PostEntry retry (Payment)',
      erp: 'JE-1 stands 180, EP-1 processing 180.00',
      oa: 'accepted approved posted payment-requested',
    });
  });

  it('because somebody changed its draft in the ERP is posted as it was approved once that is set right, and not withdrawn meanwhile', async () => {
    const world = await approved({}, ({ ledger }) => {
      ledger.hasChangedDraft = true;
    });
    expect(await failedStep(world)).toBe('PostEntry');
    const { date } = (await world.head(event)).state.journal ?? {};
    expect(await world.withdraw(event)).toBe('refused');
    await world.advance(48);
    world.ledger.hasChangedDraft = false;
    await world.decide('operators', 'retry');

    const [entry] = standing(world);
    expect(entry?.date).toBe(date);
    await handInExpense(world, event, {
      record: 'approve !PostEntry retry (Payment)',
      erp: 'JE-1 stands 180, EP-1 processing 180.00',
      oa: 'accepted approved withdrawal-refused posted payment-requested',
    });
  });

  it('because the ERP refuses it by its rules can still be withdrawn', async () => {
    const world = await approved({}, ({ ledger }) => void ledger.closedAccounts.add('6603'));

    expect(await world.withdraw(event)).toBe('withdrawn');
    await handInExpense(world, event, {
      record: 'approve !PostEntry withdrawn',
      erp: 'nothing',
      oa: 'accepted approved withdrawn',
    });
  });

  it('is given up with nothing in the books, though the entry was made and its reply lost', async () => {
    const world = await approved({}, ({ ledger }) => {
      ledger.fault = (operation) => (operation === 'postEntry' ? 'lost-reply' : undefined);
    });
    await world.advance(2);
    expect(await failedStep(world)).toBe('PostEntry');
    await world.decide('operators', 'cancel', 'Filed by mistake');

    await handInExpense(world, event, {
      record: 'approve !PostEntry cancel cancelled',
      erp: 'JE-1 reversed 180',
      oa: 'accepted approved posted reversed cancelled',
    });
  });
});

describe('a payment', () => {
  it('that the bank refused is asked for again under another key', async () => {
    const world = await approved();
    await world.settle('failed');
    expect(await failedStep(world)).toBe('PayEmployee');
    await world.decide('operators', 'retry');
    await world.settle('completed', 'EP-2');

    const payments = world.ledger.allEmployeePayments();
    expect(payments.map(({ state }) => state)).toEqual(['failed', 'completed']);
    expect(new Set(payments.map(({ key }) => key)).size).toBe(2);
    await handInExpense(world, event, {
      record: 'approve !PayEmployee retry paid',
      erp: 'JE-1 stands 180, EP-1 failed 180.00, EP-2 completed 180.00',
      oa: 'accepted approved posted payment-requested payment-refused payment-requested paid',
    });
  });

  it('that the bank refused may be settled by hand: the entry stands', async () => {
    const world = await approved();
    await world.settle('failed');
    await world.decide('operators', 'skip', 'Paid in cash');

    await handInExpense(world, event, {
      record: 'approve !PayEmployee skip posted',
      erp: 'JE-1 stands 180, EP-1 failed 180.00',
      oa: 'accepted approved posted payment-requested payment-refused posted',
    });
  });

  it('that the bank refused may be given up: the entry is taken back', async () => {
    const world = await approved();
    await world.settle('failed');
    await world.decide('operators', 'cancel', 'The employee has left');

    await handInExpense(world, event, {
      record: 'approve !PayEmployee cancel cancelled',
      erp: 'JE-1 reversed 180, EP-1 failed 180.00',
      oa: 'accepted approved posted payment-requested payment-refused reversed cancelled',
    });
  });

  it('that may be on its way is neither left out nor given up', async () => {
    const world = await approved({}, ({ ledger }) => {
      ledger.fault = (operation) => (operation === 'payEmployee' ? 'lost-reply' : undefined);
    });
    await world.advance(2);
    expect(await failedStep(world)).toBe('PayEmployee');

    for (const action of ['skip', 'cancel']) {
      expect(await world.decide('operators', action, 'No')).not.toMatchObject({ result: 'decided' });
    }
    expect((await world.head(event)).status).toBe('running');
    world.ledger.fault = () => undefined;
    await world.decide('operators', 'retry');
    await world.settle();
    expect(world.ledger.allEmployeePayments()).toHaveLength(1);
    await handInExpense(world, event, {
      record: 'approve !PayEmployee retry paid',
      erp: 'JE-1 stands 180, EP-1 completed 180.00',
      oa: 'accepted approved posted payment-requested paid',
    });
  });

  it.each(['down', undefined] as const)(
    'of an entry that accounting has paid by hand is left at that (first try: %s)',
    async (first) => {
      const world = await approved({ patience: 1 }, ({ ledger }) => {
        const payEmployee = ledger.payEmployee.bind(ledger);
        let tries = 0;
        ledger.payEmployee = async (command) => {
          ledger.payByHand('JE-1');
          tries += 1;
          if (tries === 1 && first === 'down') {
            throw new ConnectorTransientError('the ERP is down');
          }
          return payEmployee(command);
        };
      });
      expect(await failedStep(world)).toBe('PayEmployee');
      await world.decide('operators', 'skip', 'Paid in cash');

      expect(await world.entryTypes(event)).toContain('PaymentRefused');
      await handInExpense(world, event, {
        record: 'approve !PayEmployee skip posted',
        erp: 'JE-1 stands 180',
        oa: 'accepted approved posted posted',
      });
    },
  );

  it('that was changed in the ERP may be on its way: it is neither left out nor given up', async () => {
    const world = await approved({}, ({ ledger }) => {
      ledger.payEmployee = async () => {
        throw new BusinessRuleError('payment-changed', 'the payment is of 1.00');
      };
    });

    expect(await failedStep(world)).toBe('PayEmployee');
    await world.decide('operators', 'skip', 'No');
    expect((await world.head(event)).status).toBe('running');
  });

  it('that is never confirmed is a question to the operators', async () => {
    const world = await approved();
    await world.advance(24 * 40);

    expect(await failedStep(world)).toBe('AwaitPayment');
    expect((await world.head(event)).status).toBe('running');
    await handInExpense(world, event, {
      record: 'approve !AwaitPayment (Waiting for an operator)',
      erp: 'JE-1 stands 180, EP-1 processing 180.00',
      oa: 'accepted approved posted payment-requested',
    });
  });
});

describe('an entry of which something is paid', () => {
  it('stands when the claim is given up, and the operators are told', async () => {
    const world = await approved();
    await world.settle('failed');
    world.ledger.payByHand('JE-1');
    await world.decide('operators', 'cancel', 'The employee has left');

    expect(await world.entryTypes(event)).toContain('EntryKept');
    expect(world.mails.some(({ text }) => text.includes('the entry stands in the books'))).toBe(true);
    await handInExpense(world, event, {
      record: 'approve !PayEmployee cancel cancelled',
      erp: 'JE-1 stands 180, EP-1 failed 180.00',
      oa: 'accepted approved posted payment-requested payment-refused cancelled',
    });
  });
});
