/** Whether a claim can be decided as it is: shape, requester, arithmetic, rates, limits, and papers that nobody else claims. */
import { choicesOf } from '../approvals/domain/chosen.ts';
import { wrongChoices } from '../approvals/plan-approval.ts';
import type { ExpenseClaim } from '../events/expense-claim-submitted.ts';
import type { Policies } from '../policy/port.ts';
import type { ProcessChange } from '../process/domain/process.ts';
import { type ProcessDeps, updateProcess } from '../process/update-process.ts';
import { requesterIssues } from '../requests/check-requester.ts';
import { acceptedMessage } from '../requests/domain/messages.ts';
import { completed, isReturnedByCheck, versionAfter } from '../requests/domain/rework.ts';
import { readRequest } from '../requests/read-request.ts';
import { refuseRequest } from '../requests/refuse-request.ts';
import { type Issue, returnRequest, wrongChoiceIssue } from '../requests/return-request.ts';
import { BusinessRuleError } from '../runtime/errors.ts';
import { claimAccounts } from './claim-accounts.ts';
import { type ClaimedMonths, isAsRead, keepUses, readClaimedMonths } from './claimed-days.ts';
import type { ClaimCheck } from './domain/check-claim.ts';
import { claimScope } from './domain/claim-scope.ts';
import { usesOf } from './domain/claimed-use.ts';
import { EXPENSE, type ExpenseHead, type ExpenseState } from './domain/expense.ts';
import { type ClaimFinding, isRuled, type Severity } from './domain/finding.ts';
import { unmappedAccount } from './domain/journal.ts';
import { type ExamineDeps, examineClaim } from './examine-claim.ts';
import { readClaim } from './read-claim.ts';
import { type ClaimFiles, type ClaimFilesDeps, readClaimFiles } from './receipts/claim-files.ts';
import { reserveReceipts } from './reserve-receipts.ts';

export interface CheckExpenseDeps extends ProcessDeps, ExamineDeps, ClaimFilesDeps {}

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
  const files = await readClaimFiles(deps, claim, head.requesterId);
  const { check: examined, months } = await examineClaim(deps, { claim, identities: files.identities }, head);
  const findings = await ruled(deps.policies, [...examined.findings, ...files.findings]);
  const found = { ...examined, findings };
  const toMend = [
    ...found.findings.filter(({ severity }) => severity === 'return'),
    ...(await choiceIssues(deps, head, claim, found)),
    ...(await reserveReceipts(deps, processId, files.identities)),
  ];
  if (toMend.length > 0) {
    return giveBack(deps, processId, toMend);
  }
  await demandAccounts(deps, claim);
  const isRecorded = await recordCheck(deps, processId, { claim, check: found, files, months });
  // Another claim of the employee was faster: what it has of the days is not there for this one.
  return isRecorded ? { outcome: outcomeOf(found) } : checkExpense(deps, processId);
}

/** Each with what becomes of it by the company's table, where that is the company's choice. */
async function ruled(policies: Policies, findings: readonly ClaimFinding[]): Promise<readonly ClaimFinding[]> {
  const codes = [...new Set(findings.map(({ code }) => code))].filter(isRuled);
  const becomes = new Map<string, Severity>(
    await Promise.all(codes.map(async (code) => [code, await policies.findingBecomes(code)] as const)),
  );
  return findings.map((finding) => ({ ...finding, severity: becomes.get(finding.code) ?? finding.severity }));
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
  const about = { costCentre, scope: claimScope(claim, deps.company.currency) };
  const asked = { requesterId, amount: check.baseTotal.amount, ...about, excluded: [], ...choicesOf(claim) };
  const issues = await Promise.all(subjects.map((subject) => wrongChoices({ ...asked, subject }, deps)));
  return issues.flat().map(wrongChoiceIssue);
}

interface Checked {
  readonly claim: ExpenseClaim;
  readonly check: ClaimCheck;
  readonly files: ClaimFiles;
  readonly months: ClaimedMonths;
}

/** With what the claim has of the limits of its days. @returns false: another claim changed what these were checked with */
function recordCheck(deps: CheckExpenseDeps, processId: string, checked: Checked): Promise<boolean> {
  const { claim, check, months } = checked;
  const uses = usesOf(claim, new Map(check.lines.map(({ lineNumber, baseAmount }) => [lineNumber, baseAmount])));
  return updateProcess<ExpenseState, boolean>(deps, processId, async (head) => {
    if (head.state.check !== undefined) {
      return { output: true };
    }
    if (!isAsRead(months, await readClaimedMonths(deps.store, head.requesterId, months.keys()))) {
      return { output: false };
    }
    return {
      change: checkChange(deps, head, checked),
      also: keepUses(head.requesterId, processId, months, uses),
      output: true,
    };
  });
}

function checkChange(
  deps: CheckExpenseDeps,
  head: ExpenseHead,
  { claim, check, files, months }: Checked,
): ProcessChange<ExpenseState> {
  const { shown, unread, verified, ruled } = files;
  return {
    entries: [
      {
        type: 'ClaimChecked',
        actor: { kind: 'meridian', id: 'checks' },
        facts: {
          title: claim.title,
          costCentre: claim.costCentre,
          legalEntity: claim.legalEntity,
          baseTotal: check.baseTotal,
          ...(check.budget === undefined ? {} : { budget: { ...check.budget } }),
          rates: check.lines.map(({ lineNumber, rate }) => ({ lineNumber, rate })),
          findings: check.findings.length,
          found: check.findings.map(({ field, code }) => ({ field, code })),
          receipts: { files: shown.length, unread },
          register: deps.verificationPolicy === undefined ? 'not-asked' : verified,
          ...(ruled.length === 0 ? {} : { en16931: ruled }),
          version: versionAfter(head),
        },
      },
    ],
    // The record has it as filed: the head, which every step reads and writes, need not carry it twice.
    ...completed(head, {
      ...head.state,
      ...{ filed: {}, claim, check, claimedMonths: [...months.keys()] },
      ...(shown.length === 0 ? {} : { files: shown, unread }),
    }),
    phase: 'Validation',
    effects: [{ kind: 'tell-oa', message: acceptedMessage(EXPENSE.noun) }],
  };
}

function outcomeOf({ findings }: ClaimCheck): CheckOutcome {
  return findings.length > 0 ? 'review' : 'complete';
}
