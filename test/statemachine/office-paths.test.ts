/** The ways of an office request that are not its everyday ends (`office-ends.test.ts`). */
import { beforeAll, describe, expect, it } from 'vitest';
import { handInOffice } from '../support/office-end.ts';
import { HEAD, OfficeWorld, officeEvent, officeWorldWithout } from '../support/office-world.ts';

const event = officeEvent();
/** Of the time-outs of states that wait, in hours. */
const PAST_ITS_BACKSTOP = 24 * 101;

async function submitted(world = new OfficeWorld()): Promise<OfficeWorld> {
  await world.submit(event);
  return world;
}

async function held(): Promise<OfficeWorld> {
  const world = await submitted();
  await world.hold(event);
  await world.approve();
  return world;
}

async function returned(world = new OfficeWorld()): Promise<OfficeWorld> {
  await world.submit(event);
  await world.returnIt(HEAD, 'Three copies, please');
  return world;
}

describe('an office request', () => {
  it('whose event comes twice is one process', async () => {
    const world = await submitted();
    await world.submit({ ...event, metadata: { ...event.metadata, eventId: 'again' } });

    await handInOffice(world, event, { record: '(Office approval)', oa: 'accepted' });
  });

  it('that is withdrawn between the approval and its number gets none', async () => {
    const { world, state } = officeWorldWithout('NumberDocument', 'dies-before');
    await submitted(world);
    await world.approve();
    await world.withdraw(event);
    state.isDown = false;
    await world.giveUpRetrying();

    await handInOffice(world, event, { record: 'approve withdrawn', oa: 'accepted withdrawn' });
  });

  it('that is withdrawn while it is held gets no number', async () => {
    const world = await held();
    await world.withdraw(event);

    await handInOffice(world, event, { record: 'approve withdrawn', oa: 'accepted withdrawn' });
  });

  it('whose hold nobody releases goes to the operators, who cancel it', async () => {
    const world = await held();
    await world.advance(24 * 91);
    await world.decide('operators', 'cancel', 'The dispute goes on');

    await handInOffice(world, event, { record: 'approve !AwaitRelease cancel cancelled', oa: 'accepted cancelled' });
  });

  it('that was returned goes back as often as what is sent in its place is wrong', async () => {
    const world = await returned();
    const { fields } = event.request;
    await world.resubmit(event, { changes: { title: '' }, eventId: 'unreadable' });
    await world.resubmit(event, { changes: { fields: { ...fields, copies: 101 } }, eventId: 'too many' });
    await world.resubmit(event, { changes: { fields: { ...fields, copies: 3 } }, eventId: 'right' });
    await world.approve();

    await handInOffice(world, event, {
      record: 'return approve approved',
      oa: 'accepted returned resubmission-refused resubmission-refused accepted approved',
    });
  });

  it('that was returned and that nobody changes expires', async () => {
    const world = await returned();
    await world.advance(24 * 8);

    await handInOffice(world, event, { record: 'return expired', oa: 'accepted returned expired' });
  });

  it('that was returned can be withdrawn', async () => {
    const world = await returned();
    await world.withdraw(event);

    await handInOffice(world, event, { record: 'return withdrawn', oa: 'accepted returned withdrawn' });
  });

  it('about which an operator does not answer is asked about again', async () => {
    const { world, state } = officeWorldWithout('CheckOfficeRequest');
    await submitted(world);
    state.isDown = false;
    await world.advance(24 * 91);
    await world.decide('operators', 'retry');

    await handInOffice(world, event, {
      record: '!CheckRequest !CheckRequest retry (Office approval)',
      oa: 'accepted',
    });
  });
});

describe('a wait of an office request whose alarms are lost', () => {
  it('for a decision expires by the backstop of its state', async () => {
    const world = await submitted();
    world.alarms.forgetAll();
    await world.advance(PAST_ITS_BACKSTOP);

    await handInOffice(world, event, { record: 'expired', oa: 'accepted expired' });
  });

  it('for its requester expires by the backstop of its state', async () => {
    const world = await returned();
    world.alarms.forgetAll();
    await world.advance(PAST_ITS_BACKSTOP);

    await handInOffice(world, event, { record: 'return expired', oa: 'accepted returned expired' });
  });

  it('for a release keeps its deadline', async () => {
    const world = await held();
    world.alarms.forgetAll();
    await world.advance(PAST_ITS_BACKSTOP);

    await handInOffice(world, event, {
      record: 'approve !AwaitRelease (Waiting for an operator)',
      oa: 'accepted',
    });
  });
});

describe('a step of an office request that is refused', () => {
  let calls = 0;

  beforeAll(async () => {
    const world = await submitted();
    await world.approve();
    calls = world.calls.length;
  });

  it('at any of its calls waits for an operator, and goes on', async () => {
    for (let victim = 2; victim <= calls; victim += 1) {
      const world = await submitted(new OfficeWorld({ fault: (call) => (call === victim ? 'refused' : undefined) }));
      await answerAll(world);

      const record = expect.stringMatching(/^((!\w+ retry|approve) )+approved$/);
      await handInOffice(world, event, { record, oa: 'accepted approved' });
    }
    expect(calls).toBeGreaterThanOrEqual(6);
  });

  it('while it is held waits for its release once it can', async () => {
    const { world, state } = officeWorldWithout('AwaitOfficeRequest');
    await submitted(world);
    await world.hold(event);
    await world.approve();
    state.isDown = false;
    await world.decide('operators', 'retry');
    await world.release(event);

    await handInOffice(world, event, { record: 'approve !AwaitRelease retry approved', oa: 'accepted approved' });
  });

  it('while it is with its requester waits for them once it can', async () => {
    const { world, state } = officeWorldWithout('AwaitOfficeRequest');
    await returned(world);
    state.isDown = false;
    await world.decide('operators', 'retry');

    await handInOffice(world, event, { record: 'return !AwaitRework retry (Rework)', oa: 'accepted returned' });
  });

  it('after it has its number is only tried again: nothing that was given is taken back', async () => {
    const { world, state } = officeWorldWithout('CloseOfficeRequest');
    await submitted(world);
    await world.approve();
    expect(world.mails.at(-1)?.text).not.toContain('取消流程');
    state.isDown = false;
    await world.decide('operators', 'retry');

    await handInOffice(world, event, { record: 'approve !CloseRequest retry approved', oa: 'accepted approved' });
  });
});

/** Whoever is asked says yes, operators try again. */
async function answerAll(world: OfficeWorld): Promise<void> {
  for (let answers = 0; answers < 4; answers += 1) {
    const asked = await world.lastAsked();
    const result = await world.decide(asked, asked === 'operators' ? 'retry' : 'approve');
    if (result.kind !== 'decided') {
      return;
    }
  }
}
