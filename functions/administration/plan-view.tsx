/** Who would be asked, level by level, and by which rows. */
import { type ApprovalPlan, NO_LINK } from '../approvals/domain/plan.ts';
import type { StandIn } from '../approvals/explain-approval.ts';
import type { Directory } from '../directory/port.ts';
import { formatMoney } from '../pages/format.ts';
import { say } from '../pages/language.ts';
import { levelText } from '../pages/words.ts';
import { firedText } from '../policy/fired-words.ts';
import { joined, type Reader } from './frame.tsx';
import { LABELS, rowText } from './words.ts';

/** Of everybody whom the plan names, and of who stands in for them, by employee id; undefined: there is no plan. */
export async function namesIn(
  plan: ApprovalPlan | undefined,
  directory: Directory,
  standIns: readonly StandIn[] = [],
): Promise<ReadonlyMap<string, string>> {
  const { levels, routing, copyTo = [] } = plan ?? { levels: [], routing: [] };
  const ids = new Set([
    ...levels.flatMap(({ approverIds }) => approverIds),
    ...copyTo.map(({ employeeId }) => employeeId),
    ...[...routing, ...standIns].flatMap(({ from, to }) => [from, to]).filter((id) => id !== undefined),
  ]);
  const people = await Promise.all([...ids].map((id) => directory.person(id)));
  return new Map(people.flatMap((one) => (one === undefined ? [] : [[one.employeeId, one.name] as const])));
}

interface PlanProps {
  readonly plan: ApprovalPlan;
  /** Of today; none where nobody looked. */
  readonly standIns?: readonly StandIn[];
  readonly names: ReadonlyMap<string, string>;
  readonly reader: Reader;
}

export function Plan({ plan, standIns = [], names, reader: { language, currency } }: PlanProps) {
  const nameOf = (id: string) => `${names.get(id) ?? id} (${id})`;
  const fired = firedText(plan.ruledBy ?? []);
  return (
    <>
      <h3>{say(LABELS.asked, language)}</h3>
      <ol class="steps">
        {plan.levels.map(({ name, rule, approverIds, mode }) => (
          <li>
            <p>
              {say(levelText(name), language)}: {joined(approverIds.map(nameOf), language)}
            </p>
            <p class="by">
              {rule} · {mode.kind}
              {'needed' in mode ? ` ${mode.needed}` : ''}
            </p>
          </li>
        ))}
      </ol>
      {standIns.length === 0 ? null : (
        <>
          <h3>{say(LABELS.standIns, language)}</h3>
          <ul class="findings">
            {standIns.map(({ level, from, to }) => (
              <li>
                {say(levelText(level), language)}: {nameOf(from)} → {nameOf(to)}
              </li>
            ))}
          </ul>
        </>
      )}
      {plan.copyTo === undefined ? null : (
        <>
          <h3>{say(LABELS.copied, language)}</h3>
          <ul class="findings">
            {plan.copyTo.map(({ employeeId, row, rule }) => (
              <li>
                {nameOf(employeeId)} ({rule}, {say(rowText(row), language)})
              </li>
            ))}
          </ul>
        </>
      )}
      {plan.routing.length === 0 ? null : (
        <>
          <h3>{say(LABELS.detours, language)}</h3>
          <ul class="findings">
            {plan.routing.map(({ kind, level, from, to, reason }) => (
              <li>
                {say(levelText(level), language)}: {kind},{' '}
                {[from, to]
                  .filter((id) => id !== undefined)
                  .map(nameOf)
                  .join(' → ')}{' '}
                ({reason})
              </li>
            ))}
          </ul>
        </>
      )}
      <p class="foot">
        {plan.linkLimit === NO_LINK
          ? say(LABELS.noLink, language)
          : `${say(LABELS.linkLimit, language)}: ${formatMoney(plan.linkLimit, currency, language)}`}
      </p>
      <p class="foot">{say({ en: `By ${fired.en}`, zh: `依据 ${fired.zh}` }, language)}</p>
    </>
  );
}
