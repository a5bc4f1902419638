/** The rules tell documents apart by category, currency and legal entity: who is asked in a process, and what is written down of it. */
import { describe, expect, it } from 'vitest';
import { readApprovalItem } from '../../functions/approvals/approval-store.ts';
import { previewReroute } from '../../functions/approvals/re-route-tasks.ts';
import { approvalKey } from '../../functions/process/keys.ts';
import { claimEvent } from '../support/expense-company.ts';
import { ExpenseWorld } from '../support/expense-world.ts';
import { LeaveWorld, leaveEvent } from '../support/leave-world.ts';
import { companyPolicies, requisitionEvent } from '../support/purchase-company.ts';
import { PurchaseWorld } from '../support/purchase-world.ts';

const MANAGER = 'E-2001';
const PAPER = { productCode: 'P-1002', quantity: '10', unitPrice: '128.00', amount: '1280.00' };
/** Of the category `custom-made` in the ERP. */
const FIXTURE = { productCode: 'P-5001', quantity: '1', unitPrice: '900.00', amount: '900.00' };

const routedOf = async (world: PurchaseWorld, event: ReturnType<typeof requisitionEvent>) =>
  (await world.record(event)).find(({ type }) => type === 'ApprovalRouted');

describe('who approves a purchase of several lines', () => {
  it('are those for each of its categories, whichever stands first, and the record says what was asked', async () => {
    for (const lines of [
      [PAPER, FIXTURE],
      [FIXTURE, PAPER],
    ]) {
      const world = new PurchaseWorld();
      const event = requisitionEvent({ requisition: { lines, total: '2180.00' } });

      await world.submit(event);

      expect((await routedOf(world, event))?.facts).toMatchObject({
        amount: '2180.00',
        levels: [{ name: 'Manager' }, { name: 'Buyer' }],
        legalEntities: ['CN01'],
        lines: [
          { category: '', currency: 'CNY' },
          { category: 'custom-made', currency: 'CNY' },
        ],
      });
      await world.decide(MANAGER, 'approve');
      expect(world.erp.allOrders()).toEqual([]);
      await world.decide(await world.lastAsked(), 'approve');
      expect(world.erp.allOrders()).toHaveLength(1);
      expect(await world.damages(event)).toEqual([]);
    }
  });

  it('are those for the category that the requester names, beside those that the ERP has', async () => {
    const world = new PurchaseWorld();
    const lines = [PAPER, { ...PAPER, category: 'custom-made' }];
    const event = requisitionEvent({ requisition: { lines, total: '2560.00' } });

    await world.submit(event);

    expect((await routedOf(world, event))?.facts).toMatchObject({ levels: [{ name: 'Manager' }, { name: 'Buyer' }] });
  });

  it('are those for the legal entity of its cost centre, which it need not name', async () => {
    const world = new PurchaseWorld();
    const lines = [{ ...PAPER, quantity: '200', amount: '25600.00' }];
    const event = requisitionEvent({ requisition: { lines, total: '25600.00', costCentre: 'CC-E100' } });

    await world.submit(event);

    expect((await routedOf(world, event))?.facts).toMatchObject({
      levels: [{ name: 'Manager' }, { name: 'Department head' }, { name: 'Managing directors' }],
      legalEntities: ['DE01'],
    });
  });

  it('are those for its currency, by its amount in the company’s', async () => {
    const world = new PurchaseWorld();
    const lines = [{ productCode: 'P-3001', quantity: '125', unitPrice: '45.50', amount: '5687.50' }];
    const event = requisitionEvent({
      requisition: { supplierCode: 'SUP-003', currency: 'USD', lines, total: '5687.50' },
    });

    await world.submit(event);

    expect((await routedOf(world, event))?.facts).toMatchObject({
      amount: '40950.00',
      levels: [{ name: 'Manager' }, { name: 'Department head' }, { name: 'Finance director' }],
      lines: [{ category: '', currency: 'USD' }],
    });
  });
});

describe('who approves an expense claim', () => {
  it('is asked of each line’s category and of the legal entity that pays', async () => {
    const world = new ExpenseWorld();
    const event = claimEvent();

    await world.submit(event);

    const routed = (await world.record(event)).find(({ type }) => type === 'ApprovalRouted');
    expect(routed?.facts).toMatchObject({
      legalEntities: ['CN01'],
      lines: event.claim.lines.map(({ category, currency }) => ({ category, currency })),
    });
  });
});

describe('who approves a leave', () => {
  it('is asked by its kind, and by the legal entity of the requester', async () => {
    const world = new LeaveWorld();
    const event = leaveEvent();

    await world.submit(event);

    const routed = (await world.record(event)).find(({ type }) => type === 'ApprovalRouted');
    const lines = [{ category: event.leave.kind, currency: 'CNY' }];
    expect(routed?.facts).toMatchObject({ legalEntities: ['CN01'], lines });
  });
});

describe('an approval that was routed before the rules told such things apart', () => {
  it('is decided as it stands, and follows a change of the rules by its currency and cost centre', async () => {
    const world = new PurchaseWorld();
    const event = requisitionEvent();
    await world.submit(event);
    const { processId } = await world.head(event);
    const approvalId = String((await routedOf(world, event))?.facts.approvalId);
    const { value, version } = await readApprovalItem(world.store, processId, approvalId);
    const { scope: _unknown, ...plan } = value.plan;
    const key = approvalKey(processId, approvalId);
    const older = { kind: 'replace', key, value: { ...value, plan }, ifVersion: version } as const;
    await world.store.commit({ entries: [], personal: [], changes: [older] });

    const deps = { ...world.decisionDeps(), policies: companyPolicies };
    expect(await previewReroute(deps, { by: 'Lin', directoryVersion: 1 })).toEqual([]);
    await world.approveOrder();
    expect(world.erp.allOrders()).toHaveLength(1);
  });
});
