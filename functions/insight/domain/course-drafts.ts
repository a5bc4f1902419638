/** The nodes of a course while they are read. Pure, but for the reading itself, which grows entry by entry. */
import type { WorkedTime } from '../../calendar/domain/worked-time.ts';
import type { CourseException, CourseNode, NodeKind, Voice } from './course-parts.ts';
import { timesBetween } from './course-times.ts';
import { numberFact, type ReadEntry, textFact } from './facts.ts';

/** A node as far as it is read. */
export interface Draft {
  readonly kind: NodeKind;
  readonly subject: string;
  readonly name: string;
  readonly version: number;
  /** What its further entries name it by: an approval and level, a wait, a key of a command. */
  readonly mark: string;
  readonly round: number;
  readonly from: string;
  readonly asked: readonly string[];
  /** Since when each person is asked. */
  readonly askedSince: Map<string, string>;
  readonly voices: Voice[];
  to?: string;
  /** By the entry that closed it, where it had been answered before. */
  closedAt?: string;
  outcome: string;
  isOverdue: boolean;
}

/** Everything that an entry may change. */
export interface Reading {
  readonly worked: WorkedTime;
  readonly drafts: Draft[];
  readonly exceptions: CourseException[];
  /** The step that failed last: what the operators are asked about. */
  failedStep: string;
  version: number;
  /** When the process went on last. */
  movedAt: string;
}

/** What entries of one approval, wait or command have in common. */
export const approvalMark = (approvalId: string): string => `approval ${approvalId} `;
export const waitMark = (kind: string): string => `wait ${kind}`;
export const commandMark = (key: string): string => `command ${key}`;

/** Begun at an instant; the caller says of what. */
export function newDraft(kind: NodeKind, from: string, version: number): Draft {
  const nothing = { subject: '', name: '', mark: '', round: 0, outcome: '', isOverdue: false };
  return { ...nothing, kind, from, version, asked: [], askedSince: new Map(), voices: [] };
}

/** @returns the draft itself */
export function close(draft: Draft, at: string, outcome: string): Draft {
  draft.to = at;
  draft.outcome = outcome;
  return draft;
}

/** Its time was passed over. */
export function markOverdue(draft: Draft): void {
  draft.isOverdue = true;
}

/** Of an approval without its level, all of its levels. */
export function openOf(reading: Reading, mark: string): readonly Draft[] {
  return reading.drafts.filter((draft) => draft.to === undefined && draft.mark.startsWith(mark));
}

/** The level that an entry is about, if it is open. */
export function openLevels(reading: Reading, { facts }: ReadEntry): readonly Draft[] {
  const mark = `${approvalMark(textFact(facts, 'approvalId'))}${numberFact(facts, 'level') ?? 0}`;
  return reading.drafts.filter((draft) => draft.to === undefined && draft.mark === mark);
}

/** As it stands in the course. */
export function nodeOf(draft: Draft, worked: WorkedTime): CourseNode {
  const { kind, subject, name, version, from, to, closedAt = to, outcome, asked, voices, isOverdue } = draft;
  const times = to === undefined ? {} : { to, ...timesBetween(from, to, worked) };
  const closing = closedAt === to || closedAt === undefined ? {} : { closedAt };
  const key = kind === 'approval' ? `${kind}/${subject}/${name}` : `${kind}/${name}`;
  return { key, kind, subject, name, version, from, ...times, ...closing, outcome, asked, voices, isOverdue };
}
