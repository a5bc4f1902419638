import { describe, expect, it, vi } from 'vitest';
import { caseIdOf } from '../../functions/compliance/domain/finding.ts';
import { reconciledKey } from '../../functions/process/keys.ts';
import { digestOf, findingOf } from '../../functions/reconciliation/domain/mismatch.ts';
import { readMismatches } from '../../functions/reconciliation/read-mismatches.ts';
import { Compliance, OFFICER } from '../support/compliance.ts';
import { FakeTime } from '../support/fake-time.ts';
import { companyPolicies, requisitionEvent } from '../support/purchase-company.ts';
import { PurchaseWorld } from '../support/purchase-world.ts';
import { Reconciliation } from '../support/reconciliation.ts';

const event = requisitionEvent();
/** Hours from a first look to the second. */
const QUARTER = 0.25;
const NOTES = ['CaseMended', 'CaseSeenAgain', 'CaseEvidenceAdded'];

async function opened() {
  const world = new PurchaseWorld();
  await world.submit(event);
  return { world, books: new Reconciliation(world), compliance: new Compliance(world) };
}

async function ordered() {
  const opening = await opened();
  await opening.world.approveOrder();
  return opening;
}

async function paid() {
  const opening = await ordered();
  await opening.world.deliver();
  await opening.world.pay();
  return opening;
}

/** Walks, looks, and looks again at what seemed wrong; gives how many cases were opened. */
async function twice({ world, books }: Awaited<ReturnType<typeof opened>>): Promise<number> {
  await books.walk();
  const first = await books.work();
  await world.advance(QUARTER);
  return first + (await books.work());
}

const dearer = (world: PurchaseWorld, unitPrice: string) => {
  const [order] = world.erp.allOrders();
  const [line, ...others] = order?.lines ?? [];
  if (line !== undefined) {
    world.erp.changeOrder('PO-1', { lines: [{ ...line, unitPrice }, ...others] });
  }
};

/** The first two who read the item have both read it before either goes on. */
function bothReadFirst(store: PurchaseWorld['store'], { sort }: { readonly sort: string }): void {
  const waiting: (() => void)[] = [];
  const read = store.read.bind(store);
  vi.spyOn(store, 'read').mockImplementation(async (key) => {
    const item = await read<never>(key);
    if (key.sort === sort && waiting.length < 2) {
      await new Promise<void>((goOn) => {
        waiting.push(goOn);
        for (const each of waiting.length === 2 ? waiting : []) {
          each();
        }
      });
    }
    return item;
  });
}

