/** The ways of an engineering change that are not its everyday ends (`change-ends.test.ts`). */
import { beforeAll, describe, expect, it } from 'vitest';
import { handInChange } from '../support/change-end.ts';
import { ChangeWorld, changeEvent, changeWorldWithout } from '../support/change-world.ts';

const event = changeEvent();
const BEFORE = 'P-3001 1, P-4001 0.25';
const AFTER = 'P-3001 1, P-4001 0.2';
const YES = 'approve approve approve approve';
/** From the filing, in hours. */
const ITS_DAY = 24 * 60;
/** The last day that may be named on the first of January, when the stories begin. */
const FURTHEST = '2026-09-28';
/** Of the time-outs of states that wait, in hours. */
const PAST_ITS_BACKSTOP = 24 * 101;

async function submitted(world = new ChangeWorld()): Promise<ChangeWorld> {
  await world.submit(event);
  return world;
}

async function approved(world = new ChangeWorld()): Promise<ChangeWorld> {
  await submitted(world);
  await world.approve();
  return world;
}

async function held(): Promise<ChangeWorld> {
  const world = await submitted();
  await world.hold(event);
  await world.approve();
  return world;
}

async function heldOnItsDay(): Promise<ChangeWorld> {
  const world = await approved();
  await world.hold(event);
  await world.advance(ITS_DAY);
  return world;
}

async function returned(world = new ChangeWorld()): Promise<ChangeWorld> {
  await world.submit(event);
  await world.returnIt('E-3002', 'Please ask the supplier first');
  return world;
}

describe('an engineering change', () => {
  it('whose event comes twice is one process', async () => {
    const world = await submitted();
    await world.submit({ ...event, metadata: { ...event.metadata, eventId: 'again' } });

    await handInChange(world, event, { record: '(Change approval)', erp: BEFORE, oa: 'accepted' });
  });

  it('that is withdrawn between the approval and the version leaves none', async () => {
    const { world, state } = changeWorldWithout('WriteBom', 'dies-before');
    await approved(world);
    await world.withdraw(event);
    state.isDown = false;
    await world.giveUpRetrying();

    await handInChange(world, event, { record: `${YES} withdrawn`, erp: BEFORE, oa: 'accepted approved withdrawn' });
  });

  it('that is withdrawn while it is held prepares nothing', async () => {
    const world = await held();
    await world.withdraw(event);

    await handInChange(world, event, { record: `${YES} withdrawn`, erp: BEFORE, oa: 'accepted approved withdrawn' });
  });

  it('that is held on its day counts once it is released', async () => {
    const world = await heldOnItsDay();
    await world.release(event);

    await handInChange(world, event, {
      record: `${YES} implemented`,
      erp: `${AFTER}; in-force`,
      oa: 'accepted approved recorded implemented',
    });
  });

  it('that is withdrawn while it is held on its day is taken back', async () => {
    const world = await heldOnItsDay();
    await world.withdraw(event);

    await handInChange(world, event, {
      record: `${YES} withdrawn`,
      erp: `${BEFORE}; discarded`,
      oa: 'accepted approved recorded withdrawn',
    });
  });

  it('whose hold nobody releases goes to the operators, who cancel it', async () => {
    const world = await held();
    await world.advance(24 * 91);
    await world.decide('operators', 'cancel', 'The dispute goes on');

    const record = `${YES} !AwaitRelease cancel cancelled`;
    await handInChange(world, event, { record, erp: BEFORE, oa: 'accepted approved cancelled' });
  });

  it('that was returned goes back as often as what is sent in its place is wrong', async () => {
    const world = await returned();
    await world.resubmit(event, { changes: { effectiveOn: 'soon' }, eventId: 'unreadable' });
    await world.resubmit(event, { changes: { effectiveOn: '2029-12-31' }, eventId: 'too far' });
    await world.resubmit(event, { changes: { effectiveOn: '2026-03-02' }, eventId: 'right' });
    await world.approve();

    await handInChange(world, event, {
      record: `return ${YES} (Approved change)`,
      erp: `${BEFORE}; prepared`,
      oa: 'accepted returned resubmission-refused resubmission-refused accepted approved recorded',
    });
  });

  it('that counts from the furthest day that may be named bears a hold of its whole length on that day', async () => {
    const furthest = changeEvent({ change: { effectiveOn: FURTHEST } });
    const world = new ChangeWorld();
    await world.submit(furthest);
    await world.approve();
    await world.hold(furthest);
    await world.advance(24 * (270 + 89));
    await world.release(furthest);

    await handInChange(world, furthest, {
      record: `${YES} implemented`,
      erp: `${AFTER}; in-force`,
      oa: 'accepted approved recorded implemented',
    });
  });

  it('names no later day when it is sent again than when it was filed: its process is as old as before', async () => {
    const world = await returned();
    await world.advance(24 * 3);
    await world.resubmit(event, { changes: { effectiveOn: '2026-09-29' }, eventId: 'later' });
    await world.resubmit(event, { changes: { effectiveOn: FURTHEST }, eventId: 'furthest' });
    await world.approve();
    await world.advance(24 * 270);

    await handInChange(world, event, {
      record: `return ${YES} implemented`,
      erp: `${AFTER}; in-force`,
      oa: 'accepted returned resubmission-refused accepted approved recorded implemented',
    });
  });

  it('that was returned and that nobody alters expires', async () => {
    const world = await returned();
    await world.advance(24 * 8);

    await handInChange(world, event, { record: 'return expired', erp: BEFORE, oa: 'accepted returned expired' });
  });

  it('about which an operator does not answer is asked about again', async () => {
    const far = changeEvent({ change: { effectiveOn: '2026-09-21' } });
    const world = new ChangeWorld();
    world.engineering.fault = (operation) => (operation === 'readBom' ? 'refuses' : undefined);
    await world.submit(far);
    world.engineering.fault = () => undefined;
    await world.advance(24 * 91);
    await world.decide('operators', 'retry');

    const record = '!CheckChange !CheckChange retry (Change approval)';
    await handInChange(world, far, { record, erp: BEFORE, oa: 'accepted' });
  });

  it('that is in force cannot be withdrawn', async () => {
    const { world, state } = changeWorldWithout('CloseChange', 'dies-before');
    await approved(world);
    await world.advance(ITS_DAY);
    expect(await world.withdraw(event)).toBe('refused');
    state.isDown = false;
    await world.giveUpRetrying();
    await world.decide('operators', 'retry');

    await handInChange(world, event, {
      record: `${YES} !CloseChange retry implemented`,
      erp: `${AFTER}; in-force`,
      oa: 'accepted approved recorded withdrawal-refused implemented',
    });
  });
});

