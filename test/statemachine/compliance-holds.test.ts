import { describe, expect, it } from 'vitest';
import { verifyChain } from '../../functions/audit/domain/record.ts';
import type { Finding } from '../../functions/compliance/domain/finding.ts';
import { openCase } from '../../functions/compliance/open-case.ts';
import { watchRecord } from '../../functions/compliance/watch-record.ts';
import { updateProcess } from '../../functions/process/update-process.ts';
import { Compliance, OFFICER } from '../support/compliance.ts';
import { requisitionEvent } from '../support/purchase-company.ts';
import { PURCHASE_MACHINE } from '../support/purchase-machines.ts';
import { PurchaseWorld } from '../support/purchase-world.ts';
import { redriveFailed } from '../support/redrive.ts';

const event = requisitionEvent();
/** Hours that people take to read. */
const READING = 0.1;

/** People take their time, so that nothing is done faster than it can be read. */
async function approveOrder(world: PurchaseWorld): Promise<void> {
  await world.advance(READING);
  await world.decide('E-2001', 'approve');
  await world.advance(READING);
  await world.decide('E-3001', 'approve');
}

/** Somebody writes a yes of the requester into the record, past all that Meridian checks. */
async function plantOwnApproval(world: PurchaseWorld): Promise<void> {
  const { processId } = await world.head(event);
  await updateProcess(world.decisionDeps(), processId, () => ({
    change: {
      entries: [
        {
          type: 'DecisionMade',
          actor: { kind: 'person', id: 'E-1001' },
          facts: {
            approvalId: 'order-planted',
            subject: 'order',
            level: 0,
            employeeId: 'E-1001',
            action: 'approve',
            via: 'link',
          },
        },
      ],
    },
    output: undefined,
  }));
}

/** A purchase whose record shows a breach before its order. */
async function breached(options: ConstructorParameters<typeof PurchaseWorld>[0] = {}) {
  const world = new PurchaseWorld(options);
  const compliance = new Compliance(world);
  await world.submit(event);
  await plantOwnApproval(world);
  await compliance.watch();
  return { world, compliance };
}

describe('a purchase without fault', () => {
  it('raises no case from its requisition to its payment', async () => {
    const world = new PurchaseWorld();
    const compliance = new Compliance(world);
    await world.submit(event);
    await approveOrder(world);
    await world.deliver();
    await world.advance(READING);
    await world.pay();
    await compliance.watch();

    expect(await world.head(event)).toMatchObject({ outcome: 'paid' });
    expect(await compliance.open()).toEqual([]);
  });
});

describe('a hold that a detector placed', () => {
  it('stops the purchase before its order, and its release lets it go', async () => {
    const { world, compliance } = await breached();
    await approveOrder(world);

    expect(world.erp.allOrders()).toEqual([]);
    expect(await world.head(event)).toMatchObject({ phase: 'On hold', holds: [{ caseId: await compliance.only() }] });
    expect(await compliance.decide(await compliance.only(), 'release')).toBe('done');

    expect(world.erp.allOrders()).toHaveLength(1);
    expect(await compliance.open()).toEqual([]);
  });

  it('stays when the failed execution is redriven', async () => {
    let isDown = false;
    const { world, compliance } = await breached({
      fault: (_, name) => (isDown && (name === 'CreateOrder' || name === 'RouteApproval') ? 'refused' : undefined),
    });
    // The machine cannot ask the operators either, and its execution fails.
    isDown = true;
    await approveOrder(world);
    await world.giveUpRetrying();
    isDown = false;
    await redriveFailed(world, PURCHASE_MACHINE);
    await world.decide('operators', 'retry');

    expect(world.erp.allOrders()).toEqual([]);
    expect((await world.head(event)).phase).toBe('On hold');
    await compliance.decide(await compliance.only(), 'release');
    expect(world.erp.allOrders()).toHaveLength(1);
  });

  it('ends the purchase when the case is cancelled: nothing was ordered', async () => {
    const { world, compliance } = await breached();
    await approveOrder(world);
    const caseId = await compliance.only();

    expect(await compliance.decide(caseId, 'cancel')).toBe('done');

    expect(await world.head(event)).toMatchObject({ status: 'ended', outcome: 'cancelled', holds: [] });
    expect(world.erp.allOrders()).toEqual([]);
    expect(world.told().at(-1)).toBe('cancelled');
    expect(await compliance.read(caseId)).toMatchObject({ held: [], decision: { kind: 'cancel', by: OFFICER } });
    expect(await world.damages(event)).toEqual([]);
  });

  it('ends questions that are still open when it is cancelled', async () => {
    const { world, compliance } = await breached();
    await compliance.decide(await compliance.only(), 'cancel');

    expect(await world.head(event)).toMatchObject({ status: 'ended', outcome: 'cancelled' });
  });

  it('takes an order back that was made before', async () => {
    const world = new PurchaseWorld();
    const compliance = new Compliance(world);
    await world.submit(event);
    await approveOrder(world);
    await plantOwnApproval(world);
    await compliance.watch();
    await compliance.decide(await compliance.only(), 'cancel');

    expect(world.erp.allOrders()).toMatchObject([{ state: 'cancelled' }]);
    expect(await world.head(event)).toMatchObject({ outcome: 'cancelled' });
  });

  it('stands beside an operator’s: neither is released with the other', async () => {
    const { world, compliance } = await breached();
    await world.hold(event);
    await approveOrder(world);
    await compliance.decide(await compliance.only(), 'release');
    expect((await world.head(event)).phase).toBe('On hold');
    await world.release(event);
    expect(world.erp.allOrders()).toHaveLength(1);
  });

  it('is not for operators to release', async () => {
    const { world, compliance } = await breached();
    await approveOrder(world);
    await world.release(event);
    expect((await world.head(event)).phase).toBe('On hold');
    expect(await compliance.open()).toHaveLength(1);
  });
});

