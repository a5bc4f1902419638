/** What is wrong with decisions: authority, separation of duties, haste, and attempts that were refused. Pure. */
import { needsAuthority } from '../../approvals/domain/plan.ts';
import type { RecordEntry } from '../../audit/domain/record.ts';
import { compare } from '../../money/money.ts';
import type { Detector } from './detector.ts';
import type { Finding } from './finding.ts';
import { approvingDecisions, evidenceOf, lastBefore, textOf, textsOf, type WatchedProcess } from './watched.ts';

const SUBJECTS_OF_MONEY = (['order', 'payment', 'expense'] as const).filter(needsAuthority);

/**
 * An approval that commits the company to an amount that nobody who said yes may commit it to. Signers who were added do not
 * count. Limits are those of today: of an old decision it may tell that a limit was lowered since.
 */
export const overAuthority: Detector = (process, _rule, { approvalLimits }) =>
  process.entries.filter(isApprovedMoney).flatMap((closed): readonly Finding[] => {
    const subject = textOf(closed, 'subject');
    const routed = lastBefore(process, closed, (entry) => isRouted(entry, textOf(closed, 'approvalId')));
    const amount = routed === undefined ? '' : textOf(routed, 'amount');
    const added = addedSigners(process);
    const decisions = approvingDecisions(process).filter(
      (entry) =>
        entry.sequence <= closed.sequence &&
        textOf(entry, 'subject') === subject &&
        !added.has(textOf(entry, 'employeeId')),
    );
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
            evidence: evidenceOf(...(routed === undefined ? [] : [routed]), ...decisions, closed),
            facts: { subject, amount, approvers: idsOf(decisions) },
          },
        ];
  });

/** A yes to one's own request, of somebody who was barred, or to the payment of an order that one approved. */
export const segregationOfDuties: Detector = (process) =>
  approvingDecisions(process).flatMap((decision): readonly Finding[] => {
    const voices = [textOf(decision, 'employeeId'), textOf(decision, 'onBehalfOf')].filter((id) => id !== '');
    const breach = voices.flatMap((employeeId) => breachOf(process, decision, employeeId))[0];
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
 * So many attempts of one person within the window at what is not theirs to do. `threshold`: attempts. One case for each
 * person and day (UTC) on which the threshold was reached.
 */
export const refusedAttempts: Detector = ({ entries }, { threshold, windowHours }, { refusals }) => {
  const people = new Set(entries.filter(({ type }) => type === 'DecisionRefused').map(({ actor }) => actor.id));
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
      processIds: [...new Set(attempts.map((one) => one.processId))].sort(),
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
      ? approvingDecisions(process).filter(
          (entry) => textOf(entry, 'subject') === 'order' && textOf(entry, 'employeeId') === employeeId,
        )
      : [];
  if (ordered.length > 0) {
    return [{ employeeId, duty: 'approved-order', with: ordered }];
  }
  const routed = lastBefore(process, decision, (entry) => isRouted(entry, textOf(decision, 'approvalId')));
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

function isRouted(entry: RecordEntry, approvalId: string): boolean {
  return entry.type === 'ApprovalRouted' && textOf(entry, 'approvalId') === approvalId;
}

function addedSigners({ entries }: WatchedProcess): ReadonlySet<string> {
  return new Set(entries.filter(({ type }) => type === 'SignerAdded').map((entry) => textOf(entry, 'to')));
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
