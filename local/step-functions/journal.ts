import type { MachineDefinition } from './definition.ts';
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

/** A journal in memory. It keeps text, as a durable one does, so that nothing is shared by reference but definitions, which nothing changes. */
export function memoryJournal(): Journal {
  const states = new Map<string, { readonly text: string; readonly definition: MachineDefinition }>();
  const active = new Set<string>();
  const histories = new Map<string, string[]>();
  const read = (arn: string): ExecutionState | undefined => {
    const kept = states.get(arn);
    return kept === undefined ? undefined : { ...JSON.parse(kept.text), definition: kept.definition };
  };
  return {
    async commit({ definition, ...rest }, events) {
      states.set(rest.arn, { text: JSON.stringify(rest), definition });
      active[rest.status === 'RUNNING' ? 'add' : 'delete'](rest.arn);
      const history = histories.get(rest.arn) ?? [];
      for (const event of events) history.push(JSON.stringify(event));
      histories.set(rest.arn, history);
    },
    read,
    history: (arn) => (histories.get(arn) ?? []).map((text) => JSON.parse(text) as HistoryEvent),
    running: () => [...states.keys()].filter((arn) => active.has(arn)),
    all: () => [...states.keys()],
  };
}
