/** Asks the rules for the levels and the directory for the people, and fixes the plan of an approval. */
import type { Directory, Person } from '../directory/port.ts';
import type { Policies } from '../policy/port.ts';
import { BusinessRuleError, type FieldIssue, ValidationError } from '../runtime/errors.ts';
import { personOf, postOf } from './domain/approver-rules.ts';
import { type Choices, chosenBy } from './domain/chosen.ts';
import type { ApprovalLevelRule } from './domain/level-rule.ts';
import { MAX_LINE, type Organisation } from './domain/organisation.ts';
import {
  ACTIONS,
  type ApprovalPlan,
  type ApprovalSubject,
  type DecisionDocument,
  type Exclusion,
  type FiledSubject,
  OPERATORS,
  type OwnRules,
} from './domain/plan.ts';
import { routeApproval } from './domain/route.ts';
import type { AskedScope, DocumentScope } from './domain/scope.ts';

export interface PlanApprovalInput {
  readonly approvalId: string;
  readonly subject: ApprovalSubject;
  readonly documentVersion: number;
  readonly requesterId: string;
  /** Company currency. */
  readonly amount: string;
  readonly costCentre: string;
  readonly scope: DocumentScope;
  readonly excluded: readonly Exclusion[];
  readonly document: DecisionDocument;
  /** Whom the request itself names. */
  readonly choices?: Choices;
  /** Of a document whose form has a route of its own; every other is asked of the company's tables. */
  readonly ownRules?: OwnRules;
}

export interface PlanApprovalDeps {
  readonly directory: Directory;
  readonly policies: Policies;
}

/**
 * A question to the operators needs no rule: they are always there, and approve nothing.
 * @throws BusinessRuleError `no-approval-rule` when the rules name no level, `no-approver` when somebody is missing,
 * `too-many-approvers` when more people would be asked at once than one change can write to, `wrong-choice` when whom the
 * request names cannot be asked; its cause is then a ValidationError that names the field.
 */
export async function planApproval(input: PlanApprovalInput, deps: PlanApprovalDeps): Promise<ApprovalPlan> {
  const { subject, amount, costCentre, ownRules, ...rest } = input;
  if (subject === 'operator') {
    return operatorPlan(input, deps.policies);
  }
  const scope = { ...input.scope, legalEntities: await legalEntitiesOf(deps.directory, input) };
  const rules = ownRules ?? (await rulesOf(deps.policies, { ...input, subject }, scope));
  const { levels: levelRules, linkLimit } = rules;
  const organisation = await readOrganisation(deps.directory, input, levelRules);
  const result = routeApproval({ ...rest, subject, amount, scope, linkLimit, levelRules, organisation });
  if ('issue' in result) {
    const cause = new ValidationError([result.issue]);
    throw new BusinessRuleError(result.refusal, cause.message, { cause });
  }
  if ('refusal' in result) {
    throw new BusinessRuleError(result.refusal, result.message);
  }
  return { ...result.plan, ruledBy: rules.ruledBy, ...(ownRules === undefined ? {} : { ownRules }) };
}

/** What the company's tables say. */
async function rulesOf(
  policies: Policies,
  {
    subject,
    amount,
    costCentre,
  }: Pick<PlanApprovalInput, 'amount' | 'costCentre'> & { readonly subject: FiledSubject },
  { lines, legalEntities }: AskedScope,
): Promise<OwnRules> {
  if (subject === 'office') {
    throw new Error('the route of a form comes with what was filed');
  }
  const about = { costCentre, lines, legalEntities };
  return {
    linkLimit: await policies.linkLimit({ subject, ...about }),
    levels: await policies.approvalLevels({ subject, amount, ...about }),
    ruledBy: await policies.firedRules({ subject, amount, ...about }),
  };
}

/** What decides who approves; what people would read does not. */
export type ApprovalQuestion = Omit<PlanApprovalInput, 'approvalId' | 'document' | 'documentVersion'>;

/** Who would be asked if it were asked now, or why nobody can be; nothing is fixed by it. */
export async function tryPlan(
  question: ApprovalQuestion,
  deps: PlanApprovalDeps,
): Promise<{ readonly plan: ApprovalPlan } | { readonly refusal: BusinessRuleError }> {
  try {
    const plan = await planApproval({ ...question, approvalId: '', documentVersion: 0, document: NOT_SHOWN }, deps);
    return { plan };
  } catch (error) {
    if (error instanceof BusinessRuleError) {
      return { refusal: error };
    }
    throw error;
  }
}

