/** A finding becomes a case, and what the company's table wants to follow from it follows: once, however often it is found. */
import type { WaitClock } from '../calendar/port.ts';
import type { Directory } from '../directory/port.ts';
import type { Policies } from '../policy/port.ts';
import { holderOf } from '../process/await-fact.ts';
import type { Effect } from '../process/domain/process.ts';
import { placeHold } from '../process/hold-process.ts';
import { recordOnly, runningProcess } from '../process/own-process.ts';
import { createProcess, type ProcessDeps, readHead } from '../process/update-process.ts';
import { ConcurrencyError } from '../runtime/errors.ts';
import { carryOutCase } from './carry-out-case.ts';
import { commandCase, listed, readCase } from './case-store.ts';
import { openedCase } from './domain/case.ts';
import { asksForApproval, CASE_KIND, CASE_PHASE, type CaseState, holdsProcesses } from './domain/case-state.ts';
import { type ComplianceRule, caseIdOf, type Finding } from './domain/finding.ts';

/** Hours of work that a working day has, and hours of the clock where the company has no calendar. */
const DAY_OF_WORK = 8;
const DAY_OF_CLOCK = 24;

export interface OpenCaseDeps extends ProcessDeps {
  readonly directory: Directory;
  readonly policies: Policies;
  readonly waitClock: WaitClock;
}

/** `off`: the company's table does not want it looked for. `known`: the case was there already, decided or not. */
export type Opening = 'opened' | 'known' | 'off';

/**
 * Idempotent, also when two find the same at once: one case, one mail, one hold for each process. A case that somebody has
 * decided about holds nothing again.
 */
export async function openCase(deps: OpenCaseDeps, finding: Finding): Promise<Opening> {
  const rule = await deps.policies.complianceRule({
    detector: finding.detector,
    process: await kindOf(deps, finding),
  });
  const { action } = rule;
  if (action === 'off') {
    return 'off';
  }
  const caseId = caseIdOf(finding);
  const isNew = await create(deps, caseId, finding, { ...rule, action });
  if (!isNew) {
    await commandCase(deps, caseId, { kind: 'see', finding });
  }
  await holdProcesses(deps, caseId);
  // Somebody may have decided while the holds were placed.
  await carryOutCase(deps, caseId);
  return isNew ? 'opened' : 'known';
}

/** @returns how many of them are new; as idempotent as {@link openCase}. */
export async function openCases(deps: OpenCaseDeps, findings: readonly Finding[]): Promise<number> {
  let opened = 0;
  for (const finding of findings) {
    opened += (await openCase(deps, finding)) === 'opened' ? 1 : 0;
  }
  return opened;
}

async function kindOf({ store }: OpenCaseDeps, { processIds: [first] }: Finding): Promise<string> {
  return first === undefined ? '' : ((await readHead(store, first))?.kind ?? '');
}

/** False: the case is there already. */
async function create(
  deps: OpenCaseDeps,
  caseId: string,
  finding: Finding,
  rule: ComplianceRule & { readonly action: CaseState['action'] },
): Promise<boolean> {
  if ((await readCase(deps.store, caseId)) !== undefined) {
    return false;
  }
  const { employeeId: ownerId } = await holderOf(deps.directory, rule.ownerPost);
  const now = deps.clock.now();
  const deadline = deadlineOf(deps, now, rule.deadlineDays);
  const { state, entries } = openedCase(finding, rule, { ownerId, deadline });
  const own = { processId: caseId, kind: CASE_KIND, requesterId: finding.detector, phase: CASE_PHASE, state };
  // One more approval is a task as others are, and goes with the rules and people as they change, while the case is open.
  const head = asksForApproval(state) ? runningProcess(own, '', now) : recordOnly(own, now);
  const effects = rule.action === 'note' ? [] : warningsOf(caseId, state);
  try {
    await createProcess(deps, head, { entries, effects }, [listed(caseId, state)]);
    return true;
  } catch (error) {
    if (error instanceof ConcurrencyError) {
      return false;
    }
    throw error;
  }
}

/** ISO 8601 in UTC. */
function deadlineOf({ waitClock }: OpenCaseDeps, now: Date, days: number): string {
  const openedAt = now.toISOString();
  const hours = days * DAY_OF_WORK;
  const { hoursAfter, countedBy } = waitClock.reckon({
    openedAt,
    expireAfterHours: hours,
    isOnTheClock: false,
    timeZones: [undefined],
  });
  return hoursAfter(openedAt, countedBy === undefined ? days * DAY_OF_CLOCK : hours).toISOString();
}

/** The hold stands in the record of the process, the fact that the case holds it in that of the case; both once. */
async function holdProcesses(deps: OpenCaseDeps, caseId: string): Promise<void> {
  const state = await readCase(deps.store, caseId);
  if (state === undefined || !holdsProcesses(state)) {
    return;
  }
  for (const processId of state.processIds.filter((id) => !state.letGo.includes(id))) {
    // First in the case: whoever decides in between sees that there is something to release.
    const held = await commandCase(deps, caseId, { kind: 'hold', processId });
    if (held.kind === 'refused' || !held.state.held.includes(processId)) {
      return;
    }
    const result = await placeHold(deps, { processId, by: 'compliance', reason: state.detector, caseId });
    if (result === 'ended' || result === 'unknown') {
      await commandCase(deps, caseId, { kind: 'carry-out', processId, result });
    }
  }
}

/** By each way that the company's table names: once each, since they are committed with what they warn of. */
export function warningsOf(caseId: string, state: CaseState): readonly Effect[] {
  const { detector, severity, deadline } = state;
  const warning = {
    detector,
    severity,
    deadline,
    isHeld: holdsProcesses(state),
    isOverdue: state.isOverdue === true,
  };
  return state.warnBy.map(
    (channel): Effect => (channel === 'mail' ? caseMail(caseId, state) : { kind: 'warn', channel, warning }),
  );
}

/** To the owner; what it is about stands on its page. */
export function caseMail(caseId: string, { ownerId, detector, deadline, action, isOverdue }: CaseState): Effect {
  const held = action === 'hold' || asksForApproval({ action }) ? { held: 'yes' } : {};
  const overdue = isOverdue === true ? { overdue: 'yes' } : {};
  return {
    kind: 'mail',
    mail: { to: ownerId, template: 'compliance-case', facts: { caseId, detector, deadline, ...held, ...overdue } },
  };
}
