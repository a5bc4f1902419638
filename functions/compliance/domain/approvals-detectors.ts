/** What is wrong with decisions: authority, separation of duties, haste, and attempts that were refused. Pure. */
import { needsAuthority } from '../../approvals/domain/plan.ts';
import type { RecordEntry } from '../../audit/domain/record.ts';
import { compare } from '../../money/money.ts';
import { attemptOf } from './attempts.ts';
import type { Detector } from './detector.ts';
import type { Finding } from './finding.ts';
import { namesOf, routedFor, standingDecisions, voicesOf } from './standing-voices.ts';
import { approvingDecisions, evidenceOf, lastBefore, textOf, textsOf, type WatchedProcess } from './watched.ts';

const SUBJECTS_OF_MONEY = (['order', 'payment', 'expense'] as const).filter(needsAuthority);

/**
 * An approval that commits the company to an amount that nobody whose yes stands for it may commit it to: a yes to an earlier
 * version does only where it was kept, and that of signers who were added never does. Limits are those of today: of an old
 * decision it may tell that a limit was lowered since.
 */
export const overAuthority: Detector = (process, _rule, { approvalLimits }) =>
  process.entries.filter(isApprovedMoney).flatMap((closed): readonly Finding[] => {
    const routed = routedFor(process, closed);
    const raised = lastBefore(process, closed, (entry) => isRaised(entry, textOf(closed, 'approvalId')));
    const amount = raised === undefined ? amountRouted(routed) : textOf(raised, 'splitAmount');
    const decisions = voicesOf(process, closed);
    const isCovered = decisions.some((entry) => {
      const limit = approvalLimits.get(textOf(entry, 'employeeId'));
      return limit !== undefined && compare(limit, amount) >= 0;
    });
    return amount === '' || isCovered
      ? []
      : [
          {
            detector: 'over-authority',
            subject: placeOf(closed),
            processIds: [process.processId],
            evidence: evidenceOf(...[routed, raised].flatMap((one) => one ?? []), ...decisions, closed),
            facts: { subject: textOf(closed, 'subject'), amount, approvers: idsOf(decisions) },
          },
        ];
  });

/**
 * A yes to one's own request, of somebody who was barred, or to the payment of an order that one approved; whoever decides for
 * another, and in whose name it is decided, count alike.
 */
export const segregationOfDuties: Detector = (process) =>
  approvingDecisions(process).flatMap((decision): readonly Finding[] => {
    const breach = namesOf(decision).flatMap((employeeId) => breachOf(process, decision, employeeId))[0];
    return breach === undefined
      ? []
      : [
          {
            detector: 'segregation-of-duties',
            subject: placeOf(decision),
            processIds: [process.processId],
            evidence: evidenceOf(...breach.with, decision),
            facts: { subject: textOf(decision, 'subject'), employeeId: breach.employeeId, duty: breach.duty },
          },
        ];
  });

/** A yes sooner after the question than anybody can have read it. `threshold`: seconds. A clock that went back proves nothing. */
export const fastApproval: Detector = (process, { threshold }) =>
  approvingDecisions(process).flatMap((decision): readonly Finding[] => {
    const asked = lastBefore(process, decision, (entry) => isAskedBy(entry, decision));
    const seconds = asked === undefined ? -1 : (Date.parse(decision.occurredAt) - Date.parse(asked.occurredAt)) / 1000;
    return asked === undefined || seconds < 0 || seconds >= Number(threshold)
      ? []
      : [
          {
            detector: 'fast-approval',
            subject: placeOf(decision),
            processIds: [process.processId],
            evidence: evidenceOf(asked, decision),
            facts: {
              subject: textOf(decision, 'subject'),
              employeeId: textOf(decision, 'employeeId'),
              seconds: String(seconds),
            },
          },
        ];
  });

/**
 * So many attempts of one person within the window at what is not theirs to do, wherever they were refused. `threshold`:
 * attempts. One case for each person and day (UTC) on which the threshold was reached; it is about the processes among them.
 */
