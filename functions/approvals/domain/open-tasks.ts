/** What people are asked now, with what a list of tasks shows of it. Pure. */
import { type ApprovalState, levelAt } from './approval-state.ts';
import { type ApprovalSubject, OPERATORS } from './plan.ts';
import { askedNow } from './seats.ts';

/** One person is asked one thing. Amounts as in the document; instants are ISO 8601 in UTC. */
export interface OpenTask {
  readonly employeeId: string;
  readonly processId: string;
  readonly approvalId: string;
  readonly subject: ApprovalSubject;
  /** Index of the level. */
  readonly level: number;
  readonly levelName: string;
  /** The decision stays with whoever asked. */
  readonly isForOpinion: boolean;
  readonly title: string;
  readonly requesterName?: string;
  readonly supplier?: string;
  readonly currency: string;
  readonly total: string;
  /** When the level opened. */
  readonly since: string;
  /** After it nothing counts. */
  readonly deadline: string;
}

/** Nobody has one task twice. Questions to the operators stand on no list of a person: their tool finds them. */
export function openTasks(processId: string, state: ApprovalState): readonly OpenTask[] {
  const { plan, open } = state;
  if (open === undefined) {
    return [];
  }
  const { title, requesterName, supplier, currency, total } = plan.document;
  return askedNow(state)
    .filter(({ employeeId }) => employeeId !== OPERATORS)
    .map(({ employeeId, level, isForOpinion }) => ({
      employeeId,
      processId,
      approvalId: plan.approvalId,
      subject: plan.subject,
      level,
      levelName: levelAt(plan, level).name,
      isForOpinion,
      title,
      ...(requesterName === undefined ? {} : { requesterName }),
      ...(supplier === undefined ? {} : { supplier }),
      currency,
      total,
      since: open.openedAt,
      deadline: open.deadline,
    }));
}
