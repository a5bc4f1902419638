/** Ports towards the state machines. Adapter: `adapters/step-functions.ts`. */
import type { Json } from '../audit/domain/canonical-json.ts';

export interface ProcessResumer {
  /**
   * Ends the waiting task of a token with an output.
   * `gone`: nothing waits under the token any more: it was resumed before, timed out, or its execution was stopped.
   * @throws ConnectorTransientError when it may work later.
   */
  resume(token: string, output: Json): Promise<'resumed' | 'gone'>;
}

export interface ProcessStarter {
  /**
   * Starts an execution of that name; a name that was used starts nothing.
   * @throws ConnectorTransientError when it may work later.
   */
  start(name: string, input: object): Promise<'started' | 'already-started'>;
}
