/** What another way would have brought, for people. */
import type { Example, WhatIf } from '../../../functions/insight/what-if.ts';
import { type Language, say } from '../../../functions/pages/language.ts';
import { levelText, SUBJECTS } from '../../../functions/pages/words.ts';

/** Lines in the language; amounts and costs are in `currency`. */
export function linesOf(result: WhatIf, language: Language, currency: string): readonly string[] {
  const text = (en: string, zh: string) => say({ en, zh }, language);
  const { approvals, changed, answers, hoursSaved, missedRefusals, impossible, cost, unobserved } = result;
  const [hours, low, high] = [hoursSaved.expected, hoursSaved.low, hoursSaved.high].map((one) => one.toFixed(0));
  const exampleLine = ({ processId, amount, before, after }: Example) =>
    `  ${processId} (${amount} ${currency}): ${before} ⇒ ${after === '' ? text('nobody', '无人审批') : after}`;
  return [
    text(
      `${approvals} past approvals were routed again; ${changed} would go another way`,
      `重新路由历史审批 ${approvals} 件，其中 ${changed} 件路径改变`,
    ),
    ...result.examples.map(exampleLine),
    text(
      `Answers of people: ${answers.before} before, ${answers.after} after (${answers.before - answers.after} fewer)`,
      `人工审批：原 ${answers.before} 次，变更后 ${answers.after} 次（减少 ${answers.before - answers.after} 次）`,
    ),
    ...result.levels
      .filter(({ before, after }) => before !== after)
      .map(
        ({ subject, level, before, after }) =>
          `  ${subjectIn(subject, language)}, ${say(levelText(level), language)}: ${before} → ${after}`,
      ),
    text(
      `Hours of waiting saved: ${hours} (nine in ten draws of observed waits: ${low} to ${high})`,
      `可节省等待 ${hours} 小时（按观测等待时间重抽样，九成结果在 ${low} 至 ${high} 之间）`,
    ),
    ...(unobserved.length === 0
      ? []
      : [
          text(
            `  never waited for so far, taken as all others: ${unobserved.join(', ')}`,
            `  无历史观测，按全部层级估计：${unobserved.join('、')}`,
          ),
        ]),
    text(
      `Work of approvers for one approval: ${cost.before.toFixed(2)} → ${cost.after.toFixed(2)} ${currency}`,
      `每件审批人工成本：${cost.before.toFixed(2)} → ${cost.after.toFixed(2)} ${currency}`,
    ),
    text(
      `Past refusals that nobody would have been asked for: ${missedRefusals.length}`,
      `变更后将错过的历史驳回与退回：${missedRefusals.length} 件`,
    ),
    ...missedRefusals.slice(0, MOST).map(exampleLine),
    text(
      `Approvals that nobody could give, which are counted in no saving: ${impossible.length}`,
      `变更后无人可审批（不计入任何节省）：${impossible.length} 件`,
    ),
    ...reasonsOf(impossible).map(([reason, requests]) => `  ${reason}: ${requests.join(', ')}`),
  ];
}

const MOST = 5;

/** Every request stands under what would stop it. */
function reasonsOf(
  impossible: WhatIf['impossible'],
): readonly (readonly [reason: string, requests: readonly string[]])[] {
  const requests = new Map<string, string[]>();
  for (const { reason, processId } of impossible) {
    requests.set(reason, [...(requests.get(reason) ?? []), processId]);
  }
  return [...requests];
}

function subjectIn(name: string, language: Language): string {
  const known = Object.entries(SUBJECTS).find(([subject]) => subject === name)?.[1];
  return known === undefined ? name : say(known, language);
}