const NOT_SHOWN: DecisionDocument = {
  title: '',
  currency: '',
  total: '0',
  baseTotal: '0',
  baseCurrency: '',
  lines: [],
  notes: [],
};

/**
 * What is wrong with whom the request names, before it is asked about: what it says can still be changed then. Anything else
 * that keeps the approval from being planned is found when it is.
 */
export async function wrongChoices(question: ApprovalQuestion, deps: PlanApprovalDeps): Promise<readonly FieldIssue[]> {
  const tried = await tryPlan(question, deps);
  return 'refusal' in tried && tried.refusal.cause instanceof ValidationError ? tried.refusal.cause.issues : [];
}

async function operatorPlan(
  { costCentre, scope, ...input }: PlanApprovalInput,
  policies: Policies,
): Promise<ApprovalPlan> {
  const question = { subject: 'operator', costCentre, lines: scope.lines, legalEntities: [] } as const;
  const linkLimit = await policies.linkLimit(question);
  const { countedIn, ...times } = await policies.waitingTimes('operator');
  return {
    ...input,
    linkLimit,
    ruledBy: await policies.firedRules({ ...question, amount: input.amount }),
    levels: [
      {
        name: 'Operator',
        rule: OPERATORS,
        approverIds: [OPERATORS],
        mode: { kind: 'any' },
        isParallel: false,
        ...times,
        ...(countedIn === 'clock time' ? { isOnTheClock: true } : {}),
      },
    ],
    actions: ACTIONS.operator,
    routing: [],
  };
}

/**
 * The one that the document names, and that of the department which bears it. Where they differ the rules of both apply, so
 * that nobody takes a document out of a rule by naming another entity.
 */
export async function legalEntitiesOf(
  directory: Directory,
  { scope, ...borneBy }: Pick<PlanApprovalInput, 'scope' | 'costCentre' | 'requesterId'>,
): Promise<AskedScope['legalEntities']> {
  const departmentId = await departmentOf(directory, borneBy);
  const borne = departmentId === undefined ? undefined : await directory.legalEntityOf(departmentId);
  return [...new Set([scope.legalEntity, borne].filter((entity) => entity !== undefined))].sort();
}

/** The department of the cost centre, or of the requester where it has none, as with leave; undefined: nobody knows which. */
async function departmentOf(
  directory: Directory,
  { costCentre, requesterId }: Pick<PlanApprovalInput, 'costCentre' | 'requesterId'>,
): Promise<string | undefined> {
  const bearer = costCentre === '' ? await directory.person(requesterId) : await directory.costCentre(costCentre);
  return bearer?.departmentId;
}

async function readOrganisation(
  directory: Directory,
  { requesterId, costCentre, choices = {} }: PlanApprovalInput,
  rules: readonly ApprovalLevelRule[],
): Promise<Organisation> {
  const approvers = rules.flatMap((level) => [
    ...level.approvers.map(({ rule }) => rule),
    ...(level.copyTo?.rules ?? []),
  ]);
  const posts = new Set(approvers.map(postOf).filter((post) => post !== undefined));
  const named = new Set(
    approvers.flatMap((rule) => [personOf(rule), chosenBy(choices, rule)]).filter((person) => person !== undefined),
  );
  const holders = new Map(
    await Promise.all(
      [...posts].map(async (post) => [post, await directory.holdersOf(post)] as [string, readonly Person[]]),
    ),
  );
  const departmentId = await departmentOf(directory, { costCentre, requesterId });
  const departmentHead = departmentId === undefined ? undefined : await directory.headOf(departmentId);
  const asked = await Promise.all([requesterId, ...named].map((id) => directory.person(id)));
  const people = new Map<string, Person>();
  for (const person of [...asked, departmentHead, ...[...holders.values()].flat()]) {
    await readLine(directory, person, people);
  }
  return {
    people,
    holders,
    ...(departmentHead === undefined ? {} : { departmentHead }),
    ...(departmentId === undefined ? {} : { departmentId }),
  };
}

/** The person and all managers above, as far as they are not read yet. */
async function readLine(directory: Directory, start: Person | undefined, people: Map<string, Person>): Promise<void> {
  let person = start;
  for (let height = 0; person !== undefined && !people.has(person.employeeId) && height <= MAX_LINE; height += 1) {
    people.set(person.employeeId, person);
    person = person.managerId === undefined ? undefined : await directory.person(person.managerId);
  }
}
