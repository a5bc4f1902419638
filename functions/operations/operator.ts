/** Who of the operators acts, for the record. */
import type { OperatorChannel } from '../approvals/domain/approval-commands.ts';
import type { Actor, NewEntry } from '../audit/domain/record.ts';
import type { StandingRecord } from '../process/standing-record.ts';

export interface Operator {
  /** Employee id of whoever is signed in, or the name that was given to the tool. */
  readonly name: string;
  readonly via: OperatorChannel;
}

/** What operators did that is about no process: with letters, and with executions that have none. */
export const OPERATIONS: StandingRecord = { processId: 'operations', kind: 'operations', phase: 'Operations' };

/** An entry about something that an operator did, or asked for. */
export function operatorEntry({ name, via }: Operator, type: string, facts: NewEntry['facts']): NewEntry {
  // The tool knows no more than a name: who has the authority over the installation may give any.
  const actor: Actor = via === 'operations-page' ? { kind: 'person', id: name } : { kind: 'meridian', id: 'operators' };
  return { type, actor, facts: { operator: name, via, ...facts } };
}
