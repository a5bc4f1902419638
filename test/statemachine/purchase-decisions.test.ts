import { describe, expect, it } from 'vitest';
import { actByLink, viewDecision } from '../../functions/approvals/act-by-link.ts';
import { createFileDirectory } from '../../functions/directory/file-directory.ts';
import { placeHold, releaseHolds } from '../../functions/process/hold-process.ts';
import { directoryData, requisitionEvent } from '../support/purchase-company.ts';
import { PurchaseWorld } from '../support/purchase-world.ts';

const event = requisitionEvent();

describe('a decision link', () => {
  it('works once: the second time it says what was decided, and stands in the record', async () => {
    const world = new PurchaseWorld();
    await world.submit(event);
    const secret = await world.linkOf('E-2001');

    const first = await world.decideByLink(secret, 'approve');
    const second = await world.decideByLink(secret, 'reject');

    expect(first).toMatchObject({ kind: 'decided' });
    expect(second).toMatchObject({ kind: 'refused', refusal: 'already-decided' });
    expect((await world.head(event)).phase).not.toBe('Closed');
    expect(await world.entryTypes(event)).toContain('DecisionRefused');
  });

  it('clicked twice at once decides once', async () => {
    const world = new PurchaseWorld();
    await world.submit(event);
    const secret = await world.linkOf('E-2001');

    const results = await Promise.all(Array.from({ length: 8 }, () => world.clickByLink(secret, 'approve')));
    await world.run();

    expect(results.filter(({ kind }) => kind === 'decided')).toHaveLength(1);
    expect((await world.entryTypes(event)).filter((type) => type === 'DecisionMade')).toHaveLength(1);
  });

  it('shows as often as it is opened, and opening changes nothing', async () => {
    const world = new PurchaseWorld();
    await world.submit(event);
    const secret = await world.linkOf('E-2001');
    const commits = world.store.commits;

    for (let scanner = 0; scanner < 30; scanner += 1) {
      const view = await viewDecision(world.decisionDeps(), { secret, address: `192.0.2.${scanner}` });
      expect(view.kind).toBe('shown');
    }

    expect(world.store.commits).toBe(commits);
  });

  it('that was altered leads nowhere, and guessing stops', async () => {
    const world = new PurchaseWorld();
    await world.submit(event);
    const secret = await world.linkOf('E-2001');
    const altered = `${secret.slice(0, -1)}${secret.endsWith('A') ? 'B' : 'A'}`;
    const guess = () =>
      actByLink(world.decisionDeps(), {
        secret: altered,
        wish: { kind: 'decide', action: 'approve', comment: '' },
        address: '198.51.100.7',
      });

    const kinds = [];
    for (let attempt = 0; attempt < 40; attempt += 1) {
      kinds.push((await guess()).kind);
    }

    expect(kinds[0]).toBe('unknown');
    expect(kinds.at(-1)).toBe('too-many-guesses');
    expect((await world.head(event)).phase).toBe('Order approval');
  });

  it('is no good any more when its level was decided by another way', async () => {
    const world = new PurchaseWorld();
    await world.submit(event);
    const old = await world.linkOf('E-2001');
    await world.advance(24);
    const reminder = await world.linkOf('E-2001');
    expect(reminder).not.toBe(old);

    await world.decideByLink(reminder, 'approve');

    expect(await world.decideByLink(old, 'approve')).toMatchObject({ kind: 'refused' });
  });

  it('does not decide after the deadline', async () => {
    const world = new PurchaseWorld();
    await world.submit(event);
    const secret = await world.linkOf('E-2001');
    await world.advance(24 * 6);

    expect(await world.decideByLink(secret, 'approve')).toMatchObject({ kind: 'refused' });

    expect(await world.head(event)).toMatchObject({ outcome: 'expired' });
    expect(world.erp.allOrders()).toEqual([]);
  });

  it('does not decide for somebody who has left meanwhile', async () => {
    const people = directoryData.people.map((person) => ({ ...person }));
    const world = new PurchaseWorld({ directory: createFileDirectory({ ...directoryData, people }) });
    await world.submit(event);
    const secret = await world.linkOf('E-2001');
    const left = people.map((person) => (person.employeeId === 'E-2001' ? { ...person, active: false } : person));
    const directory = createFileDirectory({ ...directoryData, people: left });

    const result = await actByLink(
      { ...world.decisionDeps(), directory },
      { secret, wish: { kind: 'decide', action: 'approve', comment: '' }, address: '192.0.2.1' },
    );

    expect(result).not.toMatchObject({ kind: 'decided' });
    expect((await world.entryTypes(event)).filter((type) => type === 'DecisionMade')).toEqual([]);
    expect(await world.entryTypes(event)).toContain('DecisionRefused');
  });

  it('does not decide above the amount that a link alone may decide; that is recorded, and the operators are told', async () => {
    const world = new PurchaseWorld();
    const lines = [{ productCode: 'P-2001', quantity: '20', unitPrice: '6200.00', amount: '124000.00' }];
    const large = requisitionEvent({ requisition: { supplierCode: 'SUP-002', lines, total: '124000.00' } });
    await world.submit(large);

    const result = await world.decide('E-2001', 'approve');

    expect(result).toMatchObject({ kind: 'refused', refusal: 'sign-in-required' });
    expect((await world.entryTypes(large)).filter((type) => type === 'DecisionRefused')).toHaveLength(1);
    expect(world.mails.at(-1)).toMatchObject({ to: 'operators@meridian.example' });
    expect(world.mails.at(-1)?.text).toContain('124000');
    expect(world.erp.allOrders()).toEqual([]);
  });
});

