/** Faults on the ways of a claim that are not straight: returned, reviewed, held; and posted, then given up. */
import { describe, expect, it } from 'vitest';
import type { LedgerPort } from '../../functions/connectors/erp/ledger-port.ts';
import { placeHold } from '../../functions/process/hold-process.ts';
import { claimEvent } from '../support/expense-company.ts';
import { handInExpense } from '../support/expense-end.ts';
import { ExpenseWorld } from '../support/expense-world.ts';
import type { End } from '../support/path-coverage.ts';
import type { Fault, WorldOptions } from '../support/process-world.ts';
import { doNextPart, holdOrder, wrongEvent } from './expense-stories.ts';

const event = claimEvent();
/** In minutes: retries happen before anybody does anything. */
const PATIENCE = 60;
const MOST_TURNS = 20;
/** Entries of the record of what must not happen a second time. */
const ONCE = ['EntryPosted', 'PaymentRequested', 'PaymentCompleted', 'EntryReversed', 'ClaimResubmitted'];

type Deed = (world: ExpenseWorld) => Promise<unknown>;

/** A story of a claim, and what it comes to whatever fails once. */
interface Story {
  readonly filed: typeof event;
  readonly deeds: readonly Deed[];
  /** Done by whoever is waited for after these deeds. */
  readonly next: Deed;
  readonly end: End;
}

const WINDING: Story = {
  filed: wrongEvent,
  deeds: [
    (world) => world.submit(wrongEvent),
    async (world) => placeHold(world.decisionDeps(), await holdOrder(world)),
  ],
  next: doNextPart,
  end: {
    record: 'accept approve paid',
    erp: 'JE-1 stands 380, EP-1 completed 380.00',
    // Told at least once; the OA knows a repetition by its id.
    oa: expect.stringMatching(
      /^(returned )+(accepted )+(under-review )+(approved )+(posted )+(payment-requested )+(paid ?)+$/,
    ),
  },
};

const GIVEN_UP: Story = {
  filed: event,
  deeds: [(world) => world.submit(event)],
  next: async (world) => {
    switch ((await world.head(event)).phase) {
      case 'Expense approval':
        return world.approve();
      case 'Payment':
        return world.settle('failed');
      default:
        return world.decide('operators', 'cancel', 'The account of the employee is closed');
    }
  },
  end: {
    record: 'approve !PayEmployee cancel cancelled',
    erp: 'JE-1 reversed 180, EP-1 failed 180.00',
    oa: expect.stringMatching(
      /^(accepted )+(approved )+(posted )+(payment-requested )+(payment-refused )+(reversed )+(cancelled ?)+$/,
    ),
  },
};

/** As {@link GIVEN_UP}, where no reply to the posting ever came. */
const LOST: Story = {
  ...GIVEN_UP,
  end: {
    record: 'approve !PostEntry cancel cancelled',
    erp: 'JE-1 reversed 180',
    oa: 'accepted approved posted reversed cancelled',
  },
};

const STORIES = [
  ['is returned, reviewed and held', WINDING],
  ['is posted and then given up', GIVEN_UP],
] as const;

/** Everybody does their part, and does it again where it failed. */
async function persist(world: ExpenseWorld, { filed, deeds, next }: Story): Promise<void> {
  const insist = async (deed: Deed) => {
    await deed(world).catch(async () => {
      await world.advance(1);
      await deed(world);
    });
    await world.sweep().catch(() => world.sweep());
  };
  for (const deed of deeds) {
    await insist(deed);
  }
  for (let turn = 0; turn < MOST_TURNS && (await world.head(filed)).status !== 'ended'; turn += 1) {
    // Whoever failed looks again at what is asked of them now.
    await next(world).catch(() => world.advance(1));
    await world.sweep().catch(() => world.sweep());
  }
}

/** No fault may break this: each effect once, and record, books and OA agree. */
async function expectEnd(world: ExpenseWorld, { filed, end }: Story): Promise<void> {
  await handInExpense(world, filed, end);
  const types = await world.entryTypes(filed);
  for (const type of ONCE) {
    expect(types.filter((found) => found === type).length, type).toBeLessThanOrEqual(1);
  }
  const finals = world.notices.filter(({ facts }) => facts.final === true).map(({ messageId }) => messageId);
  expect(new Set(finals).size).toBe(1);
  expect(world.store.effects()).toEqual([]);
  expect(await world.head(filed)).toMatchObject({ status: 'ended', waits: {} });
}

async function told(story: Story, options: WorldOptions = {}, prepare: (world: ExpenseWorld) => void = () => {}) {
  const world = new ExpenseWorld({ patience: PATIENCE, ...options });
  prepare(world);
  await persist(world, story);
  return world;
}

describe.each(STORIES)('a claim that %s', (_, story) => {
  it.each<Fault>(['dies-before', 'dies-after'])(
    'loses nothing but time where one of its functions %s its work',
    async (fault) => {
      const healthy = await told(story);
      const total = healthy.calls.length;

      for (let victim = 1; victim <= total; victim += 1) {
        await expectEnd(await told(story, { fault: (call) => (call === victim ? fault : undefined) }), story);
      }
      expect(total).toBeGreaterThanOrEqual(9);
    },
  );

  it.each(['before', 'after'] as const)('loses nothing but time where the store fails %s one commit', async (when) => {
    const healthy = await told(story);
    const total = healthy.store.commits;

    for (let victim = 1; victim <= total; victim += 1) {
      const world = await told(story, { seed: victim }, ({ store }) => {
        store.commitFault = (commit) => (commit === victim ? when : undefined);
      });
      await expectEnd(world, story);
    }
    expect(total).toBeGreaterThan(25);
  });
});

describe('a ledger that fails once while a claim is undone', () => {
  const faults = ['down', 'lost-reply'] as const;

  /** An operation fails at its first call. @returns whether it has been called */
  function failOnce({ ledger }: ExpenseWorld, operation: keyof LedgerPort, fault: (typeof faults)[number]) {
    const before = ledger.fault;
    let wasCalled = false;
    ledger.fault = (called, call) => {
      const strikes = called === operation && !wasCalled;
      wasCalled ||= strikes;
      return strikes ? fault : before(called, call);
    };
    return () => wasCalled;
  }

  it.each(faults)('at reverseEntry (%s) takes the entry back once', async (fault) => {
    const world = new ExpenseWorld({ patience: PATIENCE });
    const wasCalled = failOnce(world, 'reverseEntry', fault);

    await persist(world, GIVEN_UP);

    expect(wasCalled()).toBe(true);
    await expectEnd(world, GIVEN_UP);
  });

  it.each(faults)('at findEntry (%s) finds the entry whose reply was lost, and takes it back once', async (fault) => {
    const world = new ExpenseWorld({ patience: PATIENCE });
    world.ledger.fault = (operation) => (operation === 'postEntry' ? 'lost-reply' : undefined);
    const wasCalled = failOnce(world, 'findEntry', fault);

    await persist(world, LOST);

    expect(wasCalled()).toBe(true);
    expect(world.ledger.allEmployeePayments()).toEqual([]);
    await expectEnd(world, LOST);
  });
});
