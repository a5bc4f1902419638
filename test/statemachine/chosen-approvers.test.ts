import { describe, expect, it } from 'vitest';
import { createFileDirectory } from '../../functions/directory/file-directory.ts';
import {
  CHOSEN,
  chosenByFirst,
  chosenByRequester,
  leavesBeforeRouting,
  WRONG_CHOICES,
} from '../support/chosen-approvers.ts';
import { directoryData, requisitionEvent } from '../support/purchase-company.ts';
import { handInPurchase } from '../support/purchase-end.ts';
import { PurchaseWorld } from '../support/purchase-world.ts';

describe('an order whose second approver the first one chooses', () => {
  it('is decided by whom they chose, and the record says by whom', async () => {
    const world = new PurchaseWorld({ policies: chosenByFirst });
    const event = requisitionEvent();
    await world.submit(event);

    expect(await world.act('E-2001', { kind: 'decide', action: 'approve', comment: '' })).toMatchObject({
      refusal: 'choose-next',
    });
    expect(await world.act('E-2001', { kind: 'decide', action: 'approve', next: 'E-3102', comment: '' })).toMatchObject(
      { outcome: 'next-level' },
    );
    expect(await world.decide('E-3102', 'approve')).toMatchObject({ outcome: 'approved' });

    const decisions = (await world.record(event)).filter(({ type }) => type === 'DecisionMade');
    expect(decisions.map(({ facts }) => [facts.employeeId, facts.next])).toEqual([
      ['E-2001', 'E-3102'],
      ['E-3102', undefined],
    ]);
    expect(await world.entryTypes(event)).toContain('DecisionRefused');
    expect(await world.damages(event)).toEqual([]);
  });
});

describe('an order whose first approver the requester chooses', () => {
  it('is decided by whom they chose', async () => {
    const world = new PurchaseWorld({ policies: chosenByRequester });
    const event = requisitionEvent({ requisition: CHOSEN });

    await world.submit(event);

    expect(await world.decide('E-2002', 'approve')).toMatchObject({ outcome: 'next-level' });
    expect(await world.damages(event)).toEqual([]);
  });

  it.each(WRONG_CHOICES)(
    'is refused where they chose %s: they and the OA are told the field and the remedy',
    async (_, choice, problem) => {
      const world = new PurchaseWorld({ policies: chosenByRequester });
      const event = requisitionEvent({ requisition: choice });

      await world.submit(event);

      expect(await world.head(event)).toMatchObject({ status: 'ended', outcome: 'refused' });
      const told = `requisition.approvers.reviewer: ${problem}`;
      expect(world.notices.at(-1)?.text.en).toContain(told);
      expect(world.notices.at(-1)?.text.en).toContain('write the employee id of somebody who may decide');
      expect(world.mails.at(-1)).toMatchObject({ to: 'li.na@meridian.example' });
      expect(world.mails.at(-1)?.text).toContain(told);
      expect(await world.entryTypes(event)).toContain('RequisitionRefused');
      expect(await world.entryTypes(event)).not.toContain('ApprovalRouted');
      await handInPurchase(world, event, { record: 'refused', erp: 'nothing', oa: 'accepted refused' });
    },
  );

  it.each(WRONG_CHOICES)(
    'goes back once more where it was returned and now names %s, and on once somebody who may decide is named',
    async (_, choice, problem) => {
      const world = new PurchaseWorld({ policies: chosenByRequester });
      const event = requisitionEvent({ requisition: CHOSEN });
      await world.submit(event);
      await world.returnIt('E-2002');
      await world.resubmit(requisitionEvent({ requisition: choice }));

      expect(world.notices.at(-1)).toMatchObject({ status: 'resubmission-refused', facts: { version: 1 } });
      expect(world.notices.at(-1)?.text.en).toContain(`requisition.approvers.reviewer: ${problem}`);
      expect(world.mails.at(-1)).toMatchObject({ to: 'li.na@meridian.example' });
      expect(world.mails.at(-1)?.text).toContain(`requisition.approvers.reviewer: ${problem}`);
      expect(await world.entryTypes(event)).toContain('ResubmissionRefused');
      expect(await world.head(event)).toMatchObject({ status: 'running' });

      expect(await world.resubmit(requisitionEvent({ requisition: CHOSEN }), { eventId: 'corrected' })).toBe('taken');
      expect(await world.decide('E-2002', 'approve')).toMatchObject({ outcome: 'next-level' });
      expect(await world.damages(event)).toEqual([]);
    },
  );

  it('goes back once more where it was returned, and whom it names leaves before it is routed', async () => {
    const leaving = leavesBeforeRouting(createFileDirectory(directoryData), 'E-2002');
    const world = new PurchaseWorld(leaving);
    const event = requisitionEvent({ requisition: CHOSEN });
    await world.submit(event);
    await world.returnIt('E-2002');
    leaving.leaveSoon();
    expect(await world.resubmit(event)).toBe('taken');

    expect(await world.head(event)).toMatchObject({ status: 'running', phase: 'Rework', documentVersion: 2 });
    expect(world.notices.at(-1)).toMatchObject({ status: 'returned', facts: { version: 2 } });
    expect(world.notices.at(-1)?.text.en).toContain('requisition.approvers.reviewer: E-2002 is inactive');
    expect(world.mails.at(-1)).toMatchObject({ to: 'li.na@meridian.example' });
    expect(world.mails.at(-1)?.text).toContain('requisition.approvers.reviewer');
    expect(world.mails.at(-1)?.text).toContain('E-2002 is inactive');
    expect(await world.entryTypes(event)).toContain('ReturnedByCheck');

    const other = { approvers: { reviewer: 'E-3001' } };
    expect(await world.resubmit(event, { version: 2, eventId: 'other', changes: other })).toBe('taken');
    expect(await world.head(event)).toMatchObject({ phase: 'Order approval', documentVersion: 3 });
    const end = {
      record: 'return (Order approval)',
      erp: 'nothing',
      oa: 'accepted returned accepted returned accepted',
    };
    await handInPurchase(world, event, end);
  });
});
