import { operatorNotice } from '../process/domain/operator-notice.ts';
import type { Effect } from '../process/domain/process.ts';

/** Whom nobody stands in for keeps their tasks, which are reminded of and escalated: somebody should know before. */
export function nobodyStandsIn(away: {
  readonly employeeId: string;
  readonly from: string | undefined;
  readonly until: string | undefined;
}): Effect {
  const { employeeId, from, until } = away;
  return operatorNotice({
    en: `${employeeId} is on leave from ${from} until ${until}, and nobody can stand in for them`,
    zh: `${employeeId} 自 ${from} 至 ${until} 休假，无人可以代理`,
  });
}
