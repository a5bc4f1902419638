/** How the entries of approvals open levels, close them, and tell who said what. */
import { approvalMark, close, type Draft, newDraft, openLevels, openOf, type Reading } from './course-drafts.ts';
import { timesBetween } from './course-times.ts';
import { numberFact, type ReadEntry, textFact, textsFact } from './facts.ts';

/** A level is asked. One of an earlier round that was left open is over. */
export function openLevel(reading: Reading, { facts, occurredAt }: ReadEntry): void {
  const [approvalId, subject] = [textFact(facts, 'approvalId'), textFact(facts, 'subject')];
  const round = numberFact(facts, 'round') ?? 0;
  const asked = textsFact(facts, 'approverIds');
  const isOperators = subject === 'operator';
  for (const before of openOf(reading, approvalMark(approvalId))) {
    if (before.round < round) {
      close(before, occurredAt, before.outcome);
    }
  }
  reading.drafts.push({
    ...newDraft(isOperators ? 'operator' : 'approval', occurredAt, reading.version),
    subject: isOperators ? reading.failedStep : subject,
    name: isOperators ? reading.failedStep : textFact(facts, 'levelName'),
    mark: `${approvalMark(approvalId)}${numberFact(facts, 'level') ?? 0}`,
    round,
    asked,
    askedSince: new Map(asked.map((employeeId) => [employeeId, occurredAt])),
  });
}

/** Somebody is asked beside, or in the place of, those who were. */
export function askOther(reading: Reading, entry: ReadEntry): void {
  askAlso(reading, entry, [textFact(entry.facts, 'to')]);
}

/** Those above are asked as well. */
export function askAbove(reading: Reading, entry: ReadEntry): void {
  askAlso(reading, entry, textsFact(entry.facts, 'addedIds'));
}

function askAlso(reading: Reading, entry: ReadEntry, people: readonly string[]): void {
  for (const draft of openLevels(reading, entry)) {
    for (const employeeId of people) {
      draft.askedSince.set(employeeId, entry.occurredAt);
    }
  }
}

/** Somebody decides or sends it back; the open levels are over unless others are still to decide. */
export function hearVoice(reading: Reading, entry: ReadEntry): void {
  const { type, facts, occurredAt: at } = entry;
  const [employeeId, onBehalfOf] = [textFact(facts, 'employeeId'), textFact(facts, 'onBehalfOf')];
  const action = type === 'DecisionMade' ? textFact(facts, 'action') : 'return';
  for (const draft of openLevels(reading, entry)) {
    const since = draft.askedSince.get(employeeId) ?? draft.from;
    draft.voices.push({
      employeeId,
      action,
      at,
      ...(onBehalfOf === '' ? {} : { onBehalfOf }),
      ...timesBetween(since, at, reading.worked),
    });
    draft.outcome = action;
  }
  if (type !== 'DecisionMade') {
    for (const draft of openOf(reading, approvalMark(textFact(facts, 'approvalId')))) {
      close(draft, at, draft.outcome);
    }
  } else if (textFact(facts, 'outcome') !== 'undecided') {
    closeAnswered(openOf(reading, approvalMark(textFact(facts, 'approvalId'))), at);
  }
}

/**
 * Levels beside each other close together, when the last of them is answered; but each has waited only until the last voice on
 * it. One on which nobody spoke, and one that was alone, until now.
 */
function closeAnswered(drafts: readonly Draft[], at: string): void {
  for (const draft of drafts) {
    const spokenAt = drafts.length > 1 ? draft.voices.at(-1)?.at : undefined;
    close(draft, spokenAt ?? at, draft.outcome);
    draft.closedAt = at;
  }
}

/** Whatever of it is open is over. */
export function closeApproval(reading: Reading, { facts, occurredAt: at }: ReadEntry): void {
  const outcome = textFact(facts, 'outcome');
  const isExpired = textFact(facts, 'cause') === 'expiry';
  for (const draft of openOf(reading, approvalMark(textFact(facts, 'approvalId')))) {
    draft.isOverdue ||= isExpired;
    close(draft, at, outcome);
  }
  if (isExpired) {
    reading.exceptions.push({ kind: 'expiry', at, about: textFact(facts, 'subject'), error: '' });
  }
}
