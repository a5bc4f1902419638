/** What an auditor asks of a record: who decided, by what authority, on which version, for whom, and what was refused. */
import type { RecordEntry } from '../audit/domain/record.ts';
import type { Timeline, TimelineEntry } from '../audit/timeline.ts';

export interface EvidenceItem extends TimelineEntry {
  /** What named whoever acted: the last routing of the approval before it, or the entry's own. */
  readonly authority: RecordEntry['facts'] | undefined;
}

export interface Evidence {
  /** Of people, and of rules that decided in their place; in the order of the record. */
  readonly decisions: readonly EvidenceItem[];
  /** Attempts that did not count. */
  readonly refusals: readonly EvidenceItem[];
}

/** What the rules were asked, and what they said. */
const ROUTINGS = new Set(['ApprovalRouted', 'TaskRerouted']);

export function evidenceOf({ entries }: Timeline): Evidence {
  const routings = new Map<string, RecordEntry['facts']>();
  const decisions: EvidenceItem[] = [];
  const refusals: EvidenceItem[] = [];
  for (const item of entries) {
    const { type, facts, actor } = item.entry;
    const approvalId = typeof facts.approvalId === 'string' ? facts.approvalId : '';
    if (ROUTINGS.has(type)) {
      // What goes another way keeps what it was asked about.
      routings.set(approvalId, { ...routings.get(approvalId), ...facts });
    } else if (isRefusal(item.entry)) {
      refusals.push({ ...item, authority: routings.get(approvalId) });
    } else if (actor.kind === 'person' || facts.ruledBy !== undefined) {
      decisions.push({
        ...item,
        authority: routings.get(approvalId) ?? (facts.ruledBy === undefined ? undefined : facts),
      });
    }
  }
  return { decisions, refusals };
}

function isRefusal({ type, facts }: RecordEntry): boolean {
  return type.endsWith('Refused') || typeof facts.refusal === 'string';
}
