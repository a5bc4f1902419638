import { describe, expect, it } from 'vitest';
import { claimEvent, line, receipt } from '../support/expense-company.ts';
import { handInExpense } from '../support/expense-end.ts';
import { ExpenseWorld, MANAGER } from '../support/expense-world.ts';
import { companyPolicies } from '../support/purchase-company.ts';

/** Two lines that are wrong, each in its own way. */
const wrong = claimEvent({
  claim: {
    lines: [line({ amount: '180.005' }), line({ category: 'yacht', units: 1, amount: '20.00', receiptIds: ['r1'] })],
    receipts: [receipt({ amount: '300.00' })],
    total: '200.01',
  },
});
const right = claimEvent().claim;

describe('a claim with lines that its employee must mend', () => {
  it('goes back to them before anybody decides, line by line and in both languages', async () => {
    const world = new ExpenseWorld();
    await world.submit(wrong);

    expect((await world.head(wrong)).phase).toBe('Rework');
    expect(world.notices).toMatchObject([{ status: 'returned', facts: { version: 1 } }]);
    const [notice] = world.notices;
    for (const words of [notice?.text.en, notice?.text.zh]) {
      expect(words).toContain('claim.lines[0].amount');
      expect(words).toContain('claim.lines[1].category');
    }
    expect(world.mails.map(({ to }) => to)).toEqual(['li.na@meridian.example']);
    expect(await world.entryTypes(wrong)).toContain('ReturnedByCheck');
    await handInExpense(world, wrong, { record: '(Rework)', erp: 'nothing', oa: 'returned' });
  });

  it('is checked anew when it is sent again, and goes the way of every claim as its next version', async () => {
    const world = new ExpenseWorld();
    await world.submit(wrong);

    expect(await world.resubmit(wrong, { changes: right })).toBe('taken');
    await world.decide(MANAGER, 'approve');
    await world.settle();

    const head = await world.head(wrong);
    expect(head).toMatchObject({ outcome: 'paid', documentVersion: 2 });
    await handInExpense(world, wrong, {
      record: 'approve paid',
      erp: 'JE-1 stands 180, EP-1 completed 180.00',
      oa: 'returned accepted approved posted payment-requested paid',
    });
  });

  it('stays with them while what they send is wrong, within the same time', async () => {
    const world = new ExpenseWorld();
    await world.submit(wrong);
    const { deadline } = (await world.head(wrong)).state.rework ?? {};

    await world.resubmit(wrong, { eventId: 'second', changes: { total: '1.00' } });

    expect((await world.head(wrong)).state.rework?.deadline).toBe(deadline);
    expect(world.told()).toEqual(['returned', 'resubmission-refused']);
    expect(await world.resubmit(wrong, { eventId: 'third', changes: right })).toBe('taken');
    expect(await world.lastAsked()).toBe(MANAGER);
    await handInExpense(world, wrong, {
      record: '(Expense approval)',
      erp: 'nothing',
      oa: 'returned resubmission-refused accepted',
    });
  });

  it('expires when they do nothing', async () => {
    const world = new ExpenseWorld();
    await world.submit(wrong);
    await world.advance(24 * 40);

    await handInExpense(world, wrong, { record: 'expired', erp: 'nothing', oa: 'returned expired' });
  });

  it('can be withdrawn by them', async () => {
    const world = new ExpenseWorld();
    await world.submit(wrong);
    await world.withdraw(wrong);

    await handInExpense(world, wrong, { record: 'withdrawn', erp: 'nothing', oa: 'returned withdrawn' });
  });

  it('goes back where the ERP does not keep the books of its legal entity, whatever accounts the tables have', async () => {
    const world = new ExpenseWorld({
      policies: {
        ...companyPolicies,
        accountFor: async () => '6603',
        ledgerAccounts: async () => ({ payableAccount: '2241', advanceAccount: '1221' }),
      },
    });
    const elsewhere = claimEvent({ claim: { legalEntity: 'DE01' } });
    await world.submit(elsewhere);

    const [notice] = world.notices;
    expect(notice?.text.en).toContain(
      'claim.legalEntity: the books of "DE01" are not kept here; name the legal entity',
    );
    expect(notice?.text.zh).toContain('claim.legalEntity：此处不负责“DE01”的账务');
    await world.resubmit(elsewhere, { changes: right });
    await world.decide(MANAGER, 'approve');
    await world.settle();

    await handInExpense(world, elsewhere, {
      record: 'approve paid',
      erp: 'JE-1 stands 180, EP-1 completed 180.00',
      oa: 'returned accepted approved posted payment-requested paid',
    });
  });

  it('goes back whatever is wrong with its shape', async () => {
    const world = new ExpenseWorld();
    const event = claimEvent({ claim: { lines: 'none', costCentre: 'CC-NONE' } });
    await world.submit(event);

    const [notice] = world.notices;
    expect(notice?.text.en).toContain('claim.lines');
    expect(notice?.text.en).toContain('claim.costCentre');
    await handInExpense(world, event, { record: '(Rework)', erp: 'nothing', oa: 'returned' });
  });
});

