/**
 * One more approval lets the processes of a case go on: it is asked of whom the company's table of approvals names, and is a
 * task as all others are. Compliance follows its own cases as it follows processes: what happened stands in their record.
 */

import { readApproval } from '../approvals/approval-store.ts';
import { askQuestion, type Question } from '../approvals/ask-question.ts';
import type { ApprovalState } from '../approvals/domain/approval-state.ts';
import type { DecisionDocument, Exclusion } from '../approvals/domain/plan.ts';
import { plainScope } from '../approvals/domain/scope.ts';
import { planApproval } from '../approvals/plan-approval.ts';
import type { RecordEntry } from '../audit/domain/record.ts';
import type { Directory } from '../directory/port.ts';
import { compare } from '../money/money.ts';
import type { Policies } from '../policy/port.ts';
import { operatorNotice } from '../process/domain/operator-notice.ts';
import type { Effect, ProcessHead } from '../process/domain/process.ts';
import type { ProcessStarter } from '../process/resumer.ts';
import { type ProcessDeps, readHead } from '../process/update-process.ts';
import type { CompanyFacts } from '../requests/company.ts';
import { BusinessRuleError } from '../runtime/errors.ts';
import { carryOutCase, participantsOf } from './carry-out-case.ts';
import { commandCase, readCase } from './case-store.ts';
import { casePerson, isCancellable } from './decide-case.ts';
import { detectorText } from './detector-words.ts';
import { asksForApproval, CASE_PHASE, type CasePerson, type CaseState } from './domain/case-state.ts';
import { peopleNamed } from './domain/named-people.ts';
import { textOf } from './domain/watched.ts';
import { caseMail } from './open-case.ts';
import { factText, LABELS } from './words.ts';

export interface OneMoreApprovalDeps extends ProcessDeps {
  readonly directory: Directory;
  readonly policies: Policies;
  readonly company: CompanyFacts;
  /** Of the machine of approvals. */
  readonly approvals: ProcessStarter;
}

/**
 * Asks for it once all processes of the case are held, again when more of them belong to it, and does what was answered.
 * Idempotent, and does nothing about cases that ask for none.
 * @throws ConnectorTransientError when the machine could not be started: the next delivery does it.
 */
export async function followApproval(deps: OneMoreApprovalDeps, caseId: string): Promise<void> {
  const state = await readCase(deps.store, caseId);
  if (state === undefined || state.decision !== undefined || !asksForApproval(state)) {
    return;
  }
  const { approval, processIds, held, letGo } = state;
  if (approval?.processes === processIds.length) {
    await (approval.outcome === undefined ? follow(deps, caseId, state, approval.approvalId) : undefined);
  } else if (processIds.every((processId) => [...held, ...letGo].includes(processId)) && held.length > 0) {
    await ask(deps, caseId, state);
  }
}

async function ask(deps: OneMoreApprovalDeps, caseId: string, { processIds }: CaseState): Promise<void> {
  const question = { processId: caseId, subject: 'compliance', stepId: `${caseId}#${processIds.length}` } as const;
  try {
    const { approvalId } = await askQuestion<CaseState>(deps, question, (head, id) => questionOf(deps, head, id));
    await start(deps, caseId, approvalId);
  } catch (error) {
    if (!(error instanceof BusinessRuleError)) {
      throw error;
    }
    await commandCase(deps, caseId, { kind: 'nobody-to-ask', reason: error.rule }, (state) => [
      caseMail(caseId, state),
      nobodyMail(caseId, error.message),
    ]);
  }
}

async function start({ approvals }: OneMoreApprovalDeps, processId: string, approvalId: string): Promise<void> {
  await approvals.start(`${processId}-${approvalId}`, { processId, approvalId });
}

