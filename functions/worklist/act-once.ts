/** An action under a key that its sender chose: sent again, such as after a lost answer, it gets the same answer and does nothing more. */
import { createHash } from 'node:crypto';
import type { OnlyOnce } from '../approvals/act-on-approval.ts';
import { actionKey } from '../process/keys.ts';
import type { ProcessStore } from '../process/store/port.ts';
import type { Clock } from '../runtime/ambient.ts';
import { BusinessRuleError } from '../runtime/errors.ts';

/** Rule of the error for a key that another action has used. */
export const KEY_REUSED = 'idempotency-key-reused';
/** Days after which a key is forgotten. */
const KEEP_DAYS = 7;

interface KeptAction<Result> {
  /** Of what was sent. */
  readonly digest: string;
  readonly result: Result;
}

/**
 * Refused attempts are not kept: they may count another time.
 * @param action - all that says what is to be done, in one order of its fields
 * @returns `earlier` of which throws BusinessRuleError with the rule {@link KEY_REUSED} when the key was used for something else
 */
export function actOnce<Result>(
  { store, clock }: { readonly store: ProcessStore; readonly clock: Clock },
  { employeeId, key, action }: { readonly employeeId: string; readonly key: string; readonly action: object },
): OnlyOnce<Result> {
  const digest = createHash('sha256').update(JSON.stringify(action)).digest('base64url');
  const place = actionKey(employeeId, key);
  return {
    async earlier() {
      const kept = (await store.read<KeptAction<Result>>(place))?.value;
      if (kept !== undefined && kept.digest !== digest) {
        throw new BusinessRuleError(KEY_REUSED, 'the key was used for another action before');
      }
      return kept?.result;
    },
    keep(result) {
      const value: KeptAction<Result> = { digest, result };
      const expiresAt = new Date(clock.now().getTime() + KEEP_DAYS * 86_400_000);
      return { kind: 'create', key: place, value, expiresAt };
    },
  };
}
