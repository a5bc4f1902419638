/** Whether a claim can be decided as it is: shape, requester, arithmetic, rates, limits, and papers that nobody else claims. */
import { toDotPath } from 'zod/v4/core';
import { choicesOf } from '../approvals/domain/chosen.ts';
import type { DocumentFile } from '../approvals/domain/plan.ts';
import { wrongChoices } from '../approvals/plan-approval.ts';
import type { AttachmentFiles } from '../attachments/port.ts';
import type { ErpPort } from '../connectors/erp/port.ts';
import type { Directory } from '../directory/port.ts';
import { type ExpenseClaim, expenseClaimSchema } from '../events/expense-claim-submitted.ts';
import { readJourney } from '../people/read-journey.ts';
import type { Policies } from '../policy/port.ts';
import { type ProcessDeps, updateProcess } from '../process/update-process.ts';
import { costCentreIssues, requesterIssues } from '../requests/check-requester.ts';
import { type CompanyFacts, companyDate } from '../requests/company.ts';
import { acceptedMessage } from '../requests/domain/messages.ts';
import { completed, isReturnedByCheck, versionAfter } from '../requests/domain/rework.ts';
import { readRequest } from '../requests/read-request.ts';
import { refuseRequest } from '../requests/refuse-request.ts';
import { type Issue, returnRequest, wrongChoiceIssue } from '../requests/return-request.ts';
import { BusinessRuleError } from '../runtime/errors.ts';
import { claimAccounts } from './claim-accounts.ts';
import { type ClaimCheck, checkClaim, rateKey } from './domain/check-claim.ts';
import { checkReceiptFile } from './domain/check-receipt-file.ts';
import { EXPENSE, type ExpenseHead, type ExpenseState } from './domain/expense.ts';
import type { ClaimFinding } from './domain/finding.ts';
import { unmappedAccount } from './domain/journal.ts';
import { readReceipt } from './receipts/read-receipt.ts';
import { reserveReceipts } from './reserve-receipts.ts';

export interface CheckExpenseDeps extends ProcessDeps {
  readonly erp: Pick<ErpPort, 'exchangeRate'>;
  readonly directory: Directory;
  readonly policies: Policies;
  readonly company: CompanyFacts;
  readonly files: Pick<AttachmentFiles, 'readKept'>;
  /** Of legal entities, by their code. */
  readonly taxIds: Readonly<Record<string, string>>;
}

/** `returned`: the employee has to change it. `review`: a person judges the findings before it is approved. */
export type CheckOutcome = 'complete' | 'review' | 'returned';

/**
 * What was sent in the place of a returned claim is its next version once it is complete. Idempotent.
 * @throws ValidationError for an employee who may not claim at all, after it is recorded; ResubmissionRefusedError where what
 *   was sent in the place of what was returned may be sent again; BusinessRuleError `unmapped-account` for a claim that
 *   could not be posted: those who keep the tables mend that, not its employee, and nothing is recorded before.
 */
export async function checkExpense(deps: CheckExpenseDeps, processId: string): Promise<{ outcome: CheckOutcome }> {
  const head = await readRequest<ExpenseState>(deps, processId);
  const { check, filed } = head.state;
  if (check !== undefined) {
    return { outcome: outcomeOf(check) };
  }
  if (isReturnedByCheck(head)) {
    return { outcome: 'returned' };
  }
  const refused = await requesterIssues(deps.directory, head.requesterId);
  if (refused.length > 0) {
    return refuseRequest(deps, EXPENSE, processId, refused);
  }
  const { claim, issues } = await readClaim(deps, filed);
  if (claim === undefined) {
    return giveBack(deps, processId, issues);
  }
  const found = await examine(deps, claim, head);
  const files = await readFiles(deps, claim, head.requesterId);
  const toMend = [
    ...found.findings.filter(({ severity }) => severity === 'return'),
    ...files.findings,
    ...(await choiceIssues(deps, head, claim, found)),
    ...(await reserveReceipts(deps, processId, claim)),
  ];
  if (toMend.length > 0) {
    return giveBack(deps, processId, toMend);
  }
  await demandAccounts(deps, claim);
  await recordCheck(deps, processId, { claim, check: found, files: files.shown });
  return { outcome: outcomeOf(found) };
}

/** Before anybody approves what the company's tables cannot post. The receipts stay reserved: a retry goes on from here. */
async function demandAccounts({ policies }: CheckExpenseDeps, claim: ExpenseClaim): Promise<void> {
  const unmapped = unmappedAccount(claim, await claimAccounts(policies, claim));
  if (unmapped !== undefined) {
    throw new BusinessRuleError(
      unmapped.refusal,
      `${unmapped.message}: add the row and try again, or give the claim up and tell its employee`,
    );
  }
}

async function giveBack(
  deps: CheckExpenseDeps,
  processId: string,
  issues: readonly Issue[],
): Promise<{ outcome: 'returned' }> {
  await returnRequest(deps, EXPENSE, processId, issues);
  return { outcome: 'returned' };
}

/** Whom the claim names to decide about it, or about what is to be judged before. */
async function choiceIssues(
  deps: CheckExpenseDeps,
  { requesterId }: ExpenseHead,
  claim: ExpenseClaim,
  check: ClaimCheck,
): Promise<readonly Issue[]> {
  const isJudged = check.findings.some(({ severity }) => severity === 'review');
  const subjects = isJudged ? (['expense-exception', 'expense'] as const) : (['expense'] as const);
  const { costCentre } = claim;
  const asked = { requesterId, amount: check.baseTotal.amount, costCentre, excluded: [], ...choicesOf(claim) };
  const issues = await Promise.all(subjects.map((subject) => wrongChoices({ ...asked, subject }, deps)));
  return issues.flat().map(wrongChoiceIssue);
}