/** Whoever asked for one of the processes, decided in it or is named by the case is not asked, and can therefore not let it go on. */
async function questionOf(
  deps: OneMoreApprovalDeps,
  { processId: caseId, state }: ProcessHead<CaseState>,
  approvalId: string,
): Promise<Question<CaseState>> {
  const { currency } = deps.company;
  const processes = await readProcesses(deps, state.processIds);
  const participants = new Set([
    ...processes.flatMap(({ head, entries }) => [...participantsOf(head, entries)]),
    ...peopleNamed(state),
  ]);
  const excluded = [...participants].map(
    (employeeId): Exclusion => ({ employeeId, reason: 'has a part in what the case is about' }),
  );
  const amount = highest(processes.flatMap(({ entries }) => entries));
  const plan = await planApproval(
    {
      ...{ approvalId, subject: 'compliance', documentVersion: 1, amount, excluded, costCentre: '' },
      // Rules that go up the line begin with whoever asked for what is held.
      requesterId: processes[0]?.head.requesterId ?? '',
      scope: plainScope(currency),
      document: documentOf(caseId, state, { amount, currency }),
    },
    deps,
  );
  const approval = { approvalId, processes: state.processIds.length };
  return { plan, phase: CASE_PHASE, state: { ...state, approval }, facts: { detector: state.detector } };
}

async function readProcesses({ store }: OneMoreApprovalDeps, processIds: readonly string[]) {
  const all = await Promise.all(
    processIds.map(async (processId) => {
      const head = await readHead(store, processId);
      return head === undefined ? [] : [{ head, entries: await store.readRecord(processId) }];
    }),
  );
  return all.flat();
}

/** In company currency: what the processes were put to their own approvers for. */
function highest(entries: readonly RecordEntry[]): string {
  const amounts = entries.filter(({ type }) => type === 'ApprovalRouted').map((entry) => textOf(entry, 'amount'));
  return amounts.reduce((most, amount) => (amount !== '' && compare(amount, most) > 0 ? amount : most), '0');
}

function documentOf(
  caseId: string,
  { detector, processIds, facts }: CaseState,
  { amount, currency }: { readonly amount: string; readonly currency: string },
): DecisionDocument {
  const { en, zh } = detectorText(detector);
  return {
    title: `${en} (${zh}): ${processIds.join(', ')}`,
    ...{ currency, total: amount, baseTotal: amount, baseCurrency: currency, lines: [] },
    notes: [
      { label: LABELS.case, value: caseId },
      ...Object.entries(facts).map(([name, value]) => ({ label: factText(name), value })),
    ],
  };
}

/** The answer is done; while there is none, the machine is started where that came to nothing. */
async function follow(deps: OneMoreApprovalDeps, caseId: string, state: CaseState, approvalId: string): Promise<void> {
  const approval = await readApproval(deps.store, caseId, approvalId);
  if (approval?.status !== 'closed') {
    return start(deps, caseId, approvalId);
  }
  const by = await deciderOf(deps, state, approval);
  const canCancel = await isCancellable(deps, state);
  const outcome = approval.outcome ?? 'cancelled';
  await commandCase(
    deps,
    caseId,
    { kind: 'answer', approvalId, outcome, canCancel, ...(by === undefined ? {} : { by }) },
    (after) => (after.decision === undefined ? [caseMail(caseId, after)] : []),
  );
  await carryOutCase(deps, caseId);
}

/** Who decided last; a part of anybody who decided, or of whom they stood in for, is a part of all. */
async function deciderOf(
  deps: OneMoreApprovalDeps,
  state: CaseState,
  { decisions }: ApprovalState,
): Promise<CasePerson | undefined> {
  const counted = decisions.filter(({ voided }) => voided === undefined);
  const last = counted.at(-1);
  if (last === undefined) {
    return undefined;
  }
  const ids = new Set(counted.flatMap(({ employeeId, onBehalfOf }) => [employeeId, onBehalfOf ?? employeeId]));
  const people = await Promise.all([...ids].map((id) => casePerson(deps, state, id)));
  const isOwner = people.some((one) => one.employeeId === last.employeeId && one.isOwner);
  return { employeeId: last.employeeId, isOwner, hasPart: people.some(({ hasPart }) => hasPart) };
}

function nobodyMail(caseId: string, reason: string): Effect {
  return operatorNotice({
    en: `One more approval cannot be asked for in compliance case ${caseId}, whose processes stay held: ${reason}`,
    zh: `合规案件 ${caseId} 无法发起加审，相关流程保持冻结：${reason}`,
  });
}