describe('an ERP that fails while an engineering change is written', () => {
  it('and then refuses to say what became of it: what was carried out stands', async () => {
    // Prepare
    const world = await approved(new ChangeWorld({ patience: 60 }));
    world.engineering.fault = (operation) => (operation === 'putIntoForce' ? 'lost-reply' : undefined);
    await world.advance(ITS_DAY + 2);

    // Act
    await world.decide('operators', 'cancel', 'It seems that nothing came of it');

    // Assess
    await handInChange(world, event, {
      record: `${YES} !PutIntoForce cancel implemented`,
      erp: `${AFTER}; in-force`,
      oa: 'accepted approved recorded implemented',
    });
  });

  it('whose answer never came: the operators cancel, and what may have been prepared is taken back', async () => {
    const world = new ChangeWorld({ patience: 60 });
    world.engineering.fault = (operation) => (operation === 'prepareBom' ? 'lost-reply' : undefined);
    await approved(world);
    await world.giveUpRetrying();
    await world.decide('operators', 'cancel', 'Not now');

    await handInChange(world, event, {
      record: `${YES} !PrepareVersion cancel cancelled`,
      erp: `${BEFORE}; discarded`,
      oa: 'accepted approved cancelled',
    });
  });

  it('takes nothing back that it will not: the operators skip once it was done by hand', async () => {
    const world = await approved(new ChangeWorld({ patience: 60 }));
    world.engineering.fault = (operation) => (operation === 'discardBom' ? 'refuses' : undefined);
    await world.withdraw(event);
    await world.decide('operators', 'skip', 'Deleted in the ERP');

    await handInChange(world, event, {
      record: `${YES} !DiscardVersion skip withdrawn`,
      erp: `${BEFORE}; prepared`,
      oa: 'accepted approved recorded withdrawn',
    });
  });

  it('takes back at the second attempt what it would not at the first', async () => {
    const world = await approved(new ChangeWorld({ patience: 60 }));
    world.engineering.fault = (operation) => (operation === 'discardBom' ? 'refuses' : undefined);
    await world.withdraw(event);
    world.engineering.fault = () => undefined;
    await world.decide('operators', 'retry');

    await handInChange(world, event, {
      record: `${YES} !DiscardVersion retry withdrawn`,
      erp: `${BEFORE}; discarded`,
      oa: 'accepted approved recorded withdrawn',
    });
  });

  it('where somebody deleted the version: the operators try again once it is there', async () => {
    const world = await approved(new ChangeWorld({ patience: 60 }));
    world.engineering.fault = (operation) => (operation === 'putIntoForce' ? 'refuses' : undefined);
    await world.advance(ITS_DAY);
    world.engineering.fault = () => undefined;
    await world.decide('operators', 'retry');

    await handInChange(world, event, {
      record: `${YES} !PutIntoForce retry implemented`,
      erp: `${AFTER}; in-force`,
      oa: 'accepted approved recorded implemented',
    });
  });
});

