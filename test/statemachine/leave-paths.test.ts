/** The ways of a leave request that are not its everyday ends (`leave-ends.test.ts`). */
import { beforeAll, describe, expect, it } from 'vitest';
import { handInLeave } from '../support/leave-end.ts';
import { LeaveWorld, leaveEvent, leaveWorldWithout, MANAGER } from '../support/leave-world.ts';

const event = leaveEvent();
const BOOKED = 'annual 2026-03-06 8, 2026-03-09 8';
/** From the filing, in hours. */
const BEGUN = 24 * 70;
/** Of the time-outs of states that wait, in hours. */
const PAST_ITS_BACKSTOP = 24 * 101;

async function submitted(world = new LeaveWorld()): Promise<LeaveWorld> {
  await world.submit(event);
  return world;
}

async function held(): Promise<LeaveWorld> {
  const world = await submitted();
  await world.hold(event);
  await world.approve();
  return world;
}

async function returned(world = new LeaveWorld()): Promise<LeaveWorld> {
  await world.submit(event);
  await world.returnIt(MANAGER, 'Please come back for the audit');
  return world;
}

describe('a leave request', () => {
  it('whose event comes twice is one process', async () => {
    const world = await submitted();
    await world.submit({ ...event, metadata: { ...event.metadata, eventId: 'again' } });

    await handInLeave(world, event, { record: '(Leave approval)', erp: 'nothing', oa: 'accepted' });
  });

  it('that is withdrawn between the approval and the absence leaves no absence', async () => {
    const { world, state } = leaveWorldWithout('BookAbsence', 'dies-before');
    await submitted(world);
    await world.approve();
    await world.withdraw(event);
    state.isDown = false;
    await world.giveUpRetrying();

    await handInLeave(world, event, { record: 'approve withdrawn', erp: 'nothing', oa: 'accepted approved withdrawn' });
  });

  it('that is withdrawn while it is held records nothing', async () => {
    const world = await held();
    await world.withdraw(event);

    await handInLeave(world, event, { record: 'approve withdrawn', erp: 'nothing', oa: 'accepted approved withdrawn' });
  });

  it('whose hold nobody releases goes to the operators, who cancel it', async () => {
    const world = await held();
    await world.advance(24 * 91);
    await world.decide('operators', 'cancel', 'The dispute goes on');

    const record = 'approve !AwaitRelease cancel cancelled';
    await handInLeave(world, event, { record, erp: 'nothing', oa: 'accepted approved cancelled' });
  });

  it('that was returned goes back as often as what is sent in its place is wrong', async () => {
    const world = await returned();
    await world.resubmit(event, { changes: { from: 'tomorrow' }, eventId: 'unreadable' });
    await world.resubmit(event, { changes: { to: '2026-12-31' }, eventId: 'too long' });
    await world.resubmit(event, { changes: { to: '2026-03-06' }, eventId: 'right' });
    await world.approve();

    await handInLeave(world, event, {
      record: 'return approve (Approved leave)',
      erp: 'annual 2026-03-06 8',
      oa: 'accepted returned resubmission-refused resubmission-refused accepted approved recorded',
    });
  });

  it('that was returned and that nobody changes expires', async () => {
    const world = await returned();
    await world.advance(24 * 8);

    await handInLeave(world, event, { record: 'return expired', erp: 'nothing', oa: 'accepted returned expired' });
  });

  it('that was returned can be withdrawn', async () => {
    const world = await returned();
    await world.withdraw(event);

    await handInLeave(world, event, { record: 'return withdrawn', erp: 'nothing', oa: 'accepted returned withdrawn' });
  });

  it('about which an operator does not answer is asked about again', async () => {
    const far = leaveEvent({ leave: { from: '2026-09-21', to: '2026-09-21' } });
    const world = new LeaveWorld();
    world.time.fault = (operation) => (operation === 'findEmployee' ? 'refuses' : undefined);
    await world.submit(far);
    world.time.fault = () => undefined;
    await world.advance(24 * 91);
    await world.decide('operators', 'retry');

    const record = '!CheckLeave !CheckLeave retry (Leave approval)';
    await handInLeave(world, far, { record, erp: 'nothing', oa: 'accepted' });
  });
});

describe('a wait of a leave request whose alarms are lost', () => {
  it('for a decision expires by the backstop of its state', async () => {
    const world = await submitted();
    world.alarms.forgetAll();
    await world.advance(PAST_ITS_BACKSTOP);

    await handInLeave(world, event, { record: 'expired', erp: 'nothing', oa: 'accepted expired' });
  });

  it('for its requester expires by the backstop of its state', async () => {
    const world = await returned();
    world.alarms.forgetAll();
    await world.advance(PAST_ITS_BACKSTOP);

    await handInLeave(world, event, { record: 'return expired', erp: 'nothing', oa: 'accepted returned expired' });
  });

  it('for a release keeps its deadline', async () => {
    const world = await held();
    world.alarms.forgetAll();
    await world.advance(PAST_ITS_BACKSTOP);

    const record = 'approve !AwaitRelease (Waiting for an operator)';
    await handInLeave(world, event, { record, erp: 'nothing', oa: 'accepted approved' });
  });

  it('for its first day is granted by the backstop of its state', async () => {
    const world = await submitted();
    await world.approve();
    world.alarms.forgetAll();
    await world.advance(PAST_ITS_BACKSTOP);

    await handInLeave(world, event, {
      record: 'approve granted',
      erp: BOOKED,
      oa: 'accepted approved recorded taken',
    });
  });
});

describe('a step of a leave request that is refused', () => {
  let calls = 0;

  beforeAll(async () => {
    const world = await submitted();
    await world.approve();
    await world.advance(BEGUN);
    calls = world.calls.length;
  });

  it('at any of its calls waits for an operator, and goes on', async () => {
    for (let victim = 2; victim <= calls; victim += 1) {
      const world = await submitted(new LeaveWorld({ fault: (call) => (call === victim ? 'refused' : undefined) }));
      await answerAll(world);
      await world.advance(BEGUN);
      await answerAll(world);

      const record = expect.stringMatching(/^((!\w+ retry|approve) )+granted$/);
      await handInLeave(world, event, { record, erp: BOOKED, oa: 'accepted approved recorded taken' });
    }
  });

  it('while it is held waits for its release once it can', async () => {
    const { world, state } = leaveWorldWithout('AwaitLeave');
    await submitted(world);
    await world.hold(event);
    await world.approve();
    state.isDown = false;
    await world.decide('operators', 'retry');
    await world.release(event);

    const record = 'approve !AwaitRelease retry (Approved leave)';
    await handInLeave(world, event, { record, erp: BOOKED, oa: 'accepted approved recorded' });
  });

  it('while it is with its requester waits for them once it can', async () => {
    const { world, state } = leaveWorldWithout('AwaitLeave');
    await returned(world);
    state.isDown = false;
    await world.decide('operators', 'retry');

    await handInLeave(world, event, {
      record: 'return !AwaitRework retry (Rework)',
      erp: 'nothing',
      oa: 'accepted returned',
    });
  });
});

/** Whoever is asked says yes, operators try again. */
async function answerAll(world: LeaveWorld): Promise<void> {
  for (let answers = 0; answers < 4; answers += 1) {
    const asked = await world.lastAsked();
    const result = await world.decide(asked, asked === 'operators' ? 'retry' : 'approve');
    if (result.kind !== 'decided') {
      return;
    }
  }
}
