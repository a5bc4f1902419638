/** What comes twice, too early, or in another order than it was sent: each has its answer, once. */
import { describe, expect, it } from 'vitest';
import { EXPENSE } from '../../functions/expenses/domain/expense.ts';
import { recordEmployeePayment } from '../../functions/expenses/record-employee-payment.ts';
import { claimEvent } from '../support/expense-company.ts';
import { handInExpense, PAID } from '../support/expense-end.ts';
import { ExpenseWorld, MANAGER } from '../support/expense-world.ts';
import { wrongEvent } from './expense-stories.ts';

const event = claimEvent();
const right = event.claim;

async function approved(world = new ExpenseWorld()): Promise<ExpenseWorld> {
  await world.submit(event);
  await world.approve();
  return world;
}

function timesOf(types: readonly string[], wanted: string): number {
  return types.filter((type) => type === wanted).length;
}

describe('the news that an employee was paid', () => {
  const hear = (world: ExpenseWorld) =>
    recordEmployeePayment({ ...world.decisionDeps(), ledger: world.ledger }, 'JE-1');

  it('counts once, though it comes twice at once and again after the end', async () => {
    const world = await approved();
    world.ledger.settlePayment('EP-1', 'completed');

    await Promise.all([hear(world), hear(world)]);
    await world.run();
    await hear(world);
    await world.run();

    const types = await world.entryTypes(event);
    expect(timesOf(types, 'PaymentCompleted')).toBe(1);
    expect(types).not.toContain('ResumeRefused');
    await handInExpense(world, event, PAID);
  });

  it.each([
    ['and the ERP says so', hear],
    ['and nobody says so', async () => {}],
  ])('may come before anybody waits for it: the bank was faster %s', async (_, news) => {
    let isDown = true;
    const world = await approved(
      new ExpenseWorld({ fault: (__, name) => (name === 'AwaitExpense' && isDown ? 'dies-before' : undefined) }),
    );
    expect((await world.head(event)).waits).toEqual({});
    world.ledger.settlePayment('EP-1', 'completed');
    await news(world);
    isDown = false;

    await world.giveUpRetrying();

    expect(timesOf(await world.entryTypes(event), 'PaymentCompleted')).toBe(1);
    await handInExpense(world, event, PAID);
  });
});

describe('a withdrawal', () => {
  it('that overtakes its claim is heard when it comes again', async () => {
    const world = new ExpenseWorld();
    expect(await world.withdraw(event)).toBe('unknown');
    expect(world.notices).toEqual([]);

    await world.submit(event);
    expect(await world.withdraw(event)).toBe('withdrawn');

    await handInExpense(world, event, { record: 'withdrawn', erp: 'nothing', oa: 'accepted withdrawn' });
  });

  it('that comes again, also as another event and after the end, withdraws once', async () => {
    const world = new ExpenseWorld();
    await world.submit(event);
    const answers = [
      await world.withdraw(event),
      await world.withdraw(event),
      await world.withdraw(event, event.requester.employeeId, 'withdrawal-2'),
    ];

    expect(answers).toEqual(['withdrawn', 'withdrawn', 'withdrawn']);
    expect(timesOf(await world.entryTypes(event), 'Withdrawn')).toBe(1);
    await handInExpense(world, event, { record: 'withdrawn', erp: 'nothing', oa: 'accepted withdrawn' });
  });

  it('that is refused and comes again is answered once; another one is another attempt', async () => {
    const world = await approved();

    expect([await world.withdraw(event), await world.withdraw(event)]).toEqual(['refused', 'refused']);
    expect(timesOf(await world.entryTypes(event), 'WithdrawalRefused')).toBe(1);
    expect(await world.withdraw(event, event.requester.employeeId, 'withdrawal-2')).toBe('refused');
    await world.settle();

    expect(timesOf(await world.entryTypes(event), 'WithdrawalRefused')).toBe(2);
    const oa = 'accepted approved posted payment-requested withdrawal-refused withdrawal-refused paid';
    await handInExpense(world, event, { ...PAID, oa });
  });
});

describe('a resubmission', () => {
  it('that was taken and comes again, after a later one too, changes nothing and is answered no more', async () => {
    const world = new ExpenseWorld();
    await world.submit(wrongEvent);
    const sendFirst = () => world.resubmit(wrongEvent, { version: 1, changes: right });
    const sendSecond = () => world.resubmit(wrongEvent, { version: 2, changes: { ...right, title: 'Dinner, mended' } });

    const answers = [await sendFirst(), await sendFirst()];
    await world.returnIt(MANAGER, 'Whom did you meet?');
    answers.push(await sendSecond(), await sendFirst(), await sendSecond());
    await world.approve();
    await world.settle();
    answers.push(await sendFirst(), await sendSecond());

    expect(new Set(answers)).toEqual(new Set(['taken']));
    expect(timesOf(await world.entryTypes(wrongEvent), 'ClaimResubmitted')).toBe(2);
    const head = await world.head(wrongEvent);
    expect([head.documentVersion, EXPENSE.titleOf(head)]).toEqual([3, 'Dinner, mended']);
    await handInExpense(world, wrongEvent, {
      record: 'return approve paid',
      erp: PAID.erp,
      oa: 'returned accepted returned accepted approved posted payment-requested paid',
    });
  });

  it('that is refused and comes again is answered once; another one is another attempt', async () => {
    const world = new ExpenseWorld();
    await world.submit(event);
    const send = (eventId: string) => world.resubmit(event, { eventId, changes: { title: 'Dinner, mended' } });

    expect([await send('early'), await send('early'), await send('early-2')]).toEqual([
      'refused',
      'refused',
      'refused',
    ]);
    await world.approve();
    await world.settle();

    expect(timesOf(await world.entryTypes(event), 'ResubmissionRefused')).toBe(2);
    const oa = 'accepted resubmission-refused resubmission-refused approved posted payment-requested paid';
    await handInExpense(world, event, { ...PAID, oa });
  });
});
