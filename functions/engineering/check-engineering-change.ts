/** An engineering change is read and checked: against the directory, and against the bill and the stock in the ERP. */
import { choicesOf } from '../approvals/domain/chosen.ts';
import { plainScope } from '../approvals/domain/scope.ts';
import { wrongChoices } from '../approvals/plan-approval.ts';
import { dayOf } from '../calendar/domain/calendar.ts';
import { DAY, instantOf } from '../calendar/domain/zone.ts';
import type { BillOfMaterials, ComponentFacts, EngineeringPort } from '../connectors/erp/engineering-port.ts';
import type { Directory } from '../directory/port.ts';
import type { EngineeringChange } from '../events/engineering-change-submitted.ts';
import type { Policies } from '../policy/port.ts';
import { type ProcessDeps, updateProcess } from '../process/update-process.ts';
import { requesterIssues } from '../requests/check-requester.ts';
import { type CompanyFacts, companyDate, filingDate } from '../requests/company.ts';
import { acceptedMessage } from '../requests/domain/messages.ts';
import { completed, isReturnedByCheck, versionAfter } from '../requests/domain/rework.ts';
import { readRequest } from '../requests/read-request.ts';
import { refuseRequest } from '../requests/refuse-request.ts';
import { type Issue, returnRequest, wrongChoiceIssue } from '../requests/return-request.ts';
import { type FieldIssue, ValidationError } from '../runtime/errors.ts';
import { CHANGE, type ChangeHead, type ChangeState, type CheckedChange } from './domain/change-process.ts';
import { changeFindings } from './domain/check-change.ts';
import { atStake, differencesOf } from './domain/compare-bills.ts';
import { changeOf } from './read-change.ts';

export interface CheckChangeDeps extends ProcessDeps {
  readonly engineering: EngineeringPort;
  readonly directory: Directory;
  readonly policies: Policies;
  readonly company: CompanyFacts;
}

/** `returned`: the requester is to alter it. */
export type CheckOutcome = 'complete' | 'returned';

/**
 * Idempotent.
 * @throws ValidationError, once it is recorded, when it cannot be read, its requester is not known, or the ERP has no bill of
 *   the product, or its connector none at all; what was sent in the place of what was returned throws ResubmissionRefusedError instead. Errors of the
 *   engineering port.
 */
export async function checkEngineeringChange(
  deps: CheckChangeDeps,
  processId: string,
): Promise<{ outcome: CheckOutcome }> {
  const head = await readRequest<ChangeState>(deps, processId);
  if (head.state.checked !== undefined) {
    return { outcome: 'complete' };
  }
  if (isReturnedByCheck(head)) {
    return { outcome: 'returned' };
  }
  const { change, bill } = await readChange(deps, head);
  const { checked, issues } = await checkWith(deps, head, change, bill);
  const found = [...issues, ...(await choiceIssues(deps, head.requesterId, change, checked))];
  if (found.length > 0) {
    await returnRequest(deps, CHANGE, processId, found);
    return { outcome: 'returned' };
  }
  await updateProcess<ChangeState, void>(deps, processId, (current) => ({
    ...(current.state.checked === undefined ? { change: completeChange(current, change, checked) } : {}),
    output: undefined,
  }));
  return { outcome: 'complete' };
}

async function readChange(
  deps: CheckChangeDeps,
  { processId, requesterId, state }: ChangeHead,
): Promise<{ readonly change: EngineeringChange; readonly bill: BillOfMaterials }> {
  const read = changeOf(state.filed);
  const found = 'issues' in read ? read : await billOf(deps, read.document);
  const issues = [...('issues' in found ? found.issues : []), ...(await requesterIssues(deps.directory, requesterId))];
  return issues.length > 0 || 'issues' in read || 'issues' in found
    ? refuseRequest(deps, CHANGE, processId, issues)
    : { change: read.document, bill: found.bill };
}

/** Of an ERP without bills the port says so itself. */
async function billOf(
  { engineering }: CheckChangeDeps,
  change: EngineeringChange,
): Promise<{ readonly bill: BillOfMaterials } | { readonly issues: readonly FieldIssue[] }> {
  try {
    const bill = await engineering.readBom(change.productCode);
    return bill === undefined ? { issues: [billIssue(change)] } : { bill };
  } catch (error) {
    return { issues: issuesOf(error) };
  }
}

function issuesOf(error: unknown): readonly FieldIssue[] {
  if (error instanceof ValidationError) {
    return error.issues;
  }
  throw error;
}

function billIssue({ productCode }: EngineeringChange): FieldIssue {
  return {
    field: 'change.productCode',
    problem: `the ERP has no bill of materials of ${productCode}`,
    remedy: 'name a product that is made, or have its first bill entered in the ERP',
  };
}

async function checkWith(
  { engineering, clock, company }: CheckChangeDeps,
  head: ChangeHead,
  change: EngineeringChange,
  bill: BillOfMaterials,
): Promise<{ readonly checked: CheckedChange; readonly issues: readonly Issue[] }> {
  const today = companyDate(clock, company.timeZone);
  const differences = differencesOf(bill.components, change.components);
  const codes = new Set([...change.components, ...differences].map(({ productCode }) => productCode));
  const known = await engineering.componentFacts([...codes], today);
  const impact = known.filter((one) => differences.some(({ productCode }) => productCode === one.productCode));
  return {
    issues: changeFindings({ change, bill, differences, known, today, filedOn: filingDate(head, company.timeZone) }),
    checked: {
      bill,
      differences,
      impact,
      atStake: atStake(change.productCode, differences, impact, company.currency),
      effectiveAt: instantOf(dayOf(change.effectiveOn) * DAY, company.timeZone).toISOString(),
    },
  };
}

async function choiceIssues(
  deps: CheckChangeDeps,
  requesterId: string,
  change: EngineeringChange,
  { atStake: { amount } }: CheckedChange,
): Promise<readonly Issue[]> {
  const asked = { subject: 'engineering-change', requesterId, amount, costCentre: '', excluded: [] } as const;
  const scope = plainScope(deps.company.currency);
  return (await wrongChoices({ ...asked, scope, ...choicesOf(change) }, deps)).map(wrongChoiceIssue);
}

function completeChange(head: ChangeHead, change: EngineeringChange, checked: CheckedChange) {
  const { bill, differences, impact } = checked;
  return {
    entries: [
      {
        type: 'EngineeringChangeChecked',
        actor: { kind: 'meridian', id: 'checks' } as const,
        facts: {
          productCode: change.productCode,
          basedOn: bill.version,
          effectiveOn: change.effectiveOn,
          differences: differences.map((one) => ({ ...one })),
          impact: impact.map(impactFact),
          atStake: { ...checked.atStake },
          version: versionAfter(head),
        },
      },
    ],
    // The record has it as filed: the head need not carry it twice.
    ...completed(head, { ...head.state, filed: {}, change, checked }),
    phase: 'Checks',
    effects: [{ kind: 'tell-oa' as const, message: acceptedMessage(CHANGE.noun) }],
  };
}

function impactFact({ productCode, onHand, onOrder, usedIn, stockValue, orderValue }: ComponentFacts) {
  return {
    productCode,
    onHand,
    onOrder,
    usedIn: [...usedIn],
    stockValue: { ...stockValue },
    orderValue: { ...orderValue },
  };
}