export const refusedAttempts: Detector = ({ entries }, { threshold, windowHours }, { refusals }) => {
  const people = new Set(entries.flatMap((entry) => attemptOf(entry)?.employeeId ?? []));
  const window = windowHours * 3_600_000;
  const byDay = new Map<string, Map<string, (typeof refusals)[number]>>();
  for (const last of refusals.filter(({ employeeId }) => people.has(employeeId))) {
    const burst = refusals.filter(
      ({ employeeId, at }) =>
        employeeId === last.employeeId &&
        Date.parse(at) <= Date.parse(last.at) &&
        Date.parse(last.at) - Date.parse(at) < window,
    );
    if (burst.length >= Number(threshold)) {
      const day = `${last.employeeId}#${last.at.slice(0, 10)}`;
      const seen = byDay.get(day) ?? new Map();
      for (const one of burst) {
        seen.set(`${one.processId}#${one.sequence}`, one);
      }
      byDay.set(day, seen);
    }
  }
  return [...byDay].map(([subject, seen]): Finding => {
    const attempts = [...seen.values()];
    return {
      detector: 'refused-attempts',
      subject,
      processIds: [...new Set(attempts.flatMap((one) => (one.isAside === true ? [] : one.processId)))].sort(),
      evidence: attempts.map((one) => ({ processId: one.processId, sequence: one.sequence })),
      facts: {
        employeeId: attempts[0]?.employeeId ?? '',
        refusals: [...new Set(attempts.map(({ refusal }) => refusal))].sort().join(', '),
      },
    };
  });
};

interface Breach {
  readonly employeeId: string;
  readonly duty: 'own-request' | 'barred' | 'approved-order';
  readonly with: readonly RecordEntry[];
}

function breachOf(process: WatchedProcess, decision: RecordEntry, employeeId: string): readonly Breach[] {
  if (employeeId === process.requesterId) {
    return [{ employeeId, duty: 'own-request', with: process.entries.slice(0, 1) }];
  }
  const ordered =
    textOf(decision, 'subject') === 'payment'
      ? standingDecisions(process).filter(
          (entry) => textOf(entry, 'subject') === 'order' && namesOf(entry).includes(employeeId),
        )
      : [];
  if (ordered.length > 0) {
    return [{ employeeId, duty: 'approved-order', with: ordered }];
  }
  const routed = routedFor(process, decision);
  return routed !== undefined && isBarred(routed, employeeId) ? [{ employeeId, duty: 'barred', with: [routed] }] : [];
}

function isBarred({ facts }: RecordEntry, employeeId: string): boolean {
  const excluded = Array.isArray(facts.excluded) ? facts.excluded : [];
  return excluded.some(
    (one) => typeof one === 'object' && one !== null && 'employeeId' in one && one.employeeId === employeeId,
  );
}

function isApprovedMoney(entry: RecordEntry): boolean {
  return (
    entry.type === 'ApprovalClosed' &&
    textOf(entry, 'outcome') === 'approved' &&
    SUBJECTS_OF_MONEY.some((subject) => subject === textOf(entry, 'subject'))
  );
}

/** What is judged together with it makes it more than it was routed for. */
function isRaised(entry: RecordEntry, approvalId: string): boolean {
  return entry.type === 'AmountRaised' && textOf(entry, 'approvalId') === approvalId;
}

function amountRouted(routed: RecordEntry | undefined): string {
  return routed === undefined ? '' : textOf(routed, 'amount');
}

/** By which whoever decided learned of it: the level opened for them, or somebody brought them in. */
function isAskedBy(entry: RecordEntry, decision: RecordEntry): boolean {
  const employeeId = textOf(decision, 'employeeId');
  const isSame = textOf(entry, 'approvalId') === textOf(decision, 'approvalId');
  const people = [...textsOf(entry, 'approverIds'), ...textsOf(entry, 'addedIds'), textOf(entry, 'to')];
  return isSame && ASKING.has(entry.type) && people.includes(employeeId);
}

const ASKING: ReadonlySet<string> = new Set([
  'LevelOpened',
  'LevelEscalated',
  'LevelOutOfReach',
  'TaskTransferred',
  'TaskHandedOver',
  'SignerAdded',
  'SubstituteAsked',
]);

function placeOf({ processId, sequence }: RecordEntry): string {
  return `${processId}#${sequence}`;
}

function idsOf(decisions: readonly RecordEntry[]): string {
  return [...new Set(decisions.map((entry) => textOf(entry, 'employeeId')))].join(', ');
}
