import { describe, expect, it } from 'vitest';
import { createFileDirectory } from '../../functions/directory/file-directory.ts';
import { claimEvent } from '../support/expense-company.ts';
import { handInExpense, PAID } from '../support/expense-end.ts';
import { ExpenseWorld } from '../support/expense-world.ts';
import { directoryData } from '../support/purchase-company.ts';
import { fileWinding, seeThrough, wrongEvent } from './expense-stories.ts';

const event = claimEvent();
/** In hours. */
const DAY = 24;

/** A world in which a function is refused for good while `isDown` says so. */
function worldWithout(functionName: string, isDown: () => boolean): ExpenseWorld {
  return new ExpenseWorld({ fault: (_, name) => (name === functionName && isDown() ? 'refused' : undefined) });
}

describe('a step of an expense claim', () => {
  it('that is refused at any of its calls waits for an operator, and goes on', async () => {
    const healthy = new ExpenseWorld();
    await fileWinding(healthy);
    await seeThrough(healthy);

    for (let victim = 2; victim <= healthy.calls.length; victim += 1) {
      const world = new ExpenseWorld({ fault: (call) => (call === victim ? 'refused' : undefined) });
      await fileWinding(world);
      await seeThrough(world);

      expect((await world.entryTypes(wrongEvent)).filter((type) => type === 'StepFailed')).toHaveLength(1);
      await handInExpense(world, wrongEvent, {
        record: expect.stringMatching(/^((!\w+ retry|accept|approve) )+paid$/),
        erp: 'JE-1 stands 380, EP-1 completed 380.00',
        oa: expect.stringMatching(/^returned accepted (under-review )+approved posted payment-requested paid$/),
      });
    }
    expect(healthy.calls.length).toBeGreaterThan(10);
  });

  it('that fails is asked about again when no operator answers', async () => {
    let isDown = true;
    const world = worldWithout('PostEntry', () => isDown);
    await world.submit(event);
    await world.approve();
    isDown = false;
    await world.advance(91 * DAY);

    await world.decide('operators', 'retry');

    await handInExpense(world, event, {
      record: 'approve !PostEntry !PostEntry retry (Payment)',
      erp: 'JE-1 stands 180, EP-1 processing 180.00',
      oa: 'accepted approved posted payment-requested',
    });
  });
});

describe('an expense claim', () => {
  it('whose event comes twice is paid once', async () => {
    const world = new ExpenseWorld();
    await world.submit(event);
    await world.submit({ ...event, metadata: { ...event.metadata, eventId: 'again' } });
    await world.approve();
    await world.settle();

    await handInExpense(world, event, PAID);
  });

  it('that is withdrawn while the ERP is asked to post it is not posted', async () => {
    let isUp = false;
    const world = new ExpenseWorld({
      fault: (_, name) => (name === 'PostEntry' && !isUp ? 'dies-before' : undefined),
    });
    await world.submit(event);
    await world.approve();
    expect(await world.withdraw(event)).toBe('withdrawn');
    isUp = true;
    await world.giveUpRetrying();

    await handInExpense(world, event, {
      record: 'approve withdrawn',
      erp: 'nothing',
      oa: 'accepted approved withdrawn',
    });
  });

  it('that was returned to somebody who has left since stays with them until it expires', async () => {
    let hasLeft = false;
    const directory = createFileDirectory(directoryData);
    const world = new ExpenseWorld({
      directory: {
        ...directory,
        person: async (employeeId) => {
          const person = await directory.person(employeeId);
          return person && { ...person, active: person.active && !(hasLeft && employeeId === 'E-1001') };
        },
      },
    });
    await world.submit(wrongEvent);
    hasLeft = true;
    await world.resubmit(wrongEvent, { changes: event.claim });

    expect((await world.head(wrongEvent)).phase).toBe('Rework');
    await world.advance(40 * DAY);

    await handInExpense(world, wrongEvent, {
      record: 'expired',
      erp: 'nothing',
      oa: 'returned resubmission-refused expired',
    });
  });
});

describe('the wait of an expense claim whose alarms are lost', () => {
  it('for its employee ends with the deadline that it had', async () => {
    const world = new ExpenseWorld();
    await world.submit(wrongEvent);
    world.alarms.forgetAll();
    await world.advance(101 * DAY);

    await handInExpense(world, wrongEvent, { record: 'expired', erp: 'nothing', oa: 'returned expired' });
  });

  it('for the bank ends with the deadline that it had', async () => {
    const world = new ExpenseWorld();
    await world.submit(event);
    await world.approve();
    world.alarms.forgetAll();
    await world.advance(101 * DAY);

    await handInExpense(world, event, {
      record: 'approve !AwaitPayment (Waiting for an operator)',
      erp: 'JE-1 stands 180, EP-1 processing 180.00',
      oa: 'accepted approved posted payment-requested',
    });
  });
});

describe('the undoing of an expense claim', () => {
  /** The entry was made though its reply was lost; the claim is withdrawn, and the undoing refused. */
  async function notUndone(): Promise<ExpenseWorld> {
    let isDown = true;
    const world = worldWithout('UndoExpense', () => isDown);
    world.ledger.fault = (operation) => (operation === 'postEntry' ? 'lost-reply' : undefined);
    await world.submit(event);
    await world.approve();
    await world.giveUpRetrying();
    await world.decide('operators', 'cancel', 'Filed by mistake');
    isDown = false;
    return world;
  }

  it('that is refused is done when it is tried again', async () => {
    const world = await notUndone();
    await world.decide('operators', 'retry');

    await handInExpense(world, event, {
      record: 'approve !PostEntry cancel !UndoClaim retry cancelled',
      erp: 'JE-1 reversed 180',
      oa: 'accepted approved posted reversed cancelled',
    });
  });

  it('that is refused may be left to accounting', async () => {
    const world = await notUndone();
    await world.decide('operators', 'skip', 'Accounting takes it back by hand');

    await handInExpense(world, event, {
      record: 'approve !PostEntry cancel !UndoClaim skip cancelled',
      erp: "JE-1 stands 180, JE-1 is nobody's",
      oa: 'accepted approved cancelled',
    });
  });
});