describe('a claim that an approver returned', () => {
  it('is approved anew once it is changed', async () => {
    const world = new ExpenseWorld();
    const event = claimEvent();
    await world.submit(event);
    await world.returnIt(MANAGER, 'Without the wine, please');
    await world.resubmit(event, {
      changes: { lines: [line({ amount: '150.00' })], total: '150.00' },
    });
    await world.decide(MANAGER, 'approve');
    await world.settle();

    expect(world.ledger.allEmployeePayments()).toMatchObject([{ amount: { amount: '150.00' } }]);
    await handInExpense(world, event, {
      record: 'return approve paid',
      erp: 'JE-1 stands 150, EP-1 completed 150.00',
      oa: 'accepted returned accepted approved posted payment-requested paid',
    });
  });
});

describe('a claim that a reviewer returned', () => {
  it('is checked anew once it is changed, and needs no review when nothing is left to judge', async () => {
    const world = new ExpenseWorld();
    const event = claimEvent({
      claim: {
        lines: [line({ category: 'transport', amount: '380.00', units: 1 })],
        receipts: [receipt({ amount: '380.00' })],
        total: '380.00',
      },
    });
    await world.submit(event);
    await world.returnIt(await world.lastAsked(), 'Only the way there');
    await world.resubmit(event, {
      changes: { lines: [line({ category: 'transport', amount: '190.00', units: 1 })], total: '190.00' },
    });

    expect(await world.head(event)).toMatchObject({ phase: 'Expense approval', documentVersion: 2 });
    expect(await world.lastAsked()).toBe(MANAGER);
    await handInExpense(world, event, {
      record: 'return (Expense approval)',
      erp: 'nothing',
      oa: 'accepted under-review returned accepted',
    });
  });
});

