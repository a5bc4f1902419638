import type { ExecutionState } from './execution.ts';
import type { HistoryEvent } from './history.ts';

/** Where executions are kept. */
export interface Journal {
  /** Keeps a state and its new events together; nothing is told to anybody before it resolves. */
  commit(state: ExecutionState, events: readonly HistoryEvent[]): Promise<void>;
  read(executionArn: string): ExecutionState | undefined;
  history(executionArn: string): readonly HistoryEvent[];
  /** ARNs of the executions that have not ended, oldest first. */
  running(): readonly string[];
  /** ARNs of all executions, oldest first. */
  all(): readonly string[];
}

/** A journal in memory. It keeps text, as a durable one does, so that nothing is shared by reference. */
export function memoryJournal(): Journal {
  const states = new Map<string, string>();
  const active = new Set<string>();
  const histories = new Map<string, string[]>();
  const read = (arn: string): ExecutionState | undefined => {
    const text = states.get(arn);
    return text === undefined ? undefined : (JSON.parse(text) as ExecutionState);
  };
  return {
    async commit(state, events) {
      states.set(state.arn, JSON.stringify(state));
      active[state.status === 'RUNNING' ? 'add' : 'delete'](state.arn);
      const history = histories.get(state.arn) ?? [];
      history.push(...events.map((event) => JSON.stringify(event)));
      histories.set(state.arn, history);
    },
    read,
    history: (arn) => (histories.get(arn) ?? []).map((text) => JSON.parse(text) as HistoryEvent),
    running: () => [...states.keys()].filter((arn) => active.has(arn)),
    all: () => [...states.keys()],
  };
}