describe('a duplicate invoice', () => {
  it('holds both purchases before they are paid, and leaves what is decided alone', async () => {
    const world = new PurchaseWorld();
    const compliance = new Compliance(world);
    const other = requisitionEvent({ requestId: 'PR-2' });
    for (const one of [event, other]) {
      await world.submit(one);
      await approveOrder(world);
      await world.advance(24 * 30);
    }
    for (const orderNumber of ['PO-1', 'PO-2']) {
      world.erp.receiveGoods(orderNumber);
      world.erp.enterInvoice(orderNumber, { supplierReference: 'A-17' });
      await world.poll();
    }
    await compliance.watchEach((entries) => entries.toReversed());
    await world.advance(READING);
    const caseId = await compliance.only();
    expect(await compliance.read(caseId)).toMatchObject({ detector: 'duplicate-invoice', held: { length: 2 } });

    await world.decide('E-4002', 'approve');
    await compliance.watch();
    expect(world.erp.allPayments()).toEqual([]);
    await compliance.decide(caseId, 'release');
    await compliance.watch();

    expect(world.erp.allPayments()).toHaveLength(1);
    expect(await compliance.open()).toEqual([]);
  });
});

describe('a case', () => {
  it('is one, with one hold and one warning by each way, however often and by how many it is found at once', async () => {
    const { world, compliance } = await breached();
    const { processId } = await world.head(event);
    const entries = await world.record(event);
    await Promise.all([1, 2, 3].map(() => watchRecord(compliance.deps(), processId, entries)));
    await compliance.watchEach((all) => [...all.toReversed(), ...all]);

    expect((await world.head(event)).holds).toHaveLength(1);
    expect(world.mails.filter(({ to }) => to === 'he.jing@meridian.example')).toHaveLength(1);
    expect(world.warnings.map(({ channel }) => channel)).toEqual(['topic']);
    const caseId = await compliance.only();
    const record = await world.store.readRecord(caseId);
    expect(record.map(({ type }) => type)).toEqual(['CaseOpened', 'CaseProcessHeld', 'MailSent', 'WarningSent']);
    expect(verifyChain(caseId, record)).toEqual([]);
  });

  it('leaves no hold behind when it is decided while another finds it again', async () => {
    const { world, compliance } = await breached();
    const { processId } = await world.head(event);
    const entries = await world.record(event);
    const caseId = await compliance.only();
    await Promise.all([
      watchRecord(compliance.deps(), processId, entries),
      compliance.decide(caseId, 'release'),
      watchRecord(compliance.deps(), processId, entries),
    ]);

    expect((await world.head(event)).holds).toEqual([]);
    await approveOrder(world);
    expect(world.erp.allOrders()).toHaveLength(1);
  });

  it('is not decided by whoever asked for the process, or has decided in it', async () => {
    const { world, compliance } = await breached();
    await world.advance(READING);
    await world.decide('E-2001', 'approve');
    const caseId = await compliance.only();
    expect(await compliance.decide(caseId, 'release', 'E-1001')).toBe('has-part');
    expect(await compliance.decide(caseId, 'release', 'E-2001')).toBe('has-part');
    expect(await compliance.decide(caseId, 'release', OFFICER, ' ')).toBe('reason-required');

    const record = await world.store.readRecord(caseId);
    expect(record.filter(({ type }) => type === 'CaseDecisionRefused')).toHaveLength(3);
    expect((await world.head(event)).holds).toHaveLength(1);
  });
});

describe('a case that names somebody, and is about no process of theirs', () => {
  it.each<Pick<Finding, 'detector' | 'facts'>>([
    { detector: 'refused-attempts', facts: { employeeId: OFFICER, refusals: 'not-your-role' } },
    { detector: 'over-authority', facts: { subject: 'order', approvers: `E-2001, ${OFFICER}` } },
    { detector: 'split-purchase', facts: { requesters: `E-1001, ${OFFICER}` } },
    { detector: 'overdue', facts: { wait: 'level', owner: OFFICER } },
    { detector: 'unknown-document', facts: { document: 'payments', number: 'PAY-1', party: OFFICER } },
    { detector: 'account-changed', facts: { supplier: OFFICER, number: 'PAY-1' } },
    { detector: 'books-differ', facts: { document: OFFICER, field: 'paid-hours', expected: '152', found: '160' } },
  ])('is not decided by them: $detector', async ({ detector, facts }) => {
    const compliance = new Compliance(new PurchaseWorld());
    await openCase(compliance.deps(), { detector, facts, subject: 'theirs', processIds: [], evidence: [] });
    const caseId = await compliance.only();

    expect(await compliance.decide(caseId, 'close')).toBe('has-part');
    expect(await compliance.decide(caseId, 'close', 'E-3001')).toBe('done');
  });
});
