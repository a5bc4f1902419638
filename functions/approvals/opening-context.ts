/** What the reducer is told of people when a level opens: who stands in for whom now, and by whom it is judged. */
import type { Directory } from '../directory/port.ts';
import type { ApprovalContext } from './domain/approval-commands.ts';
import type { ApprovalState } from './domain/approval-state.ts';
import { peopleToAsk } from './domain/levels.ts';
import { peopleToJudge } from './judged-people.ts';
import { standInsNow } from './stand-ins-now.ts';

/** For the current level of the approval; of one that is open already nobody is asked anew. */
export async function openingContext(
  directory: Directory,
  approval: ApprovalState,
  now: Date,
): Promise<Pick<ApprovalContext, 'now' | 'substitutes' | 'people'>> {
  const people = approval.open === undefined ? peopleToAsk(approval) : [];
  const substitutes = await standInsNow(directory, people, now, approval.plan.subject);
  const standIns = [...substitutes.values()].flat().map(({ employeeId }) => employeeId);
  return { now, substitutes, ...(await peopleToJudge(directory, approval, standIns)) };
}
