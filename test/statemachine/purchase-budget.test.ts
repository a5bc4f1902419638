/** The budget and the earlier purchases that approvers are shown, along the ways of a purchase. */
import { describe, expect, it } from 'vitest';
import { viewInPerson } from '../../functions/approvals/act-in-person.ts';
import { listApprovals } from '../../functions/approvals/approval-store.ts';
import { type RequisitionEvent, requisitionEvent } from '../support/purchase-company.ts';
import { PurchaseWorld } from '../support/purchase-world.ts';
import { event, payAll } from './purchase-story-parts.ts';

const LATER = requisitionEvent({ requestId: 'PR-2' });

/** What was shown of each question about a purchase, by its subject and version. */
async function documentsOf(world: PurchaseWorld, asked: RequisitionEvent) {
  const { processId } = await world.head(asked);
  const approvals = await listApprovals(world.store, processId);
  return Object.fromEntries(
    approvals.map(({ plan }) => [`${plan.subject} ${plan.documentVersion}`, plan.document] as const),
  );
}

describe('the budget that is shown', () => {
  it('is charged with what Meridian ordered, and with its invoice instead once that has come', async () => {
    const world = new PurchaseWorld();
    await world.submit(event);
    await world.approveOrder();
    await world.submit(LATER);
    await world.decide('E-2001', 'reject', 'Enough chairs');
    await world.deliver();
    await world.pay();
    const latest = requisitionEvent({ requestId: 'PR-3' });
    await world.submit(latest);

    const [first, later, last] = [
      await documentsOf(world, event),
      await documentsOf(world, LATER),
      await documentsOf(world, latest),
    ].map((documents) => documents['order 1']?.budget);

    expect(first).toMatchObject({ used: '0.00', committed: '0.00', leftAfter: '594040.00' });
    expect(later).toMatchObject({ used: '0.00', committed: '5960.00', leftAfter: '588080.00' });
    expect(last).toMatchObject({ used: '5960.00', committed: '0.00', leftAfter: '588080.00' });
  });

  it('is that of the moment for each version, and none for the payment', async () => {
    const world = new PurchaseWorld();
    await world.submit(event);
    await world.returnIt('E-2001');
    await world.erp.createOrder({
      ...{ key: 'by-others', supplierCode: 'SUP-001', currency: 'CNY', orderDate: '2026-01-01', description: '' },
      costCentre: 'CC-100',
      lines: [{ lineNumber: 1, productCode: 'P-1001', quantity: '1', unitPrice: '1000.00' }],
    });
    await world.resubmit(event);
    await world.approveOrder();
    await world.deliver('PO-2');

    const documents = await documentsOf(world, event);

    expect(documents['order 1']?.budget).toMatchObject({ committed: '0.00', leftAfter: '594040.00' });
    expect(documents['order 2']?.budget).toMatchObject({ committed: '1000.00', leftAfter: '593040.00' });
    expect(documents['payment 2']).toMatchObject({ title: 'Chairs and paper' });
    expect(documents['payment 2']).not.toHaveProperty('budget');
    expect(documents['payment 2']).not.toHaveProperty('earlierRequests');
  });

  it('stands in the record, since it was decided by', async () => {
    const world = new PurchaseWorld();
    await world.submit(event);

    const enriched = (await world.record(event)).find(({ type }) => type === 'RequisitionEnriched');

    expect(enriched?.facts).toMatchObject({
      budget: {
        from: '2026-01-01',
        to: '2026-12-31',
        budgeted: { amount: '600000.00', currency: 'CNY' },
        used: { amount: '0.00', currency: 'CNY' },
        committed: { amount: '0.00', currency: 'CNY' },
      },
    });
  });

  it('is asked for again when the ERP was down, as everything is that is asked of it', async () => {
    const world = new PurchaseWorld();
    let isUp = false;
    world.erp.fault = (operation) => {
      const isDown = operation === 'readBudget' && !isUp;
      isUp ||= isDown;
      return isDown ? 'down' : undefined;
    };

    await world.submit(event);
    await world.advance(1);

    expect(world.erp.calls.filter((operation) => operation === 'readBudget')).toHaveLength(2);
    expect((await documentsOf(world, event))['order 1']).toHaveProperty('budget');
  });

  it('is an operator’s business when the ERP refuses to tell it', async () => {
    const world = new PurchaseWorld();
    world.erp.fault = (operation) => (operation === 'readBudget' ? 'refuses' : undefined);
    await world.submit(event);
    expect(Object.keys(await documentsOf(world, event))).toEqual(['operator 1']);
    world.erp.fault = () => undefined;

    await world.decide('operators', 'retry');

    expect((await documentsOf(world, event))['order 1']).toHaveProperty('budget');
  });
});

/** What the page of its manager says has come since. */
async function sinceShown(world: PurchaseWorld, asked: RequisitionEvent) {
  const { processId } = await world.head(asked);
  const [approval] = await listApprovals(world.store, processId);
  const {
    plan: { approvalId },
  } = approval ?? expect.fail('nothing is asked');
  const task = { processId, approvalId, employeeId: 'E-2001', via: 'signed-in' } as const;
  return (await viewInPerson(world.decisionDeps(), task))?.requestsSince;
}

describe('earlier purchases that are shown', () => {
  it('are told with what became of them when the purchase is asked for', async () => {
    const world = new PurchaseWorld();
    await world.submit(event);
    await payAll(world);
    await world.submit(LATER);
    await world.decide('E-2001', 'reject', 'Not again');
    const latest = requisitionEvent({ requestId: 'PR-3' });
    await world.submit(latest);

    const { earlierRequests } = (await documentsOf(world, latest))['order 1'] ?? {};

    expect(earlierRequests).toMatchObject({
      count: 1,
      total: '5960.00',
      latest: [{ outcome: 'rejected' }, { number: 'PO-1', outcome: 'paid' }],
    });
  });

  it('stand beside the payment too, with what has become of them since', async () => {
    const world = new PurchaseWorld();
    await world.submit(event);
    await payAll(world);
    await world.submit(LATER);
    await world.approveOrder();
    await world.deliver('PO-2');

    const documents = await documentsOf(world, LATER);

    const earlier = { of: 'purchases', count: 1, total: '5960.00', latest: [{ number: 'PO-1', outcome: 'paid' }] };
    expect(documents['payment 1']).toMatchObject({ earlierRequests: earlier });
  });

  it('are known to each other where two are asked for at the same moment', async () => {
    const world = new PurchaseWorld();
    await world.start(event);
    await world.start(LATER);
    await world.run();

    const counts = [await documentsOf(world, event), await documentsOf(world, LATER)].map(
      (documents) => documents['order 1']?.earlierRequests?.count ?? 0,
    );

    expect(counts.toSorted()).toEqual([0, 1]);
    const since = [await sinceShown(world, event), await sinceShown(world, LATER)];
    expect(since.map((shown, index) => (shown?.count ?? 0) + (counts[index] ?? 0))).toEqual([1, 1]);
    expect(since.flatMap((shown) => shown?.latest ?? [])).toMatchObject([{ amount: '5960.00' }]);
  });
});
