import { describe, expect, it } from 'vitest';
import type { Transaction } from '../../functions/process/store/port.ts';
import { type Played, playRun } from '../faults/play-run.ts';
import { drawRun, type Run } from '../faults/run.ts';
import { shorten } from '../faults/shorten.ts';
import { FakeErp } from '../support/fake-erp.ts';
import { MemoryStore } from '../support/memory-store.ts';
import { purchaseMachines } from '../support/purchase-machines.ts';
import type { WorldOptions } from '../support/purchase-world.ts';

type Planted = WorldOptions['planted'];

/** The first run that shows a planted defect. */
async function firstFound(plant: () => Planted, runs = 150): Promise<{ run: Run; violations: readonly string[] }> {
  for (let seed = 1; seed <= runs; seed += 1) {
    const run = drawRun(seed);
    const { violations } = await playRun(run, plant());
    if (violations.length > 0) {
      return { run, violations };
    }
  }
  throw new Error(`${runs} runs did not find it`);
}

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

/** The machines without what catches any failure of their steps. */
function machinesWithoutCatch(): { readonly [arn: string]: unknown } {
  const isOfAll = (rule: { readonly ErrorEquals: readonly string[] }) => rule.ErrorEquals.includes('States.ALL');
  const text = JSON.stringify(purchaseMachines(), (key, value) =>
    key === 'Catch' ? value.filter((rule: Parameters<typeof isOfAll>[0]) => !isOfAll(rule)) : value,
  );
  return JSON.parse(text);
}

describe('the fault explorer', () => {
  it('finds nothing wrong in purchases that anything happens to, and sees every end', async () => {
    const outcomes = new Set<string>();
    for (let seed = 1; seed <= 150; seed += 1) {
      const played: Played = await playRun(drawRun(seed));
      expect({ seed, violations: played.violations }).toEqual({ seed, violations: [] });
      outcomes.add(played.outcome);
    }
    expect([...outcomes].sort()).toEqual(['cancelled', 'expired', 'paid', 'rejected', 'withdrawn']);
  });

  it.each<[string, () => Planted]>([
    ['commands without a key', () => ({ erp: (parts) => new ForgetfulErp(parts) })],
    ['writing over others', () => ({ store: new OverwritingStore() })],
    ['lost effects', () => ({ store: new LosingStore() })],
    ['failures that nobody catches', () => ({ machines: machinesWithoutCatch() })],
  ])('finds %s', async (_, plant) => {
    const { violations } = await firstFound(plant);

    expect(violations.length).toBeGreaterThan(0);
  });

  it('plays the same run the same way, and makes one that breaks something short', async () => {
    const plant = () => ({ erp: (parts: ConstructorParameters<typeof FakeErp>[0]) => new ForgetfulErp(parts) });
    const { run } = await firstFound(plant);

    const shortest = await shorten(run, (candidate) => playRun(candidate, plant()));

    expect(shortest.steps.length).toBeLessThan(run.steps.length);
    expect(await playRun(shortest, plant())).toEqual(await playRun(shortest, plant()));
    expect((await playRun(shortest, plant())).violations).not.toEqual([]);
    expect((await playRun(shortest)).violations).toEqual([]);
  });
});
