/** Which yeses of a record stand for an approval as it ended, and in whose name they were said. Pure. */
import * as z from 'zod';
import type { RecordEntry } from '../../audit/domain/record.ts';
import { approvingDecisions, lastBefore, textOf, type WatchedProcess } from './watched.ts';

/** Who pressed the button and, where they did so for somebody else, for whom: both have a part in the decision. */
export function namesOf(decision: RecordEntry): readonly string[] {
  return [textOf(decision, 'employeeId'), textOf(decision, 'onBehalfOf')].filter((id) => id !== '');
}

/** Yeses that were neither taken back, nor sent back to be said again, nor asked anew of others. */
export function standingDecisions(process: WatchedProcess): readonly RecordEntry[] {
  return approvingDecisions(process).filter(
    (decision) => !process.entries.some((later) => later.sequence > decision.sequence && isVoidedBy(decision, later)),
  );
}

/**
 * The yeses by which an approval was given: those that were said in it, and those about an earlier version that its routing
 * kept, as far as the record has them. A yes to another version, and that of a signer who was added, is none of them.
 */
export function voicesOf(process: WatchedProcess, closed: RecordEntry): readonly RecordEntry[] {
  const kept = keptIn(routedFor(process, closed));
  return standingDecisions(process).filter(
    (decision) =>
      decision.sequence < closed.sequence &&
      !isOfAddedSigner(process, decision) &&
      (isOfSame(decision, closed) || kept.some((one) => isKeptAs(decision, closed, one))),
  );
}

/** The question that an entry of an approval is about. */
export function routedFor(process: WatchedProcess, entry: RecordEntry): RecordEntry | undefined {
  return lastBefore(process, entry, (one) => one.type === 'ApprovalRouted' && isOfSame(one, entry));
}

const keptSchema = z.object({ employeeId: z.string(), levelName: z.string(), version: z.number() });
type Kept = z.infer<typeof keptSchema>;

function keptIn(routed: RecordEntry | undefined): readonly Kept[] {
  return z.array(keptSchema).catch([]).parse(routed?.facts.kept);
}

function isKeptAs(decision: RecordEntry, closed: RecordEntry, { employeeId, levelName, version }: Kept): boolean {
  return (
    textOf(decision, 'subject') === textOf(closed, 'subject') &&
    textOf(decision, 'employeeId') === employeeId &&
    textOf(decision, 'levelName') === levelName &&
    textOf(decision, 'documentVersion') === String(version)
  );
}

function isVoidedBy(decision: RecordEntry, later: RecordEntry): boolean {
  const [level, laterLevel] = [Number(textOf(decision, 'level')), Number(textOf(later, 'level'))];
  if (!isOfSame(decision, later)) {
    return false;
  }
  switch (later.type) {
    case 'DecisionTakenBack':
      return level === laterLevel && textOf(later, 'employeeId') === textOf(decision, 'employeeId');
    case 'ReturnedToLevel':
      return level >= Number(textOf(later, 'target'));
    case 'TaskRerouted':
      return later.facts.isAskedAgain === true && level >= laterLevel;
    default:
      return false;
  }
}

/** The voice that was decided with was not there by the rules: somebody had added it to the level. */
function isOfAddedSigner(process: WatchedProcess, decision: RecordEntry): boolean {
  const first = textOf(decision, 'onBehalfOf') || textOf(decision, 'employeeId');
  const brought = lastBefore(
    process,
    decision,
    (entry) =>
      isOfSame(entry, decision) &&
      (isSeatedAnew(entry) ||
        ((entry.type === 'SignerAdded' || entry.type === 'SignerRemoved') &&
          textOf(entry, 'level') === textOf(decision, 'level') &&
          textOf(entry, 'to') === first)),
  );
  return brought?.type === 'SignerAdded';
}

/** From here on the plan alone says who sits on the levels that are asked: whoever was added before is asked no more as such. */
function isSeatedAnew({ type, facts }: RecordEntry): boolean {
  return type === 'ReturnedToLevel' || (type === 'TaskRerouted' && facts.isAskedAgain === true);
}

function isOfSame(one: RecordEntry, other: RecordEntry): boolean {
  return textOf(one, 'approvalId') === textOf(other, 'approvalId');
}
