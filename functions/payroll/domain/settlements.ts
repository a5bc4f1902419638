/** What was collected, after what the operators have said about single employees. Pure. */
import type { Settlement } from './difference-process.ts';
import type { Collected, OpenPoints } from './payroll-run.ts';

/** What was answered about one employee. */
export interface Settled {
  readonly employeeId: string;
  readonly settlement: Settlement;
  /** Anew, after something was corrected; null: as everybody was. */
  readonly collected: Collected | null;
}

/**
 * All answers so far, one for each employee: what is accepted is what was collected of them last. Adding a round twice is
 * adding it once.
 */
export function withRound(before: readonly Settled[], round: readonly Settled[]): readonly Settled[] {
  const answers = new Map(before.map((one) => [one.employeeId, one]));
  for (const answer of round) {
    const collected = answer.collected ?? answers.get(answer.employeeId)?.collected ?? null;
    answers.set(answer.employeeId, { ...answer, collected });
  }
  return [...answers.values()];
}

export interface AfterSettlement {
  readonly collected: readonly Collected[];
  readonly failed: OpenPoints['failed'];
  /** Whose figures count as they were shown last. */
  readonly accepted: ReadonlySet<string>;
}

export function afterSettlement(
  collected: readonly Collected[],
  failed: OpenPoints['failed'],
  settled: readonly Settled[],
): AfterSettlement {
  const anew = new Map(settled.flatMap((one) => (one.collected === null ? [] : [[one.employeeId, one.collected]])));
  return {
    collected: [...collected.filter(({ employeeId }) => !anew.has(employeeId)), ...anew.values()],
    failed: failed.filter(({ employeeId }) => !anew.has(employeeId)),
    accepted: new Set(settled.flatMap((one) => (one.settlement === 'accepted' ? [one.employeeId] : []))),
  };
}
