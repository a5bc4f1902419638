/** Port: a queue whose worker does effects of one kind. */
import type { EffectReference } from './finish-effect.ts';

export interface EffectQueue {
  /** @throws ConnectorTransientError when it may work later. */
  send(reference: EffectReference): Promise<void>;
}
