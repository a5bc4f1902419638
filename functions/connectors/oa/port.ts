/**
 * The OA as Meridian talks back to it. Delivery is at least once and not in order: the OA recognises a repetition by
 * `messageId`, and drops a message whose `sequence` is not above the last one it took of the process.
 */
import type { OaReference } from '../../events/envelope.ts';
import type { OaMessage } from '../../process/domain/process.ts';

export interface OaNotice extends OaMessage {
  /** The same for every delivery of one message. */
  readonly messageId: string;
  /** The request that the OA knows. */
  readonly oa: OaReference;
  /** Who asked. */
  readonly requester: { readonly employeeId: string };
  readonly processId: string;
  /** Number of the record's entry that the message follows from: higher is later. */
  readonly sequence: number;
  /** ISO 8601 in UTC. */
  readonly occurredAt: string;
}

export interface OaPort {
  /**
   * Resolves once the OA has taken the message.
   * @throws ConnectorTransientError when it may take the same message later (`retryAfter` as the OA asked).
   * @throws ConnectorPermanentError when it refuses this message.
   */
  tell(notice: OaNotice): Promise<void>;
}