describe('a wait of an engineering change whose alarms are lost', () => {
  it('for its requester expires by the backstop of its state', async () => {
    const world = await returned();
    world.alarms.forgetAll();
    await world.advance(PAST_ITS_BACKSTOP);

    await handInChange(world, event, { record: 'return expired', erp: BEFORE, oa: 'accepted returned expired' });
  });

  it('for a release keeps its deadline', async () => {
    const world = await held();
    world.alarms.forgetAll();
    await world.advance(PAST_ITS_BACKSTOP);

    const record = `${YES} !AwaitRelease (Waiting for an operator)`;
    await handInChange(world, event, { record, erp: BEFORE, oa: 'accepted approved' });
  });

  it('for its day counts by the backstop of its state', async () => {
    const world = await approved();
    world.alarms.forgetAll();
    await world.advance(PAST_ITS_BACKSTOP);

    await handInChange(world, event, {
      record: `${YES} implemented`,
      erp: `${AFTER}; in-force`,
      oa: 'accepted approved recorded implemented',
    });
  });
});

describe('a step of an engineering change that is refused', () => {
  let calls = 0;

  beforeAll(async () => {
    const world = await approved();
    await world.advance(ITS_DAY);
    calls = world.calls.length;
  });

  it('at any of its calls waits for an operator, and goes on', async () => {
    for (let victim = 2; victim <= calls; victim += 1) {
      const world = await submitted(new ChangeWorld({ fault: (call) => (call === victim ? 'refused' : undefined) }));
      await answerAll(world);
      await world.advance(ITS_DAY);
      await answerAll(world);

      const record = expect.stringMatching(/^((!\w+ retry|approve) )+implemented$/);
      await handInChange(world, event, {
        record,
        erp: `${AFTER}; in-force`,
        oa: 'accepted approved recorded implemented',
      });
    }
  });

  it('while it is held waits for its release once it can', async () => {
    const { world, state } = changeWorldWithout('AwaitChange');
    await submitted(world);
    await world.hold(event);
    await world.approve();
    state.isDown = false;
    await world.decide('operators', 'retry');
    await world.release(event);

    const record = `${YES} !AwaitRelease retry (Approved change)`;
    await handInChange(world, event, { record, erp: `${BEFORE}; prepared`, oa: 'accepted approved recorded' });
  });

  it('while it is with its requester waits for them once it can', async () => {
    const { world, state } = changeWorldWithout('AwaitChange');
    await returned(world);
    state.isDown = false;
    await world.decide('operators', 'retry');

    await handInChange(world, event, {
      record: 'return !AwaitRework retry (Rework)',
      erp: BEFORE,
      oa: 'accepted returned',
    });
  });
});

/** Whoever is asked says yes, operators try again. */
async function answerAll(world: ChangeWorld): Promise<void> {
  for (let answers = 0; answers < 8; answers += 1) {
    const asked = await openTo(world);
    if (asked === undefined) {
      return;
    }
    await world.decide(asked, asked === 'operators' ? 'retry' : 'approve');
  }
}

/** Somebody whose link still decides. */
async function openTo(world: ChangeWorld): Promise<string | undefined> {
  const { waits } = await world.head(event);
  const wait = Object.values(waits).find(({ kind }) => kind === 'approval');
  if (wait === undefined) {
    return undefined;
  }
  if (wait.subject.startsWith('operator-')) {
    return 'operators';
  }
  const decided = (await world.record(event))
    .filter(({ type }) => type === 'DecisionMade' || type === 'VoteCast')
    .map(({ actor }) => actor.id);
  return ['E-3002', 'E-2006', 'E-4001', 'E-2005'].find((person) => !decided.includes(person));
}
