/** The bus delivers at least once: what became of an event of the OA is kept, so that it is recorded and answered once. */
import type { OnlyOnce } from '../approvals/act-on-approval.ts';
import { digestOf, type Json } from '../audit/domain/canonical-json.ts';
import { heardKey } from '../process/keys.ts';
import type { ProcessStore } from '../process/store/port.ts';
import type { RequesterChannel } from './requester-channel.ts';

/**
 * Kept as long as the record, refusals too: an event that comes again is the same attempt.
 * @param said - all that counts of the event; other words under the same id are another event
 * @returns undefined for what did not come over the bus: whoever sees the answer may say the same later, and it may count
 */
export function deliveredOnce<Result>(
  store: Pick<ProcessStore, 'read'>,
  processId: string,
  via: RequesterChannel | undefined,
  said: Json,
): OnlyOnce<Result> | undefined {
  if (via !== undefined) {
    return undefined;
  }
  const key = heardKey(processId, digestOf(said));
  return {
    earlier: async () => (await store.read<{ readonly result: Result }>(key))?.value.result,
    keep: (result) => ({ kind: 'create', key, value: { result } }),
  };
}
