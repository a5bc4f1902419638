import type { Effect } from '../process/domain/process.ts';

/** Whom nobody stands in for keeps their tasks, which are reminded of and escalated: somebody should know before. */
export function nobodyStandsIn(away: {
  readonly employeeId: string;
  readonly from: string | undefined;
  readonly until: string | undefined;
}): Effect {
  const problem = `${away.employeeId} is on leave from ${away.from} until ${away.until}, and nobody can stand in for them`;
  return { kind: 'mail', mail: { to: 'operators', template: 'operator-notice', facts: { problem } } };
}