describe('a purchase and the books of the ERP', () => {
  it('agree from the order to the payment, and raise no case', async () => {
    const opening = await paid();

    expect(await twice(opening)).toBe(0);
    expect(opening.books.queue).toEqual([]);
  });

  it('that differ become a case that names the field, both values and the safe fix, once', async () => {
    const opening = await ordered();
    dearer(opening.world, '777');

    expect(await twice(opening)).toBe(1);
    await opening.books.ask((await opening.world.head(event)).processId);
    await opening.books.work();
    await opening.world.advance(QUARTER);
    expect(await opening.books.work()).toBe(0);

    const caseId = await opening.compliance.only();
    const { processId } = await opening.world.head(event);
    const [line] = event.requisition.lines;
    expect(await opening.compliance.read(caseId)).toMatchObject({
      detector: 'books-differ',
      processIds: [processId],
      held: [processId],
      facts: {
        document: 'PO-1',
        field: 'unit-price',
        part: '1',
        expected: line?.unitPrice,
        found: '777',
        fix: 'restore',
      },
    });
  });

  it('are looked at twice: what is set right in between is no case', async () => {
    const { world, books, compliance } = await ordered();
    const [before] = world.erp.allOrders();
    dearer(world, '777');
    await books.walk();
    expect(await books.work()).toBe(0);
    expect(books.queue).toHaveLength(1);

    world.erp.changeOrder('PO-1', { lines: before?.lines ?? [] });
    await world.advance(QUARTER);

    expect(await books.work()).toBe(0);
    expect(await compliance.open()).toEqual([]);
  });

  it('are looked at a third time when the second look sees another value', async () => {
    const { world, books } = await ordered();
    dearer(world, '777');
    await books.walk();
    await books.work();
    dearer(world, '888');
    await world.advance(QUARTER);
    expect(await books.work()).toBe(0);
    await world.advance(QUARTER);

    expect(await books.work()).toBe(1);
  });

  it('that agree again leave a note on the case, which stays open, and another when they differ again', async () => {
    const opening = await ordered();
    const { world, books, compliance } = opening;
    const [before] = world.erp.allOrders();
    const { processId } = await world.head(event);
    const look = async () => {
      await books.ask(processId);
      await books.work();
      await world.advance(QUARTER);
      await books.work();
    };
    dearer(world, '777');
    await twice(opening);
    const caseId = await compliance.only();
    const notes = async () =>
      (await world.store.readRecord(caseId)).map(({ type }) => type).filter((type) => NOTES.includes(type));

    world.erp.changeOrder('PO-1', { lines: before?.lines ?? [] });
    await look();
    await look();
    expect(await notes()).toEqual(['CaseMended']);
    expect(await compliance.only()).toBe(caseId);

    dearer(world, '777');
    await look();
    await look();
    expect(await notes()).toEqual(['CaseMended', 'CaseSeenAgain']);
    expect(await compliance.decide(caseId, 'release')).toBe('done');
  });

  it('that differ again in the same way after somebody decided are another case, which holds anew', async () => {
    const opening = await ordered();
    const { world, books, compliance } = opening;
    const [before] = world.erp.allOrders();
    const { processId } = await world.head(event);
    const look = async () => {
      await books.ask(processId);
      const first = await books.work();
      await world.advance(QUARTER);
      return first + (await books.work());
    };
    dearer(world, '777');
    await twice(opening);
    const cases = [await compliance.only()];
    await compliance.decide(cases[0] ?? '', 'release');
    expect(await look()).toBe(0);

    for (const returns of [1, 2]) {
      world.erp.changeOrder('PO-1', { lines: before?.lines ?? [] });
      expect(await look()).toBe(0);
      dearer(world, '777');
      expect(await look()).toBe(1);
      expect(await look()).toBe(0);

      const caseId = await compliance.only();
      expect(cases).not.toContain(caseId);
      const earlierCase = cases.at(-1);
      expect(await compliance.read(caseId)).toMatchObject({ held: [processId], facts: { found: '777', earlierCase } });
      cases.push(caseId);
      expect([returns, await compliance.decide(caseId, 'release')]).toEqual([returns, 'done']);
      expect(await look()).toBe(0);
    }
  });

  it('that are looked at twice in the same instant lose no case: each is noted once it agrees again', async () => {
    const { world, books } = await ordered();
    const [before] = world.erp.allOrders();
    const { processId } = await world.head(event);
    const [line, ...others] = before?.lines ?? [];
    const lines = line === undefined ? others : [{ ...line, unitPrice: '777', quantity: '99' }, ...others];
    world.erp.changeOrder('PO-1', { lines });
    const { store, erp, ledger } = world;
    const sides = { store, erp, ledger, time: new FakeTime([]), policies: companyPolicies };
    const found = (await readMismatches(sides, processId)) ?? [];
    const second = ['unit-price', 'quantity'].map((wanted) => found.filter(({ field }) => field === wanted));
    books.queue.push(
      ...second.map((seen) => ({ detail: { kind: 'process' as const, processId, seen: seen.map(digestOf) }, at: 0 })),
    );

    bothReadFirst(store, reconciledKey(processId));

    await books.workAtOnce();
    await books.work();
    world.erp.changeOrder('PO-1', { lines: before?.lines ?? [] });
    await books.ask(processId);
    await books.work();

    const cases = new Set(second.flat().map((mismatch) => caseIdOf(findingOf(processId, mismatch))));
    expect(cases.size).toBe(2);
    for (const caseId of cases) {
      expect((await world.store.readRecord(caseId)).map(({ type }) => type)).toContain('CaseMended');
    }
  });

  it('leave alone what the ERP has done and the process has not heard of yet', async () => {
    const opening = await ordered();
    opening.world.erp.receiveGoods('PO-1');
    opening.world.erp.enterInvoice('PO-1');

    expect(await twice(opening)).toBe(0);
  });

  it('are compared the day after a record grew, whatever the ERP tells', async () => {
    const { world } = await paid();
    world.erp.cancelOrderInErp('PO-1');
    const { processId } = await world.head(event);

    const { store, erp, ledger } = world;
    const deps = { store, erp, ledger, time: new FakeTime([]), policies: companyPolicies };
    expect(await readMismatches(deps, processId)).toMatchObject([
      { field: 'order-state', expected: 'confirmed', found: 'cancelled' },
    ]);
    expect(await readMismatches(deps, 'P-NOBODY')).toBeUndefined();
  });
});

