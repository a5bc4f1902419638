/**
 * Whoever approves an order may be looking at one piece of a purchase whose other pieces came later. Their yes does not count
 * then: it is refused by name, and the task goes to whom the rules name for all of it, in one transaction.
 */

import { directoryInForce } from '../directory/store-directory.ts';
import { rememberPolicies } from '../policy/policy-versions.ts';
import { operatorNotice } from '../process/domain/operator-notice.ts';
import type { Effect, ProcessHead } from '../process/domain/process.ts';
import type { WorkItem } from '../process/store/port.ts';
import type { Decision } from '../process/update-process.ts';
import type { PurchaseHead } from '../procurement/domain/purchase.ts';
import { type PiecesNow, piecesNow } from '../procurement/pieces-now.ts';
import { BusinessRuleError } from '../runtime/errors.ts';
import { approvalChange } from './approval-change.ts';
import { type RecordedAttempt, refusalEntry } from './approval-entries.ts';
import type { DecisionDeps } from './decision-deps.ts';
import type { PersonCommand } from './domain/approval-commands.ts';
import type { Refused } from './domain/approval-events.ts';
import type { ApprovalState } from './domain/approval-state.ts';
import { coversAmount } from './domain/authority.ts';
import type { ApprovalPlan } from './domain/plan.ts';
import { firstTogether } from './domain/seats.ts';
import { splitFacts, type Together } from './domain/together.ts';
import { planAnew } from './plan-anew.ts';

/** In the place of an operator, where a task goes another way because of other purchases. */
const BY_PIECES = 'split purchases';

/** Nothing but a yes to an order is looked at. */
export async function judgedNow(
  deps: DecisionDeps,
  head: ProcessHead,
  { plan }: ApprovalState,
  command: PersonCommand,
): Promise<PiecesNow> {
  const isYes =
    command.kind === 'decide' &&
    plan.actions.some(({ action, effect }) => action === command.action && effect === 'advance');
  // The head of an order's process is that of a purchase: nothing else asks about one.
  return isYes && plan.subject === 'order' ? piecesNow(withRules(deps), head as PurchaseHead) : { also: [] };
}

function withRules(deps: DecisionDeps) {
  const { policies } = deps;
  if (policies === undefined) {
    throw new Error('an order is approved where the rules are not known');
  }
  return { ...deps, policies };
}

interface RefusedPiece {
  readonly item: WorkItem<ApprovalState>;
  readonly attempt: RecordedAttempt;
  readonly refused: Refused;
  readonly together: Together;
}

/** The refusal with who may approve all of it, as far as anybody may; and the way that the task takes with it. */
export async function refusePiece(
  deps: DecisionDeps,
  head: ProcessHead,
  { item, attempt, refused, together }: RefusedPiece,
): Promise<Decision<unknown, Refused>> {
  const { change, also = [], after } = await followPieces(deps, head, item, together);
  const may = after === undefined ? [] : await whoMay(deps, after);
  const known = may.length === 0 ? '' : `; it is for ${may.join(', ')}`;
  const output: Refused = { ...refused, message: `${refused.message}${known}`, may };
  const { baseCurrency } = item.value.plan.document;
  const entry = refusalEntry(item.value, attempt, output);
  const facts = { ...entry.facts, ...splitFacts(together, baseCurrency) };
  return {
    change: { ...change, entries: [{ ...entry, facts }, ...(change?.entries ?? [])] },
    also,
    output,
  };
}

type Followed = Partial<Pick<Decision<unknown, void>, 'change' | 'also'>> & { readonly after?: ApprovalPlan };

/** Where nobody may decide about all of it, the task stays where it is, and approves nothing; operators are told. */
async function followPieces(
  deps: DecisionDeps,
  head: ProcessHead,
  item: WorkItem<ApprovalState>,
  together: Together,
): Promise<Followed> {
  const ruled = withRules(deps);
  await rememberPolicies(deps, ruled.policies.inForce());
  const order = { by: BY_PIECES, directoryVersion: await directoryInForce(deps.store), together };
  try {
    const result = await planAnew(ruled, item.value, order);
    const { change, also } = approvalChange<unknown>(head, item, result);
    const after = result.kind === 'events' && result.state.status !== 'closed' ? { after: result.state.plan } : {};
    return { ...(change === undefined ? {} : { change }), ...(also === undefined ? {} : { also }), ...after };
  } catch (error) {
    if (!(error instanceof BusinessRuleError)) {
      throw error;
    }
    return { change: { entries: [], effects: [notice(item.value.plan, together, error.message)] } };
  }
}

function notice({ approvalId, document }: ApprovalPlan, { amount }: Together, reason: string): Effect {
  const sum = `${amount} ${document.baseCurrency}`;
  const problem = {
    en: `Nobody may approve "${document.title}" together with other purchases from the supplier (${sum}): mend what is said here, then run npm run directory -- re-route`,
    zh: `“${document.title}”与同一供应商的其他采购合并（${sum}）后无人有权审批：请按下述原因处理，然后运行 npm run directory -- re-route`,
  };
  return operatorNotice(problem, { approvalId, reason });
}

/** Those on the last levels whose limit covers the amount. */
async function whoMay({ directory }: DecisionDeps, plan: ApprovalPlan): Promise<readonly string[]> {
  const { levels } = plan;
  const last = levels.slice(firstTogether(plan, levels.length - 1)).flatMap(({ approverIds }) => approverIds);
  const people = await Promise.all([...new Set(last)].map((id) => directory.person(id)));
  return people
    .filter((person) => person !== undefined)
    .filter((person) => coversAmount(plan, person))
    .map(({ employeeId }) => employeeId);
}
