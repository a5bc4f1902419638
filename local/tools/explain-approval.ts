/** Says who would approve a request and why: the rows of the table that fire, the people they lead to, and the detours. */
import type { Choices } from '../../functions/approvals/domain/chosen.ts';
import type { ApprovalPlan, RuledSubject } from '../../functions/approvals/domain/plan.ts';
import { planApproval } from '../../functions/approvals/plan-approval.ts';
import type { Directory } from '../../functions/directory/port.ts';
import { explainTable } from '../../functions/policy/evaluate-table.ts';
import type { CompiledRules } from '../../functions/policy/table.ts';
import { createPolicies } from '../../functions/policy/table-policies.ts';
import { BusinessRuleError } from '../../functions/runtime/errors.ts';

/** What is to be approved. `amount` is a plain decimal of the company's currency. */
export interface ApprovalRequest {
  readonly subject: RuledSubject;
  readonly amount: string;
  readonly costCentre: string;
  readonly requesterId: string;
  /** Whom the request itself names. */
  readonly choices?: Choices | undefined;
}

/** @returns lines for people, and whether somebody could approve it. */
export async function explainApproval(
  request: ApprovalRequest,
  { rules, directory }: { readonly rules: CompiledRules; readonly directory: Directory },
): Promise<{ readonly lines: readonly string[]; readonly isDecidable: boolean }> {
  const { choices, ...question } = request;
  const { subject, amount, costCentre, requesterId } = question;
  const nameOf = async (id: string) => `${(await directory.person(id))?.name ?? 'unknown'} (${id})`;
  const lines = [
    `${subject} of ${amount} for ${costCentre}, requested by ${await nameOf(requesterId)}`,
    '',
    ...firedLines(request, rules),
    '',
    ...(await choiceLines(request, nameOf)),
  ];
  try {
    const plan = await planApproval(
      {
        approvalId: 'explained',
        documentVersion: 1,
        excluded: [],
        document: NO_DOCUMENT,
        ...question,
        choices: choices ?? {},
      },
      { directory, policies: createPolicies(rules) },
    );
    return { lines: [...lines, ...(await planLines(plan, nameOf))], isDecidable: true };
  } catch (error) {
    if (!(error instanceof BusinessRuleError)) {
      throw error;
    }
    return { lines: [...lines, `nobody may approve it: ${error.message}`], isDecidable: false };
  }
}

function firedLines({ subject, amount, costCentre }: ApprovalRequest, { tables }: CompiledRules): readonly string[] {
  const table = tables['approval-levels'];
  if (table === undefined) {
    return [];
  }
  const fired = explainTable(table, { subject, amount: Number(amount), 'cost centre': costCentre });
  const rows = fired.map(({ row, results }) => {
    const { level, approver, mode, opens, 'after a change': afterChange } = results;
    return `  row ${row}: level "${level}", approver ${approver}, mode ${mode}, opens ${opens}, after a change ${afterChange}`;
  });
  return [`${table.address}: ${fired.length} rows fire`, ...rows];
}

async function choiceLines(
  { choices: { approvers = {}, fields = {} } = {} }: ApprovalRequest,
  nameOf: (id: string) => Promise<string>,
): Promise<readonly string[]> {
  const named = [
    ...Object.entries(approvers).map(([name, id]) => [`approvers.${name}`, id] as const),
    ...Object.entries(fields).map(([name, id]) => [`fields.${name}`, id] as const),
  ];
  const lines = await Promise.all(named.map(async ([field, id]) => `  requisition.${field}: ${await nameOf(id)}`));
  return lines.length === 0 ? [] : ['the request names:', ...lines, ''];
}

/** Nobody is shown anything: who would approve does not depend on what they would read. */
const NO_DOCUMENT: ApprovalPlan['document'] = {
  title: '',
  currency: '',
  total: '0',
  baseTotal: '0',
  baseCurrency: '',
  lines: [],
  notes: [],
};

async function planLines(plan: ApprovalPlan, nameOf: (id: string) => Promise<string>): Promise<readonly string[]> {
  const levels = await Promise.all(
    plan.levels.map(async (level, index) => {
      const people = await Promise.all(level.approverIds.map(nameOf));
      const needed = 'needed' in level.mode ? ` ${level.mode.needed}` : '';
      const place = level.isParallel ? 'beside it' : `${index + 1}.`;
      return `${place} ${level.name} (${level.mode.kind}${needed}): ${people.join(', ')}`;
    }),
  );
  const detours = await Promise.all(
    plan.routing.map(async ({ kind, level, from, to, reason }) => {
      const first = from === undefined ? '' : ` of ${await nameOf(from)}`;
      return `  ${level}: ${kind} to ${await nameOf(to)}${first}: ${reason}`;
    }),
  );
  return [
    'who is asked:',
    ...levels,
    ...(detours.length === 0 ? [] : ['', 'because:', ...detours]),
    '',
    `a link alone decides up to ${plan.linkLimit}`,
  ];
}
