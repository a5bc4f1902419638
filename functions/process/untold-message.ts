/** A message that the OA refused: kept until an operator has it sent again. Instants are ISO 8601 in UTC. */
import type { OaReference } from '../events/envelope.ts';
import type { OaMessage } from './domain/process.ts';

export interface UntoldMessage {
  readonly processId: string;
  /** Of the effect that was to tell it: sent again, it is the same message to the OA. */
  readonly effectId: string;
  readonly message: OaMessage;
  readonly oa: OaReference;
  /** What the OA, or its connector, said. */
  readonly reason: string;
  /** When what it tells of happened. */
  readonly occurredAt: string;
  /** When the OA refused it. */
  readonly at: string;
}
