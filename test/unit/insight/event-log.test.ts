import { describe, expect, it } from 'vitest';
import { clockTime } from '../../../functions/calendar/domain/worked-time.ts';
import { courseOf } from '../../../functions/insight/domain/course.ts';
import { EVENT_COLUMNS, entryOfRow, eventRow } from '../../../functions/insight/domain/event-log.ts';
import { claimEvent } from '../../support/expense-company.ts';
import { ExpenseWorld } from '../../support/expense-world.ts';
import { LeaveWorld, leaveEvent } from '../../support/leave-world.ts';
import { OfficeWorld, officeEvent } from '../../support/office-world.ts';
import { PayrollWorld } from '../../support/payroll-world.ts';
import { requisitionEvent } from '../../support/purchase-company.ts';
import { PurchaseWorld } from '../../support/purchase-world.ts';

async function purchase() {
  const world = new PurchaseWorld();
  const event = requisitionEvent();
  await world.submit(event);
  await world.approveOrder();
  world.erp.fault = (operation) => (operation === 'createOrder' ? 'refuses' : undefined);
  await world.deliver();
  await world.pay();
  return world.record(event);
}

async function claim() {
  const world = new ExpenseWorld();
  const event = claimEvent();
  await world.submit(event);
  await world.returnIt('E-2001', 'Who was Mr Lotus?');
  await world.run();
  await world.resubmit(event);
  return world.record(event);
}

async function leave() {
  const world = new LeaveWorld();
  const event = leaveEvent();
  await world.submit(event);
  await world.approve();
  return world.record(event);
}

async function office() {
  const world = new OfficeWorld();
  const event = officeEvent();
  await world.submit(event);
  await world.approve();
  return world.record(event);
}

describe('the event log', () => {
  it('says of a process what its record says', async () => {
    for (const record of [await purchase(), await claim(), await leave(), await office()]) {
      const rows = record.flatMap((entry) => eventRow(entry) ?? []);
      expect(rows).toHaveLength(record.length);
      expect(courseOf(rows.map(entryOfRow), clockTime)).toEqual(courseOf(record, clockTime));
    }
  });

  it('has no text that a person wrote', async () => {
    const written = [
      'Chairs and paper',
      'New colleagues',
      'Dinner with a customer',
      'Lotus',
      'wedding',
      'Lease of the north',
    ];
    for (const record of [await purchase(), await claim(), await leave(), await office()]) {
      const log = JSON.stringify(record.map(eventRow));
      expect(written.filter((text) => log.includes(text))).toEqual([]);
    }
  });

  it('has the process, the level and who decided in columns of their own', async () => {
    const record = await purchase();
    const rows = record.flatMap((entry) => eventRow(entry) ?? []);
    expect(rows.find(({ type }) => type === 'DecisionMade')).toMatchObject({
      kind: 'procure-to-pay',
      subject: 'order',
      level: 0,
      level_name: 'Manager',
      employee_id: 'E-2001',
      action: 'approve',
      document_version: 1,
    });
    expect(rows.find(({ type }) => type === 'RequisitionEnriched')).toMatchObject({
      amount: '5960.00',
      currency: 'CNY',
    });
    expect(rows[0]).toMatchObject({
      requester_id: 'E-1001',
      cost_centre: 'CC-100',
      occurred_at: record[0]?.occurredAt,
    });
  });

  it('has every column of the table, and no other', async () => {
    const [first] = await leave();
    const row = first === undefined ? undefined : eventRow(first);
    expect(Object.keys(row ?? {})).toEqual(EVENT_COLUMNS.map(([name]) => name));
  });

  it('has nothing of payslips', async () => {
    const world = new PayrollWorld();
    await world.begin();
    await world.payrollAnswers();
    const records = await Promise.all([...world.store.phases.keys()].map((id) => world.store.readRecord(id)));
    const payslips = records.flat().filter(({ type }) => type.startsWith('Payslip'));
    expect(payslips.length).toBeGreaterThan(0);
    expect(payslips.flatMap((entry) => eventRow(entry) ?? [])).toEqual([]);
  });
});
