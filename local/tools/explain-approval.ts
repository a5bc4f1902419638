/** Says who would approve a request and why: the rows of the table that fire, the people they lead to, and the detours. */
import type { ApprovalPlan } from '../../functions/approvals/domain/plan.ts';
import {
  type ApprovalExplanation,
  type ApprovalRequest,
  explainApproval,
  firedOnlyFor,
  type StandIn,
} from '../../functions/approvals/explain-approval.ts';
import type { Directory } from '../../functions/directory/port.ts';
import { lineText } from '../../functions/policy/document-rows.ts';
import { firedText } from '../../functions/policy/fired-words.ts';
import type { CompiledRules } from '../../functions/policy/table.ts';

/** @returns lines for people, and whether somebody could approve it. */
export async function describeApproval(
  request: ApprovalRequest,
  deps: { readonly rules: CompiledRules; readonly directory: Directory; readonly now: Date },
): Promise<{ readonly lines: readonly string[]; readonly isDecidable: boolean }> {
  const { subject, amount, costCentre, requesterId } = request;
  const nameOf = async (id: string) => `${(await deps.directory.person(id))?.name ?? 'unknown'} (${id})`;
  const explained = await explainApproval(request, deps);
  const lines = [
    `${subject} of ${amount} for ${costCentre}, requested by ${await nameOf(requesterId)}`,
    `asked about: ${explained.asked.map(lineText).join('; ')}`,
    '',
    ...firedLines(explained, deps.rules),
    '',
    ...(await choiceLines(request, nameOf)),
  ];
  return 'plan' in explained
    ? { lines: [...lines, ...(await planLines(explained, nameOf))], isDecidable: true }
    : { lines: [...lines, `nobody may approve it: ${explained.refusal}`], isDecidable: false };
}

function firedLines({ fired, asked }: ApprovalExplanation, { tables }: CompiledRules): readonly string[] {
  const table = tables['approval-levels'];
  if (table === undefined) {
    return [];
  }
  const rows = fired.map((one) => {
    const { row, results } = one;
    const { level, approver, mode, opens, 'after a change': afterChange, copyTo = '-' } = results;
    const copied = copyTo === '-' ? '' : `, copied to ${copyTo}`;
    const lines = firedOnlyFor(one, asked);
    const only = lines.length === 0 ? '' : ` (only for ${lines.join('; ')})`;
    return `  row ${row}: level "${level}", approver ${approver}, mode ${mode}, opens ${opens}, after a change ${afterChange}${copied}${only}`;
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

async function planLines(
  { plan, standIns }: { readonly plan: ApprovalPlan; readonly standIns: readonly StandIn[] },
  nameOf: (id: string) => Promise<string>,
): Promise<readonly string[]> {
  const levels = await Promise.all(
    plan.levels.map(async (level, index) => {
      const people = await Promise.all(level.approverIds.map(nameOf));
      const needed = 'needed' in level.mode ? ` ${level.mode.needed}` : '';
      const place = level.isParallel ? 'beside it' : `${index + 1}.`;
      return `${place} ${level.name} (${level.mode.kind}${needed}): ${people.join(', ')}`;
    }),
  );
  const away = await Promise.all(
    standIns.map(async ({ level, from, to }) => `  ${level}: ${await nameOf(to)} for ${await nameOf(from)}`),
  );
  const copies = await Promise.all(
    (plan.copyTo ?? []).map(async ({ employeeId, row, rule }) => `  ${await nameOf(employeeId)}: ${rule} (row ${row})`),
  );
  const detours = await Promise.all(
    plan.routing.map(async ({ kind, level, from, to, reason }) => {
      const first = from === undefined ? '' : ` of ${await nameOf(from)}`;
      const place = to === undefined ? '' : ` to ${await nameOf(to)}`;
      return `  ${level}: ${kind}${place}${first}: ${reason}`;
    }),
  );
  return [
    'who is asked:',
    ...levels,
    ...(away.length === 0 ? [] : ['', 'who stands in today:', ...away]),
    ...(copies.length === 0 ? [] : ['', 'who is copied:', ...copies]),
    ...(detours.length === 0 ? [] : ['', 'because:', ...detours]),
    '',
    `a link alone decides up to ${plan.linkLimit}`,
    `by ${firedText(plan.ruledBy ?? []).en}`,
  ];
}
