/** @module-tag long */
import { describe, expect, it } from 'vitest';
import type { LedgerPort } from '../../functions/connectors/erp/ledger-port.ts';
import type { TimePort } from '../../functions/connectors/erp/time-port.ts';
import { expenseScenario } from '../faults/expense/scenario.ts';
import type { PlantedInClaims } from '../faults/expense/world.ts';
import { firstBroken, playSample } from '../faults/kit/sample.ts';
import { leaveScenario } from '../faults/leave/scenario.ts';
import type { PlantedInLeave } from '../faults/leave/world.ts';
import { MemoryStore } from '../support/memory-store.ts';

const RUNS = 30;
/** From here on so few runs see every end. */
const FIRST_CLAIMS = 100;
const FIRST_LEAVES = 41_017;

/** A port of which some operations are others. */
function changed<Port extends object>(port: Port, changes: Partial<Port>): Port {
  return new Proxy(port, {
    get: (target, name) => Reflect.get(changes, name) ?? Reflect.get(target, name),
  });
}

/** A store whose puts have no conditions: the last writer wins. */
class OverwritingStore extends MemoryStore {
  protected override check(): void {}
}

/** A connector that gives each try a key of its own, so that it does not find what it created before. */
function forgetfulLedger(): PlantedInClaims {
  let count = 0;
  const keyed = <Command extends { readonly key: string }>(command: Command) => {
    count += 1;
    return { ...command, key: `${command.key}-${count}` };
  };
  return {
    aroundLedger: (ledger: LedgerPort) => changed(ledger, { postEntry: (command) => ledger.postEntry(keyed(command)) }),
  };
}

/** A connector that says that an entry is taken back, and leaves it. */
function entriesThatStay(): PlantedInClaims {
  return {
    aroundLedger: (ledger) =>
      changed(ledger, {
        reverseEntry: async ({ entryNumber }) => {
          const entry = await ledger.readEntry(entryNumber);
          if (entry === undefined) {
            throw new Error(`no entry ${entryNumber}`);
          }
          return entry;
        },
      }),
  };
}

/** A connector that records each try under a key of its own. */
function forgetfulTime(): PlantedInLeave {
  let count = 0;
  return {
    aroundTime: (time: TimePort) =>
      changed(time, {
        recordAbsence: (command) => {
          count += 1;
          return time.recordAbsence({ ...command, key: `${command.key}-${count}` });
        },
      }),
  };
}

/** A connector that says that an absence is taken back, and leaves it. */
function absencesThatStay(): PlantedInLeave {
  return {
    aroundTime: (time) =>
      changed(time, {
        cancelAbsence: async ({ key, employeeId, kind }) => ({ key, employeeId, kind, days: [], state: 'cancelled' }),
      }),
  };
}

describe('the fault explorer', () => {
  it('finds nothing wrong in expense claims that anything happens to, and sees every end', async () => {
    const { broken, outcomes } = await playSample(expenseScenario(), FIRST_CLAIMS, RUNS);

    expect(broken).toBeUndefined();
    expect(outcomes).toEqual(['cancelled', 'expired', 'paid', 'posted', 'refused', 'rejected', 'settled', 'withdrawn']);
  });

  it('finds nothing wrong in leave that anything happens to, and sees every end', async () => {
    const { broken, outcomes } = await playSample(leaveScenario(), FIRST_LEAVES, RUNS);

    expect(broken).toBeUndefined();
    expect(outcomes).toEqual(['cancelled', 'expired', 'granted', 'refused', 'rejected', 'withdrawn']);
  });

  it.each<[string, () => PlantedInClaims, number]>([
    ['postings without a key', forgetfulLedger, 1],
    ['entries that are not taken back', entriesThatStay, 5],
    ['claims that write over each other', () => ({ store: new OverwritingStore() }), 1],
  ])('finds %s', async (_, plant, from) => {
    const { violations } = await firstBroken(expenseScenario(plant()), from);
    expect(violations.length).toBeGreaterThan(0);
  });

  it.each<[string, () => PlantedInLeave, number]>([
    ['absences without a key', forgetfulTime, 1],
    ['absences that are not taken back', absencesThatStay, 17],
  ])('finds %s', async (_, plant, from) => {
    const { violations } = await firstBroken(leaveScenario(plant()), from);
    expect(violations.length).toBeGreaterThan(0);
  });
});
