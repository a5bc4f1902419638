/** Puts an event on the bus, at least once, unless it was put before: what an OA sends, it may send again. */
import { EVENT_SOURCES } from '../events/envelope.ts';
import type { EventPublisher } from '../process/event-publisher.ts';
import { webhookKey } from '../process/keys.ts';
import type { ProcessStore } from '../process/store/port.ts';
import type { Clock } from '../runtime/ambient.ts';
import { ConcurrencyError } from '../runtime/errors.ts';

/** Days for which an event that comes again is known without being put on the bus again; the processes know it for ever. */
const KEEP_DAYS = 7;

export interface PutDeps {
  readonly store: ProcessStore;
  readonly clock: Clock;
  readonly publisher: EventPublisher;
}

interface OaEvent {
  /** Of the OA that sent it. */
  readonly system: string;
  readonly eventId: string;
  /** Tells what came again from what is something else under the same id. */
  readonly digest: string;
  readonly detailType: string;
  readonly detail: object;
}

/** @throws ConnectorTransientError when the bus does not take it: sending it again is safe. */
export async function putOnce(
  { store, clock, publisher }: PutDeps,
  { system, eventId, digest, detailType, detail }: OaEvent,
): Promise<'accepted' | 'accepted-before' | 'event-id-reused'> {
  const key = webhookKey(system, eventId);
  const before = await store.read<{ digest: string }>(key);
  if (before !== undefined) {
    return before.value.digest === digest ? 'accepted-before' : 'event-id-reused';
  }
  await publisher.publish([{ source: EVENT_SOURCES.oa, detailType, detail }]);
  const expiresAt = new Date(clock.now().getTime() + KEEP_DAYS * 86_400_000);
  try {
    await store.commit({
      entries: [],
      personal: [],
      changes: [{ kind: 'create', key, value: { digest }, expiresAt }],
    });
  } catch (error) {
    // Somebody sent it at the same time: it lies on the bus twice, which every reader of the bus bears.
    if (!(error instanceof ConcurrencyError)) {
      throw error;
    }
  }
  return 'accepted';
}