/** At the ERP's rates of the days of the expenses, and within what the employee's grade may claim. */
async function examine(
  deps: CheckExpenseDeps,
  claim: ExpenseClaim,
  { requesterId, oa }: ExpenseHead,
): Promise<ClaimCheck> {
  const { currency, timeZone } = deps.company;
  const grade = (await deps.directory.person(requesterId))?.grade ?? '';
  const days = new Map(claim.lines.map((line) => [rateKey(line), line]));
  const categories = distinct(claim.lines.map(({ category }) => category));
  const journeys = distinct(claim.lines.flatMap(({ journey }) => journey ?? []));
  return checkClaim({
    claim,
    rates: await known([...days], (line) =>
      line.currency === currency ? Promise.resolve('1') : deps.erp.exchangeRate(line.currency, line.date),
    ),
    limits: await known(
      categories.map((category) => [category, category]),
      (category) => deps.policies.expenseLimit({ category, grade }),
    ),
    journeys: await known(
      journeys.map((journey) => [journey, journey]),
      (requestId) => readJourney(deps.store, { system: oa.system, requestId }, requesterId),
    ),
    today: companyDate(deps.clock, timeZone),
    currency,
  });
}

/** One file after the other: together they may be larger than the memory. */
async function readFiles(
  { files, clock, taxIds }: CheckExpenseDeps,
  { receipts, legalEntity }: ExpenseClaim,
  employeeId: string,
): Promise<{ readonly findings: readonly ClaimFinding[]; readonly shown: readonly DocumentFile[] }> {
  const buyerTaxId = Object.hasOwn(taxIds, legalEntity) ? taxIds[legalEntity] : undefined;
  const findings: ClaimFinding[] = [];
  const shown: DocumentFile[] = [];
  for (const [index, receipt] of receipts.entries()) {
    const { fileId, receiptId } = receipt;
    if (fileId !== undefined) {
      const { file, kept } = await readReceipt(files, employeeId, fileId);
      findings.push(...checkReceiptFile(receipt, index, file, buyerTaxId));
      shown.push(
        ...(kept === undefined ? [] : [shownFile({ ...kept, fileId, at: clock.now().toISOString() }, receiptId)]),
      );
    }
  }
  return { findings, shown };
}

/** Under the receipt's id and the name of its kind: `r1.pdf`. */
function shownFile(file: Omit<DocumentFile, 'name'>, receiptId: string): DocumentFile {
  return { ...file, name: `${receiptId}.${file.mediaType.split('/')[1] ?? ''}` };
}

function distinct(values: readonly string[]): readonly string[] {
  return [...new Set(values)];
}

/** What is known of each, by name. */
async function known<Asked, Answer>(
  named: readonly (readonly [string, Asked])[],
  ask: (asked: Asked) => Promise<Answer | undefined>,
): Promise<ReadonlyMap<string, Answer>> {
  const answers = await Promise.all(named.map(async ([name, asked]) => [name, await ask(asked)] as const));
  return new Map(answers.flatMap(([name, answer]) => (answer === undefined ? [] : [[name, answer] as const])));
}

async function recordCheck(
  deps: CheckExpenseDeps,
  processId: string,
  { claim, check, files }: Required<Pick<ExpenseState, 'claim' | 'check' | 'files'>>,
): Promise<void> {
  await updateProcess<ExpenseState, void>(deps, processId, (head) => ({
    ...(head.state.check === undefined
      ? {
          change: {
            entries: [
              {
                type: 'ClaimChecked',
                actor: { kind: 'meridian', id: 'checks' },
                facts: {
                  title: claim.title,
                  costCentre: claim.costCentre,
                  legalEntity: claim.legalEntity,
                  baseTotal: check.baseTotal,
                  rates: check.lines.map(({ lineNumber, rate }) => ({ lineNumber, rate })),
                  findings: check.findings.length,
                  found: check.findings.map(({ field, code }) => ({ field, code })),
                  version: versionAfter(head),
                },
              },
            ],
            // The record has it as filed: the head, which every step reads and writes, need not carry it twice.
            ...completed(head, { ...head.state, filed: {}, claim, check, ...(files.length === 0 ? {} : { files }) }),
            phase: 'Validation',
            effects: [{ kind: 'tell-oa', message: acceptedMessage(EXPENSE.noun) }],
          },
        }
      : {}),
    output: undefined,
  }));
}

function outcomeOf({ findings }: ClaimCheck): CheckOutcome {
  return findings.length > 0 ? 'review' : 'complete';
}

/** The claim in its shape, of a cost centre that exists; or what is wrong with it. */
async function readClaim(
  { directory }: CheckExpenseDeps,
  filed: ExpenseState['filed'],
): Promise<{ readonly claim?: ExpenseClaim; readonly issues: readonly Issue[] }> {
  const parsed = expenseClaimSchema.safeParse(filed);
  const centre = await costCentreIssues(directory, 'claim.costCentre', filed.costCentre);
  const issues = [
    ...(parsed.error?.issues ?? []).map(({ path, message }) => shapeIssue(toDotPath(['claim', ...path]), message)),
    ...centre.map(({ field, problem, remedy }) => ({
      field,
      reason: { en: `${field}: ${problem}; ${remedy}.`, zh: `${field}：成本中心不存在，请选择已有的成本中心。` },
    })),
  ];
  return parsed.success && issues.length === 0 ? { claim: parsed.data, issues } : { issues };
}

function shapeIssue(field: string, message: string): Issue {
  return {
    field,
    reason: { en: `${field}: ${message}; enter it anew.`, zh: `${field}：内容不符合要求（${message}），请重新填写。` },
  };
}
