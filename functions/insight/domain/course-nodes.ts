/** Where a process stood, and what did not go as it should: each entry of the record opens places, closes them, or tells of them. Pure. */
import type { WorkedTime } from '../../calendar/domain/worked-time.ts';
import {
  close,
  commandMark,
  type Draft,
  markOverdue,
  newDraft,
  nodeOf,
  openLevels,
  openOf,
  type Reading,
  waitMark,
} from './course-drafts.ts';
import { askAbove, askOther, closeApproval, hearVoice, openLevel } from './course-levels.ts';
import type { CourseException, CourseNode } from './course-parts.ts';
import { phaseReached } from './course-phases.ts';
import { numberFact, type ReadEntry, textFact } from './facts.ts';

/** What Meridian does by itself and tells of in one entry. */
const CHECKS = new Set([
  'RequisitionValidated',
  'RequisitionEnriched',
  'ClaimChecked',
  'LeaveRequestChecked',
  'OfficeRequestChecked',
  'EngineeringChangeChecked',
  'InvoicesMatched',
  'InvoicesMismatched',
  'DocumentNumbered',
  'OrderReleasedByRule',
  'ReplenishmentProposed',
  'PayslipPublished',
]);

/** Entries that tell of mails, messages and reminders: nothing goes on by them. */
const ASIDE = new Set([
  'MailSent',
  'MailSkipped',
  'MailFailed',
  'OaTold',
  'OaNotTold',
  'WarningSent',
  'WarningFailed',
  'WaitReminded',
  'LevelReminded',
]);

/** Waits for a day that comes by itself: that their time is over is how they end well. */
const MOMENTS = new Set(['leave-start', 'leave-end', 'effective-date']);

const INTENDED = 'Intended';
const RESUBMITTED = /Resubmitted$/;

/** @param ordered - the entries of one process in order, from its first */
export function readNodes(
  ordered: readonly ReadEntry[],
  worked: WorkedTime,
): { readonly nodes: readonly CourseNode[]; readonly exceptions: readonly CourseException[] } {
  const movedAt = ordered[0]?.occurredAt ?? '';
  const reading: Reading = { worked, drafts: [], exceptions: [], failedStep: '', version: 1, movedAt };
  for (const entry of ordered) {
    endWaits(reading, entry);
    (READERS[entry.type] ?? readStep)(reading, entry);
    if (!ASIDE.has(entry.type)) {
      reading.movedAt = entry.occurredAt;
    }
  }
  return { nodes: reading.drafts.map((draft) => nodeOf(draft, worked)), exceptions: reading.exceptions };
}

/** What each type of entry does; all others may be a step. */
const READERS: { readonly [type: string]: (reading: Reading, entry: ReadEntry) => void } = {
  ApprovalRouted: (reading, { facts }) => {
    reading.version = numberFact(facts, 'documentVersion') ?? reading.version;
  },
  LevelOpened: openLevel,
  SubstituteAsked: askOther,
  TaskTransferred: askOther,
  TaskHandedOver: askOther,
  TaskDelegated: askOther,
  SignerAdded: askOther,
  LevelOutOfReach: askAbove,
  LevelEscalated: (reading, entry) => {
    openLevels(reading, entry).forEach(markOverdue);
    askAbove(reading, entry);
  },
  DecisionMade: hearVoice,
  ReturnedToRequester: hearVoice,
  ReturnedToLevel: hearVoice,
  ApprovalClosed: closeApproval,
  WaitOpened: openWait,
  WaitEscalated: lateWait,
  WaitExpired: lateWait,
  StepFailed: failStep,
  InvoicesMismatched: (reading, entry) => {
    addCheck(reading, entry);
    reading.exceptions.push({ kind: 'mismatch', at: entry.occurredAt, about: '', error: '' });
  },
  HoldPlaced: ({ exceptions }, { occurredAt: at }) => {
    exceptions.push({ kind: 'hold', at, about: '', error: '' });
  },
  DecisionRefused: ({ exceptions }, { facts, occurredAt: at }) => {
    exceptions.push({ kind: 'refused-decision', at, about: textFact(facts, 'refusal'), error: '' });
  },
};

