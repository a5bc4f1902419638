/** @module-tag long */
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { ProcessStore, Transaction } from '../../functions/process/store/port.ts';
import { playRun } from '../faults/kit/play.ts';
import { readReplay } from '../faults/kit/replay-file.ts';
import { firstBroken, playSample } from '../faults/kit/sample.ts';
import { shorten } from '../faults/kit/shorten.ts';
import { KeylessErp } from '../faults/purchase/keyless-erp.ts';
import { purchaseScenario } from '../faults/purchase/scenario.ts';
import type { PlantedInPurchases as Planted } from '../faults/purchase/world.ts';
import { scenarioNamed } from '../faults/scenarios.ts';
import { FakeErp } from '../support/fake-erp.ts';
import { MemoryStore } from '../support/memory-store.ts';
import type { ProcessWorld } from '../support/process-world.ts';
import { purchaseMachines } from '../support/purchase-machines.ts';

const REPLAYS = join(import.meta.dirname, '../faults/replays');
const SHORT_RUNS = 100;
/** From here on so few runs see every end and every fault. */
const FIRST_SEED = 580;

/** An ERP connector that does not look for its own key before it creates. */
class ForgetfulErp extends FakeErp {
  private count = 0;

  override createOrder(command: Parameters<FakeErp['createOrder']>[0]) {
    this.count += 1;
    return super.createOrder({ ...command, key: `${command.key}-${this.count}` });
  }

  override requestPayment(command: Parameters<FakeErp['requestPayment']>[0]) {
    this.count += 1;
    return super.requestPayment({ ...command, key: `${command.key}-${this.count}` });
  }
}

/** A connector of an ERP without keys that creates without having claimed the right to. */
function withoutClaims(): Planted {
  const nothing = async () => undefined;
  return {
    erp: (parts) => new KeylessErp(parts),
    claims: { acquire: async () => 'owned', complete: nothing, release: nothing },
  };
}

/** A store whose puts have no conditions: the last writer wins. */
class OverwritingStore extends MemoryStore {
  protected override check(): void {}
}

/** An outbox that loses what it should do. */
class LosingStore extends MemoryStore {
  override async commit(transaction: Transaction): Promise<void> {
    const isEffect = (partition: string) => partition.startsWith('EFFECTS#');
    const changes = transaction.changes.filter(({ kind, key }) => kind !== 'create' || !isEffect(key.partition));
    return super.commit({ ...transaction, changes });
  }
}

/** Task lists from which nothing is ever taken. */
class CrowdedStore extends MemoryStore {
  override async commit(transaction: Transaction): Promise<void> {
    return super.commit({ ...transaction, changes: transaction.changes.filter(({ kind }) => kind !== 'remove') });
  }
}

/** The state machine goes on before the decision is kept. */
function resumingTooEarly(store: ProcessStore, { engine }: Pick<ProcessWorld, 'engine'>): ProcessStore {
  return {
    read: (key) => store.read(key),
    list: (partition, prefix) => store.list(partition, prefix),
    page: (partition, prefix, options) => store.page(partition, prefix, options),
    listByTime: (name, options) => store.listByTime(name, options),
    readRecord: (processId) => store.readRecord(processId),
    readPersonal: (processId) => store.readPersonal(processId),
    commit: async (transaction) => {
      for (const { token, output } of transaction.changes.flatMap(resumptionIn)) {
        await engine.sendTaskSuccess(token, output).catch(() => undefined);
      }
      return store.commit(transaction);
    },
  };
}

function resumptionIn(change: Transaction['changes'][number]) {
  const effect = change.kind === 'create' && 'effect' in change.value ? change.value.effect : undefined;
  const isResume = typeof effect === 'object' && effect !== null && 'token' in effect && 'output' in effect;
  return isResume ? [{ token: String(effect.token), output: effect.output }] : [];
}

/** The machines without what catches any failure of their steps. */
function machinesWithoutCatch(): { readonly [arn: string]: unknown } {
  const isOfAll = (rule: { readonly ErrorEquals: readonly string[] }) => rule.ErrorEquals.includes('States.ALL');
  const text = JSON.stringify(purchaseMachines(), (key, value) =>
    key === 'Catch' ? value.filter((rule: Parameters<typeof isOfAll>[0]) => !isOfAll(rule)) : value,
  );
  return JSON.parse(text);
}

const forgetful = (): Planted => ({ erp: (parts) => new ForgetfulErp(parts) });

describe('the fault explorer', () => {
  it('finds nothing wrong in purchases that anything happens to, and sees every end and every fault', async () => {
    const { broken, outcomes, faults } = await playSample(purchaseScenario(), FIRST_SEED, SHORT_RUNS);

    expect(broken).toBeUndefined();
    expect(outcomes).toEqual(['cancelled', 'expired', 'paid', 'rejected', 'withdrawn']);
    expect(faults).toEqual([
      'behind',
      'dies-after',
      'dies-before',
      'done-late',
      'dropped',
      'engine-restarts',
      'fails',
      'late',
      'later',
      'refused',
      'reply-lost',
      'stalls',
      'stalls-after',
      'stalls-long',
      'twice',
      'twice-late',
    ]);
  });

  it.each<[string, () => Planted, number]>([
    ['commands without a key', forgetful, 5],
    ['a skipped claim', withoutClaims, 98],
    ['writing over others', () => ({ store: new OverwritingStore() }), 3],
    ['lost effects', () => ({ store: new LosingStore() }), 1],
    ['task lists that keep what is done', () => ({ store: new CrowdedStore() }), 1],
    ['a resumption before its commit', () => ({ aroundStore: resumingTooEarly }), 6],
    ['failures that nobody catches', () => ({ machines: machinesWithoutCatch() }), 5],
  ])('finds %s', async (_, plant, from) => {
    const { violations } = await firstBroken(purchaseScenario(plant()), from);

    expect(violations.length).toBeGreaterThan(0);
  });

  it('plays the same run the same way, and makes one that breaks something short', async () => {
    const { run } = await firstBroken(purchaseScenario(forgetful()));

    const shortest = await shorten(run, (candidate) => playRun(purchaseScenario(forgetful()), candidate));

    expect(shortest.steps.length).toBeLessThan(run.steps.length);
    const once = await playRun(purchaseScenario(forgetful()), shortest);
    expect(await playRun(purchaseScenario(forgetful()), shortest)).toEqual(once);
    expect(once.violations).not.toEqual([]);
    expect((await playRun(purchaseScenario(), shortest)).violations).toEqual([]);
  });
});

describe('a replay that was kept', async () => {
  it.each((await readdir(REPLAYS)).filter((name) => name.endsWith('.json')))(
    '%s breaks nothing any more',
    async (name) => {
      const run = await readReplay(join(REPLAYS, name));

      const { violations } = await playRun(scenarioNamed(run.scenario), run);

      expect(violations).toEqual([]);
    },
  );
});
