/**
 * Who is to know of an approval by the rules (抄送 by policy). Pure. Whom a rule does not find is not copied, and a note says
 * so: nothing waits for whoever reads, so that nobody's absence may stop what is asked.
 */
import type { Person } from '../../directory/port.ts';
import { namedBy, type RuleSubject, vacancyOf } from './approver-rules.ts';
import type { ApprovalLevelRule } from './level-rule.ts';
import type { ApprovalLevel, RoutingNote, RuledCopy } from './plan.ts';

/**
 * Of one approval. Each is two items (a mail, a place on a list) of the change that asks the question, which may end an
 * earlier one with all its voices and copies; DynamoDB takes 100 items at once.
 */
export const MAX_RULED_COPIES = 5;

/** Who is copied, in the order of the rows, and why others are not. */
export interface CopyRouting {
  readonly copyTo: readonly RuledCopy[];
  readonly notes: readonly RoutingNote[];
}

/** The requester, whoever is asked, and who is copied by an earlier rule, are left out silently: they know. */
export function routeCopies(
  input: RuleSubject,
  levelRules: readonly ApprovalLevelRule[],
  levels: readonly Pick<ApprovalLevel, 'approverIds'>[],
): CopyRouting {
  const knows = new Set([input.requesterId, ...levels.flatMap(({ approverIds }) => approverIds)]);
  const copyTo: RuledCopy[] = [];
  const notes: RoutingNote[] = [];
  for (const { level, row, rule } of rulesOf(levelRules)) {
    const named = namedBy(input, rule);
    if (named.length === 0) {
      notes.push({ kind: 'not-copied', level, reason: `${rule} (row ${row}): ${vacancyOf(rule)}` });
    }
    for (const person of named.filter(({ employeeId }) => !knows.has(employeeId))) {
      knows.add(person.employeeId);
      const { employeeId } = person;
      const reason = obstacleOf(person, copyTo);
      if (reason === undefined) {
        copyTo.push({ employeeId, row, rule });
      } else {
        notes.push({ kind: 'not-copied', level, from: employeeId, reason: `${rule} (row ${row}): ${reason}` });
      }
    }
  }
  return { copyTo, notes };
}

function rulesOf(levelRules: readonly ApprovalLevelRule[]) {
  return levelRules.flatMap(({ level, copyTo }) =>
    copyTo === undefined ? [] : copyTo.rules.map((rule) => ({ level, row: copyTo.row, rule })),
  );
}

function obstacleOf({ active }: Person, copyTo: readonly RuledCopy[]): string | undefined {
  if (!active) {
    return 'is inactive';
  }
  return copyTo.length >= MAX_RULED_COPIES ? `${MAX_RULED_COPIES} people are copied already` : undefined;
}