/** One that goes on under another id, since its state was entered again, is the same wait. */
function openWait(reading: Reading, { facts, occurredAt }: ReadEntry): void {
  const [kind, owner] = [textFact(facts, 'kind'), textFact(facts, 'owner')];
  if (openOf(reading, waitMark(kind)).length > 0) {
    return;
  }
  const draft = newDraft('wait', occurredAt, reading.version);
  reading.drafts.push({
    ...draft,
    subject: kind,
    name: kind,
    mark: waitMark(kind),
    asked: owner === '' ? [] : [owner],
  });
}

/** A wait tells nothing when it ends: it is over when the process goes on. */
function endWaits(reading: Reading, entry: ReadEntry): void {
  const phase = phaseReached(entry);
  const isGoingOn = phase !== undefined && (entry.type !== 'WaitOpened' || !isSameWait(reading, entry));
  for (const draft of reading.drafts) {
    const isOver =
      isGoingOn ||
      (draft.subject === 'rework' && RESUBMITTED.test(entry.type)) ||
      (draft.subject === 'hold' && entry.type === 'HoldReleased');
    if (draft.kind === 'wait' && draft.to === undefined && isOver) {
      close(draft, entry.occurredAt, draft.outcome);
    }
  }
}

function isSameWait(reading: Reading, { facts }: ReadEntry): boolean {
  return openOf(reading, waitMark(textFact(facts, 'kind'))).length > 0;
}

function lateWait(reading: Reading, { type, facts, occurredAt: at }: ReadEntry): void {
  const kind = textFact(facts, 'kind');
  const late = openOf(reading, waitMark(kind));
  if (MOMENTS.has(kind)) {
    endAll(late, at, 'reached');
    return;
  }
  late.forEach(markOverdue);
  if (type === 'WaitExpired') {
    endAll(late, at, 'expired');
    reading.exceptions.push({ kind: 'expiry', at, about: kind, error: '' });
  }
}

function endAll(drafts: readonly Draft[], at: string, outcome: string): void {
  for (const draft of drafts) {
    close(draft, at, outcome);
  }
}

function failStep(reading: Reading, { facts, occurredAt: at }: ReadEntry): void {
  reading.failedStep = textFact(facts, 'step');
  for (const draft of reading.drafts) {
    if (draft.kind === 'step' && draft.to === undefined) {
      close(draft, at, 'failed');
    }
  }
  reading.exceptions.push({ kind: 'failure', at, about: reading.failedStep, error: textFact(facts, 'error') });
}

function readStep(reading: Reading, entry: ReadEntry): void {
  const key = textFact(entry.facts, 'key');
  if (entry.type.endsWith(INTENDED)) {
    const name = entry.type.slice(0, -INTENDED.length);
    const draft = newDraft('step', entry.occurredAt, reading.version);
    reading.drafts.push({ ...draft, subject: name, name, mark: commandMark(key) });
  } else if (key !== '') {
    endCommand(reading, entry, key);
  } else if (CHECKS.has(entry.type)) {
    addCheck(reading, entry);
  }
}

/** What an operator had tried again after it had failed began when it was tried again: its intent is not told twice. */
function endCommand(reading: Reading, { occurredAt: at }: ReadEntry, key: string): void {
  const tries = reading.drafts.filter(({ mark }) => mark === commandMark(key));
  const last = tries.at(-1);
  if (last?.to === undefined) {
    endAll(tries, at, 'done');
  } else if (last.outcome === 'failed') {
    const { subject, name, mark } = last;
    const again = { ...newDraft('step', reading.movedAt, reading.version), subject, name, mark };
    reading.drafts.push(close(again, at, 'done'));
  }
}

function addCheck(reading: Reading, { type, occurredAt }: ReadEntry): void {
  const draft = { ...newDraft('step', reading.movedAt, reading.version), subject: type, name: type, mark: '' };
  reading.drafts.push(close(draft, occurredAt, 'done'));
}