describe('one receipt on two claims', () => {
  const first = claimEvent();
  const second = claimEvent({ requestId: 'EX-2', employeeId: 'E-1002' });

  it('counts for one of them, and goes back to the other without a name', async () => {
    const world = new ExpenseWorld();
    await Promise.all([world.start(first), world.start(second)]);
    await world.run();

    const phases = await Promise.all([first, second].map(async (event) => (await world.head(event)).phase));
    expect(phases.toSorted()).toEqual(['Expense approval', 'Rework']);
    const returned = world.notices.find(({ status }) => status === 'returned');
    expect(returned?.text.en).toContain('claim.receipts[0]');
    expect(JSON.stringify([returned?.text, returned?.facts])).not.toMatch(/E-100|李娜|Brooks/);
  });

  it('is found among more than one transaction takes', async () => {
    const world = new ExpenseWorld();
    const receipts = Array.from({ length: 100 }, (_, index) =>
      receipt({ receiptId: `r${index}`, number: `2431200000001${String(index).padStart(7, '0')}`, amount: '10.00' }),
    );
    const lines = receipts.map(({ receiptId }) => line({ amount: '10.00', units: 14, receiptIds: [receiptId] }));
    const many = claimEvent({ requestId: 'EX-100', claim: { lines, receipts, total: '1000.00' } });
    await world.submit(many);
    const one = claimEvent({ requestId: 'EX-101', claim: { receipts: [receipt({ number: receipts[99]?.number })] } });
    await world.submit(one);

    expect((await world.head(many)).state.receipts).toHaveLength(100);
    expect((await world.head(many)).phase).toBe('Expense approval');
    expect((await world.head(one)).phase).toBe('Rework');

    await world.withdraw(many);
    expect((await world.head(many)).state.receipts).toEqual([]);
    expect(await world.resubmit(one)).toBe('taken');
    expect((await world.head(one)).phase).toBe('Expense approval');
  });

  const taxId = '91310000MA1K00001A';
  const named = receipt({ number: '0811', sellerTaxId: undefined });
  const numbered = receipt({ number: '0811', sellerTaxId: taxId, sellerName: undefined });
  const full = receipt({ number: '0811', sellerTaxId: taxId });

  it.each([
    ['its tax id and name, then by its name alone', full, named],
    ['its tax id and name, then by its tax id alone', full, numbered],
    ['its name alone, then by its tax id and name', named, full],
  ])('is found where one names its seller by %s', async (_name, one, other) => {
    const world = new ExpenseWorld();
    const events = [one, other].map((paper, index) =>
      claimEvent({ requestId: `EX-20${index}`, claim: { receipts: [paper] } }),
    );
    await Promise.all(events.map((event) => world.start(event)));
    await world.run();

    const heads = await Promise.all(events.map((event) => world.head(event)));
    expect(heads.map(({ phase }) => phase).toSorted()).toEqual(['Expense approval', 'Rework']);
    expect(heads.find(({ phase }) => phase === 'Rework')?.state.receipts).toEqual([]);
  });

  it('is found among as many as one transaction takes, each with two identities', async () => {
    const world = new ExpenseWorld();
    const receipts = Array.from({ length: 45 }, (_, index) =>
      receipt({ receiptId: `r${index}`, number: `08${index}`, amount: '10.00' }),
    );
    const lines = receipts.map(({ receiptId }) => line({ amount: '10.00', units: 14, receiptIds: [receiptId] }));
    const many = claimEvent({ requestId: 'EX-210', claim: { lines, receipts, total: '450.00' } });
    await world.submit(many);
    await world.submit(
      claimEvent({ requestId: 'EX-211', claim: { receipts: [receipt({ number: '0844', sellerTaxId: undefined })] } }),
    );

    expect((await world.head(many)).state.receipts).toHaveLength(90);
    expect((await world.head(claimEvent({ requestId: 'EX-211' }))).phase).toBe('Rework');
  });

  it('is free again once the claim that had it is rejected', async () => {
    const world = new ExpenseWorld();
    await world.submit(first);
    await world.decide(MANAGER, 'reject', 'Not for the business');
    await world.submit(second);

    expect((await world.head(second)).phase).toBe('Expense approval');
  });

  it('is free again once the claim that had it no longer shows it', async () => {
    const world = new ExpenseWorld();
    await world.submit(first);
    await world.returnIt(MANAGER, 'The other bill, please');
    await world.resubmit(first, { changes: { receipts: [receipt({ number: '24312000000087654321' })] } });
    await world.submit(second);

    expect((await world.head(second)).phase).toBe('Expense approval');
  });

  it('is taken for ever once the claim is paid', async () => {
    const world = new ExpenseWorld();
    await world.submit(first);
    await world.approve();
    await world.settle();
    await world.advance(24 * 400);
    await world.submit(claimEvent({ requestId: 'EX-3' }));

    const ended = await world.head(first);
    expect(ended.state.receipts).toHaveLength(1);
    expect((await world.head(claimEvent({ requestId: 'EX-3' }))).phase).toBe('Rework');
  });
});
