/** Looks at a record as soon as something was written to it; what is found becomes a case. */
import type { Directory } from '../directory/port.ts';
import type { Policies } from '../policy/port.ts';
import { readHead } from '../process/update-process.ts';
import { compareMarks } from './compare-marks.ts';
import { ATTEMPT_TYPES } from './domain/attempts.ts';
import { CASE_KIND } from './domain/case-state.ts';
import { detect, RECORD_DETECTORS, type RecordDetector, type RecordRules } from './domain/detect.ts';
import type { Finding } from './domain/finding.ts';
import type { WatchedProcess } from './domain/watched.ts';
import { followApproval, type OneMoreApprovalDeps } from './one-more-approval.ts';
import { type OpenCaseDeps, openCases } from './open-case.ts';

/** Types of entries that anything can follow from; all others are passed over without a look at their record. */
const WATCHED: ReadonlySet<string> = new Set([
  'RequisitionValidated',
  'ApprovalRouted',
  'DecisionMade',
  ...ATTEMPT_TYPES,
  'ApprovalClosed',
  'OrderCreated',
  'SupplierInvoiceReceived',
  'SupplierInvoiceCancelled',
  'EntryPosted',
  'PaymentRequested',
  'PaymentCompleted',
  'PurchaseClosed',
  // Of cases themselves.
  'CaseProcessHeld',
]);

/** An entry that was written. */
export interface WrittenEntry {
  readonly processId: string;
  readonly sequence: number;
  readonly type: string;
}

/** What was found about one process. */
export interface Watched {
  readonly found: number;
  readonly opened: number;
}

export type WatchRecordDeps = OpenCaseDeps & OneMoreApprovalDeps;

/** Entries of any processes, as the stream of the record brings them. */
export async function watchEntries(deps: WatchRecordDeps, entries: readonly WrittenEntry[]): Promise<Watched> {
  let all: Watched = { found: 0, opened: 0 };
  for (const processId of new Set(entries.map((entry) => entry.processId))) {
    const written = entries.filter((entry) => entry.processId === processId);
    const { found, opened } = await watchRecord(deps, processId, written);
    all = { found: all.found + found, opened: all.opened + opened };
  }
  return all;
}

/**
 * Entries may come twice and in any order: the record itself is read (one that is of no process, and grows for ever, from the
 * first of the new entries on), and a finding is one case however often it is found.
 * Only what the new entries have to do with is told, so that a limit or a rule that changes later judges nothing anew.
 */
export async function watchRecord(
  deps: WatchRecordDeps,
  processId: string,
  written: readonly WrittenEntry[],
): Promise<Watched> {
  const fresh = new Set(written.filter(({ type }) => WATCHED.has(type)).map(({ sequence }) => sequence));
  const head = fresh.size === 0 ? undefined : await readHead(deps.store, processId);
  if (head === undefined) {
    return { found: 0, opened: 0 };
  }
  const { kind, requesterId } = head;
  if (kind === CASE_KIND) {
    await followApproval(deps, processId);
  }
  const entries = await deps.store.readRecord(processId, kind === processId ? Math.min(...fresh) - 1 : undefined);
  const process: WatchedProcess = { processId, kind, requesterId, entries };
  const findings = (await findingsOf(deps, process)).filter((finding) => isAbout(finding, processId, fresh));
  return { found: findings.length, opened: await openCases(deps, findings) };
}

async function findingsOf(deps: OpenCaseDeps, process: WatchedProcess): Promise<readonly Finding[]> {
  const rules = await rulesFor(deps.policies, process.kind);
  const windowHours = Math.max(...Object.values(rules).map((rule) => rule.windowHours));
  const marks = await compareMarks(deps.store, process, windowHours, deps.clock.now());
  return detect(process, rules, { ...marks, approvalLimits: await limitsOf(deps.directory, process) });
}

async function rulesFor(policies: Policies, kind: string): Promise<RecordRules> {
  const names = Object.keys(RECORD_DETECTORS) as RecordDetector[];
  const rules = await Promise.all(
    names.map(async (detector) => [detector, await policies.complianceRule({ detector, process: kind })]),
  );
  return Object.fromEntries(rules);
}

async function limitsOf(directory: Directory, { entries }: WatchedProcess): Promise<ReadonlyMap<string, string>> {
  const ids = entries.flatMap(({ type, facts }) =>
    type === 'DecisionMade' && typeof facts.employeeId === 'string' ? [facts.employeeId] : [],
  );
  const people = await Promise.all([...new Set(ids)].map((employeeId) => directory.person(employeeId)));
  return new Map(
    people.flatMap((person) =>
      person?.approvalLimit === undefined ? [] : [[person.employeeId, person.approvalLimit] as const],
    ),
  );
}

function isAbout({ evidence }: Finding, processId: string, fresh: ReadonlySet<number>): boolean {
  return evidence.some((one) => one.processId === processId && fresh.has(one.sequence));
}
