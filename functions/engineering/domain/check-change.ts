/** What the ERP and the calendar say of an engineering change: issues that its requester can mend. Pure. */
import type { BillOfMaterials, ComponentFacts } from '../../connectors/erp/engineering-port.ts';
import type { EngineeringChange } from '../../events/engineering-change-submitted.ts';
import { compare } from '../../money/money.ts';
import { isTooFarAhead, MOST_DAYS_OPEN } from '../../requests/domain/open-days.ts';
import type { Reason } from '../../requests/domain/request.ts';
import type { Difference } from './compare-bills.ts';

/** What is wrong with one field, and how to mend it. */
export interface Finding {
  readonly field: string;
  readonly reason: Reason;
}

export interface ChangeCheck {
  readonly change: EngineeringChange;
  readonly bill: BillOfMaterials;
  readonly differences: readonly Difference[];
  /** Of the components that the change names. */
  readonly known: readonly ComponentFacts[];
  /** `YYYY-MM-DD` of the company. */
  readonly today: string;
  /** `YYYY-MM-DD` of the company: the day on which the process began, however often it was sent since. */
  readonly filedOn: string;
}

/** All that is wrong, at once. */
export function changeFindings({ change, bill, differences, known, today, filedOn }: ChangeCheck): readonly Finding[] {
  return [
    ...(change.basedOn === undefined || change.basedOn === bill.version ? [] : [staleIssue(change.basedOn, bill)]),
    ...(differences.length === 0 ? [NOTHING_CHANGES] : []),
    ...dateIssues(change.effectiveOn, { today, filedOn }),
    ...change.components.flatMap((component, index) => componentIssues(change, component, index, known)),
  ];
}

function componentIssues(
  { productCode: product, components }: EngineeringChange,
  { productCode, quantity }: EngineeringChange['components'][number],
  index: number,
  known: readonly ComponentFacts[],
): readonly Finding[] {
  const field = (name: string) => `change.components[${index}].${name}`;
  const facts = known.find((one) => one.productCode === productCode);
  const isTwice = components.findIndex((one) => one.productCode === productCode) !== index;
  return [
    ...(facts === undefined
      ? [
          issue(
            field('productCode'),
            `the ERP has no product ${productCode}; choose an existing one, or have it created first`,
            `ERP 中没有产品 ${productCode}，请选择已有产品或先建档`,
          ),
        ]
      : []),
    ...(productCode === product
      ? [issue(field('productCode'), 'a product is not made of itself; take it out', '产品不能由自身组成，请删除')]
      : []),
    ...(isTwice
      ? [
          issue(
            field('productCode'),
            `${productCode} stands on it twice; write one line with the whole quantity`,
            `${productCode} 重复出现，请合并为一行`,
          ),
        ]
      : []),
    ...(compare(quantity, '0') <= 0 || decimals(quantity) > MAX_QUANTITY_DIGITS
      ? [
          issue(
            field('quantity'),
            `must be more than zero, with at most ${MAX_QUANTITY_DIGITS} digits after the point; leave out what is needed no more`,
            `数量须大于零，小数不超过 ${MAX_QUANTITY_DIGITS} 位；不再需要的物料请删除`,
          ),
        ]
      : []),
  ];
}

const MAX_QUANTITY_DIGITS = 4;

function decimals(quantity: string): number {
  return quantity.split('.')[1]?.length ?? 0;
}

function dateIssues(
  effectiveOn: string,
  { today, filedOn }: Pick<ChangeCheck, 'today' | 'filedOn'>,
): readonly Finding[] {
  return effectiveOn < today || isTooFarAhead(effectiveOn, filedOn)
    ? [
        issue(
          'change.effectiveOn',
          `${effectiveOn} is in the past or more than ${MOST_DAYS_OPEN} days after ${filedOn}, when the change was filed; name a day from ${today} on, or file a later one as a new change nearer to it`,
          `生效日期 ${effectiveOn} 已过，或距提交日 ${filedOn} 超过 ${MOST_DAYS_OPEN} 天；请选择 ${today} 起的日期，更晚生效的变更请临近时另行提交`,
        ),
      ]
    : [];
}

function staleIssue(basedOn: string, { version }: BillOfMaterials): Finding {
  return issue(
    'change.basedOn',
    `the bill in force is ${version}, not ${basedOn}; look at what was changed and draw the change up on it`,
    `当前生效版本为 ${version}，而非 ${basedOn}，请核对后以新版本为基础重新提交`,
  );
}

const NOTHING_CHANGES: Finding = issue(
  'change.components',
  'they are those of the bill in force; alter one, or withdraw the change',
  '与当前生效的物料清单相同，请修改或撤回',
);

function issue(field: string, en: string, zh: string): Finding {
  return { field, reason: { en: `${field}: ${en}.`, zh: `${field}：${zh}。` } };
}
