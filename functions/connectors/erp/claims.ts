/** Claims on idempotency keys, as work items: a conditional write that outlives the process. */
import { claimKey } from '../../process/keys.ts';
import type { ProcessStore, WorkChange } from '../../process/store/port.ts';
import type { Clock } from '../../runtime/ambient.ts';
import { ConcurrencyError } from '../../runtime/errors.ts';
import type { CommandClaims } from './port.ts';

interface Claim {
  /** Until when its owner alone may create; ISO 8601 in UTC. */
  readonly leasedUntil: string;
  readonly documentNumber?: string;
}

export function createCommandClaims(store: ProcessStore, clock: Clock): CommandClaims {
  /** Whether the write was the first. */
  const write = async (change: WorkChange): Promise<boolean> => {
    try {
      await store.commit({ entries: [], personal: [], changes: [change] });
      return true;
    } catch (error) {
      if (error instanceof ConcurrencyError) {
        return false;
      }
      throw error;
    }
  };
  return {
    async acquire(commandKey, leaseSeconds) {
      const key = claimKey(commandKey);
      const now = clock.now();
      const value: Claim = { leasedUntil: new Date(now.getTime() + leaseSeconds * 1000).toISOString() };
      const item = await store.read<Claim>(key);
      if (item !== undefined && new Date(item.value.leasedUntil) > now) {
        return 'busy';
      }
      const isOwned = await write(
        item === undefined ? { kind: 'create', key, value } : { kind: 'replace', key, ifVersion: item.version, value },
      );
      return isOwned ? 'owned' : 'busy';
    },
    async complete(commandKey, documentNumber) {
      const key = claimKey(commandKey);
      const item = await store.read<Claim>(key);
      if (item !== undefined && item.value.documentNumber === undefined) {
        const value: Claim = { leasedUntil: clock.now().toISOString(), documentNumber };
        // Whoever was faster wrote the same document, or took the claim over and will find it.
        await write({ kind: 'replace', key, ifVersion: item.version, value });
      }
    },
    async release(commandKey) {
      const key = claimKey(commandKey);
      const item = await store.read<Claim>(key);
      if (item !== undefined && item.value.documentNumber === undefined) {
        await write({ kind: 'delete', key, ifVersion: item.version });
      }
    },
  };
}
