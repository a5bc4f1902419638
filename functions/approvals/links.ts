/**
 * Decision links. A link carries 256 random bits; the table keeps only their hash. It is bound to one person, one level
 * and one version of the document, and a decision that counts uses it up in its own transaction.
 */
import { linkKey } from '../process/keys.ts';
import { hashOf, isSecret } from '../process/secret-hash.ts';
import type { ProcessStore, WorkChange, WorkItem } from '../process/store/port.ts';
import type { DecisionChannel, OperatorChannel, PersonCommand, Wish } from './domain/approval-commands.ts';
import type { Refusal } from './domain/approval-events.ts';
import type { ApprovalState, Copy, OpenLevel } from './domain/approval-state.ts';

/** Somebody is asked something, and comes to answer it. */
export interface Question {
  readonly processId: string;
  readonly approvalId: string;
  /** Index of the level that the person is asked about. */
  readonly level: number;
  /** The round of questions in which they are asked: a link of an earlier one decides nothing. */
  readonly round: number;
  readonly employeeId: string;
  readonly documentVersion: number;
  readonly locale: 'zh-CN' | 'en';
  /** When a decision by this link counted. */
  readonly usedAt?: string;
  /** The person was copied: they are shown what is asked, and are asked nothing. */
  readonly isCopy?: true;
}

/** A question with how it is known who answers it. */
export interface OpenedQuestion extends Question {
  /** `link`: whoever it is has the person's mail; otherwise they proved who they are. */
  readonly via: Exclude<DecisionChannel, OperatorChannel>;
  /** Who is signed in, where it is somebody else than the person who is asked. */
  readonly signedInAs?: string;
}

export interface DecisionLink extends Question {
  readonly createdAt: string;
  /** After it the link neither decides nor shows anything. */
  readonly expiresAt: string;
}

/** A link in somebody's hands. */
export type OpenedLink = DecisionLink & OpenedQuestion;

/** @param signedInAs - employee id of whoever is signed in; undefined: nobody */
export function openedBy(link: DecisionLink, signedInAs: string | undefined): OpenedLink {
  if (signedInAs === link.employeeId) {
    return { ...link, via: 'signed-in' };
  }
  return { ...link, via: 'link', ...(signedInAs === undefined ? {} : { signedInAs }) };
}

/** What the wish is, by the person who is asked and about what they were asked. */
export function commandOf(opened: OpenedQuestion, wish: Wish): PersonCommand {
  const { employeeId: by, level, round, documentVersion, via, signedInAs } = opened;
  return { ...wish, by, level, round, documentVersion, via, ...(signedInAs === undefined ? {} : { signedInAs }) };
}

/**
 * Days beyond the level's deadline. Nothing is decided after the deadline; but a level that the machine opens again
 * (redrive, up to 14 days) gets a new deadline and no new mail, and its links must still work then.
 */
const GRACE_DAYS = 14;
/** Days that an expired link is still recognised, so that its page can say what it was. */
const REMEMBER_DAYS = 90;

export interface NewLink {
  /** Goes into the mail and nowhere else. */
  readonly secret: string;
  readonly change: WorkChange;
}

interface LinkParts {
  readonly secret: string;
  readonly processId: string;
  readonly approval: ApprovalState;
  readonly open: OpenLevel;
  readonly level: number;
  readonly person: { readonly employeeId: string; readonly locale: 'zh-CN' | 'en' };
  readonly now: Date;
}

/** A link for the open level. `secret`: 256 random bits, never used before. */
export function newLink({ secret, processId, approval, open, level, person, now }: LinkParts): NewLink {
  const expiresAt = daysAfter(new Date(open.deadline), GRACE_DAYS);
  const value: DecisionLink = {
    processId,
    approvalId: approval.plan.approvalId,
    level,
    round: approval.round,
    employeeId: person.employeeId,
    documentVersion: approval.plan.documentVersion,
    locale: person.locale,
    createdAt: now.toISOString(),
    expiresAt: expiresAt.toISOString(),
  };
  return {
    secret,
    change: { kind: 'create', key: keyOf(secret), value, expiresAt: daysAfter(expiresAt, REMEMBER_DAYS) },
  };
}

/** Days that the link of whoever was copied shows something: they may want to see how it ended. */
const COPY_DAYS = 30;

interface CopyLinkParts extends Pick<LinkParts, 'secret' | 'processId' | 'approval' | 'person' | 'now'> {
  readonly copy: Copy;
}

/** A link that shows, and never acts. `secret`: 256 random bits, never used before. */
export function newCopyLink({ secret, processId, approval, copy, person, now }: CopyLinkParts): NewLink {
  const { approvalId, documentVersion } = approval.plan;
  const expiresAt = daysAfter(now, COPY_DAYS);
  const value: DecisionLink = {
    ...{ processId, approvalId, documentVersion },
    ...{ level: copy.level, round: copy.round, isCopy: true },
    ...{ employeeId: person.employeeId, locale: person.locale },
    createdAt: now.toISOString(),
    expiresAt: expiresAt.toISOString(),
  };
  return {
    secret,
    change: { kind: 'create', key: keyOf(secret), value, expiresAt: daysAfter(expiresAt, REMEMBER_DAYS) },
  };
}

/** Undefined: there is no such link, or it is long forgotten. */
export async function readLink(store: ProcessStore, secret: string): Promise<WorkItem<DecisionLink> | undefined> {
  return isSecret(secret) ? store.read<DecisionLink>(keyOf(secret)) : undefined;
}

/** Marks the link as used, unless somebody else did since it was read. */
export function markUsed(item: WorkItem<DecisionLink>, now: Date): WorkChange {
  return {
    kind: 'replace',
    key: item.key,
    ifVersion: item.version,
    value: { ...item.value, usedAt: now.toISOString() },
    expiresAt: daysAfter(new Date(item.value.expiresAt), REMEMBER_DAYS),
  };
}

/** What the link of somebody who has decided is still good for. */
const AFTER_DECISION: readonly Wish['kind'][] = ['take-back', 'comment', 'attach', 'copy'];

/**
 * Why a link does not do it, whatever the approval would say: it is of somebody who was copied, and does nothing even where
 * they are asked as well (by a link of its own), or it was used; undefined: it may.
 */
export function refusalOfLink({ usedAt, isCopy }: Question, kind: Wish['kind']): Refusal | undefined {
  if (isCopy === true) {
    return 'copied-only';
  }
  return usedAt !== undefined && !AFTER_DECISION.includes(kind) ? 'already-decided' : undefined;
}

function keyOf(secret: string) {
  return linkKey(hashOf(secret));
}

function daysAfter(instant: Date, days: number): Date {
  return new Date(instant.getTime() + days * 86_400_000);
}