describe('invoices that do not match', () => {
  async function invoiced(world: PurchaseWorld, entry: Parameters<PurchaseWorld['erp']['enterInvoice']>[1]) {
    await world.submit(event);
    await world.approveOrder();
    world.erp.receiveGoods('PO-1');
    world.erp.enterInvoice('PO-1', entry);
    await world.poll();
  }

  it('go to the buyer with every difference, who accepts them with a reason', async () => {
    const world = new PurchaseWorld();
    await invoiced(world, { prices: { 1: '720.00' } });
    const mail = world.mails.findLast(({ to }) => to === 'sun.li@meridian.example');
    expect(mail?.text).toContain('720');

    expect(await world.decide('E-4001', 'accept')).toMatchObject({ kind: 'refused', refusal: 'comment-required' });
    await world.decide('E-4001', 'accept', 'The price rose in December; agreed by telephone');
    await world.pay();

    expect(world.erp.allPayments()).toMatchObject([{ amount: { amount: '6160.00' } }]);
    expect(await world.head(event)).toMatchObject({ outcome: 'paid' });
  });

  it('wait for the corrected invoice when the buyer asks for one', async () => {
    const world = new PurchaseWorld();
    await invoiced(world, { prices: { 1: '720.00' } });

    await world.decide('E-4001', 'correct', 'Ask the supplier for a new invoice');
    expect(world.erp.allPayments()).toEqual([]);
    expect((await world.head(event)).phase).toBe('Supplier invoice');
    world.erp.correctInvoice('INV-1', {});
    await world.poll();
    await world.pay();

    expect(world.erp.allPayments()).toMatchObject([{ amount: { amount: '5960.00' } }]);
  });

  it('end the purchase when the buyer cancels it; the goods are there, so the order stands, and that is said', async () => {
    const world = new PurchaseWorld();
    await invoiced(world, { extraLine: { description: 'Freight', amount: '900.00' } });

    await world.decide('E-4001', 'cancel', 'We return the goods');

    expect(await world.head(event)).toMatchObject({ outcome: 'cancelled', state: { undone: 'kept' } });
    expect(world.erp.allPayments()).toEqual([]);
    expect(await world.entryTypes(event)).toContain('OrderKept');
  });

  it('are matched again when the invoice is changed after the acceptance', async () => {
    const world = new PurchaseWorld();
    await invoiced(world, { prices: { 1: '720.00' } });
    await world.decide('E-4001', 'accept', 'Agreed');

    world.erp.correctInvoice('INV-1', { prices: { 1: '900.00' } });
    await world.decide('E-4002', 'approve');

    expect(world.erp.allPayments()).toEqual([]);
    expect((await world.entryTypes(event)).filter((type) => type === 'InvoicesMismatched')).toHaveLength(2);
  });

  it('count as such when one paper is entered twice', async () => {
    const world = new PurchaseWorld();
    await world.submit(event);
    await world.approveOrder();
    world.erp.receiveGoods('PO-1');
    world.erp.enterInvoice('PO-1', { supplierReference: '2026-77', quantities: { 1: '5', 2: '10' } });
    world.erp.enterInvoice('PO-1', { supplierReference: '2026-77', quantities: { 1: '0', 2: '10' } });
    await world.poll();

    const mismatch = (await world.record(event)).find((entry) => entry.type === 'InvoicesMismatched');
    expect(mismatch?.facts.differences).toMatchObject([{ kind: 'duplicate-invoice' }]);
  });
});

describe('a hold', () => {
  async function approvedUnderHold(): Promise<{ world: PurchaseWorld; processId: string }> {
    const world = new PurchaseWorld();
    await world.submit(event);
    await world.approveOrder();
    await world.deliver();
    const { processId } = await world.head(event);
    await placeHold(world.decisionDeps(), { processId, by: 'Zhao Lei', reason: 'Supplier under review' });
    await world.decide('E-4002', 'approve');
    return { world, processId };
  }

  it('stops the payment that was approved, and its release lets it go on', async () => {
    const { world, processId } = await approvedUnderHold();
    expect(world.erp.allPayments()).toEqual([]);
    expect((await world.head(event)).phase).toBe('On hold');

    const released = await releaseHolds(world.decisionDeps(), { processId, by: 'Zhao Lei', reason: 'Reviewed' });
    await world.run();

    expect(released).toBe('released');
    expect(world.erp.allPayments()).toMatchObject([{ amount: { amount: '5960.00' } }]);
    expect(await world.entryTypes(event)).toEqual(expect.arrayContaining(['HoldPlaced', 'HoldReleased']));
    expect(await world.damages(event)).toEqual([]);
  });

  it('is placed on nothing that has ended or was never there, and released only where one is', async () => {
    const world = new PurchaseWorld();
    await world.submit(event);
    const { processId } = await world.head(event);
    const order = { processId, by: 'Zhao Lei', reason: 'Review' };

    expect(await releaseHolds(world.decisionDeps(), order)).toBe('nothing-held');
    expect(await placeHold(world.decisionDeps(), { ...order, processId: 'P2P-none' })).toBe('unknown');
    await world.decide('E-2001', 'reject', 'No');
    expect(await placeHold(world.decisionDeps(), order)).toBe('ended');
  });
});