describe('documents in the ERP', () => {
  const amount = { amount: '900.00', currency: 'CNY' };

  it('that no process made become cases, and those of processes do not', async () => {
    const opening = await paid();
    const { processId } = await opening.world.head(event);
    opening.books.books.type({ section: 'orders', number: 'PO-77', party: 'SUP-001', amount });
    const about = [`${processId}-order`];
    opening.books.books.type({ section: 'payments', number: 'PAY-77', party: 'SUP-001', amount, about });

    expect(await twice(opening)).toBe(2);

    const cases = await opening.compliance.open();
    expect(cases.map(({ facts, processIds }) => [facts.number, processIds]).sort()).toEqual([
      ['PAY-77', [processId]],
      ['PO-77', []],
    ]);
    expect(await twice(opening)).toBe(0);
  });

  it('are asked for their process from a day on', async () => {
    const { world, books } = await opened();
    books.books.type({ section: 'orders', number: 'PO-77', party: '', amount, createdAt: '2025-06-01T00:00:00.000Z' });

    await books.walk({ since: '2026-01-01' });

    expect(await books.work()).toBe(0);
    await world.advance(QUARTER);
    expect(await books.work()).toBe(0);
  });

  it('are walked through a page at a time, and the walk goes on where it stopped', async () => {
    const { books } = await opened();
    for (const number of ['PO-71', 'PO-72', 'PO-73', 'PO-74', 'PO-75']) {
      books.books.type({ section: 'orders', number, party: '', amount });
    }

    const told = [(await books.walk({ pages: 1 })).documents, (await books.walk({ pages: 2 })).documents];

    expect(told).toEqual([2, 3]);
    expect((await books.walk()).documents).toBe(0);
  });

  it('that pay a supplier whose bank account was changed before become a case, which holds the purchase', async () => {
    const opening = await ordered();
    const { world, books, compliance } = opening;
    const since = '2020-01-01T00:00:00.000Z';
    books.books.setAccount('SUP-OTHER', '7', since);
    await world.deliver();
    await world.decide('E-4002', 'approve');
    expect(await twice(opening)).toBe(0);

    books.books.setAccount(event.requisition.supplierCode, '8', since);
    world.erp.confirmPayment('PAY-1');
    expect(await twice(opening)).toBe(1);

    const { processId } = await world.head(event);
    expect(await compliance.read(await compliance.only())).toMatchObject({
      detector: 'account-changed',
      processIds: [processId],
      facts: { supplier: event.requisition.supplierCode, number: 'PAY-1', fix: 'ask' },
    });
  });

  it('hold a purchase before its payment when the account of its supplier was changed, in the same case as afterwards', async () => {
    const opening = await ordered();
    const { world, books, compliance } = opening;
    const { processId } = await world.head(event);
    await world.deliver();
    books.books.setAccount(event.requisition.supplierCode, '8', '2020-01-01T00:00:00.000Z');

    await world.decide('E-4002', 'approve');
    expect(world.erp.allPayments()).toEqual([]);
    const caseId = await compliance.only();
    expect(await compliance.read(caseId)).toMatchObject({
      ...{ detector: 'account-changed', held: [processId], evidence: [{ processId }] },
      facts: { number: 'INV-1', amount: '5960.00 CNY', fix: 'ask' },
    });
    await books.ask(processId);
    expect(await books.work()).toBe(0);

    expect(await compliance.decide(caseId, 'release')).toBe('done');
    expect(world.erp.allPayments()).toHaveLength(1);
    expect(await twice(opening)).toBe(0);
    world.erp.confirmPayment('PAY-1');
    await world.poll();
    expect(await world.head(event)).toMatchObject({ outcome: 'paid' });
  });

  it('that pay employees say nothing of the accounts of suppliers', async () => {
    const opening = await opened();
    const { books } = opening;
    books.books.setAccount('E-1001', '9', '2020-01-01T00:00:00.000Z');
    const about = ['EXP-1-entry'];
    books.books.type({ section: 'payments', number: 'EP-7', party: 'E-1001', amount, about });

    await twice(opening);

    expect((await opening.compliance.open()).map(({ detector }) => detector)).toEqual(['unknown-document']);
  });

  it('leave a purchase alone whose supplier has nothing to be paid yet', async () => {
    const { world, books } = await ordered();
    books.books.setAccount(event.requisition.supplierCode, '8', '2020-01-01T00:00:00.000Z');

    await books.ask((await world.head(event)).processId);

    expect(await books.work()).toBe(0);
  });

  it('are shown to compliance, who closes the case', async () => {
    const opening = await opened();
    opening.books.books.type({ section: 'orders', number: 'PO-77', party: 'SUP-001', amount });
    await twice(opening);

    const caseId = await opening.compliance.only();
    expect(await opening.compliance.decide(caseId, 'close', OFFICER)).toBe('done');
    expect(await twice(opening)).toBe(0);
  });
});
