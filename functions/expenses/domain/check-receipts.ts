/** The receipts of an expense claim as they were entered, each by itself and against the lines that they prove. Pure. */
import type { ClaimedReceipt, ExpenseClaim, ExpenseLine } from '../../events/expense-claim-submitted.ts';
import { compare, isRoundedToCurrency, sum } from '../../money/money.ts';
import type { ExpenseLimit } from '../../policy/port.ts';
import {
  ageFinding,
  type ClaimFinding,
  type ClaimFindingCode,
  type FindingDetail,
  finding,
  futureFinding,
  unroundedFinding,
} from './finding.ts';

export interface ReceiptCheckInput {
  readonly claim: ExpenseClaim;
  /** Keys of the paper (`receiptIdentities`) of each receipt, in their order. */
  readonly identities: readonly (readonly string[])[];
  /** By category, for the employee's grade; what nobody of it may claim is missing. */
  readonly limits: ReadonlyMap<string, ExpenseLimit>;
  /** `YYYY-MM-DD` in the company's time zone. */
  readonly today: string;
}

export function checkReceipts(input: ReceiptCheckInput): readonly ClaimFinding[] {
  const { claim } = input;
  return [
    ...claim.receipts.flatMap((receipt, index) => receiptFindings(input, receipt, index)),
    ...unknownReceipts(claim),
    ...proofFindings(claim),
  ];
}

function receiptFindings(input: ReceiptCheckInput, receipt: ClaimedReceipt, index: number): readonly ClaimFinding[] {
  const { claim, identities, today } = input;
  const { receiptId, date, amount, currency } = receipt;
  const detail = (field: string, code: ClaimFindingCode): FindingDetail => ({
    receiptId,
    field: `claim.receipts[${index}].${field}`,
    code,
    severity: 'return',
  });
  const earlier = claim.receipts.slice(0, index);
  const own = identities[index] ?? [];
  return [
    ...(date > today
      ? [futureFinding(detail('date', 'date-in-future'), date)]
      : receiptAgeFindings(input, receipt, detail('date', 'too-old'))),
    ...(isRoundedToCurrency(amount, currency)
      ? []
      : [unroundedFinding(detail('amount', 'amount-not-rounded'), amount, currency)]),
    ...(compare(amount, '0') > 0
      ? []
      : [
          finding(
            detail('amount', 'amount-not-positive'),
            [`is ${amount} ${currency}`, 'a credit note proves no expense: take it off'],
            [`为 ${amount} ${currency}`, '红字发票不能报销，请删除'],
          ),
        ]),
    ...(earlier.some((other) => other.receiptId === receiptId)
      ? [
          finding(
            detail('receiptId', 'receipt-repeated'),
            [`"${receiptId}" stands there twice`, 'give each receipt an id of its own'],
            [`“${receiptId}”重复`, '每张票据须有不同的编号'],
          ),
        ]
      : []),
    ...(identities.slice(0, index).some((other) => other.some((identity) => own.includes(identity)))
      ? [
          finding(
            detail('number', 'duplicate-in-claim'),
            ['is the same paper as another one of this claim', 'take one of them off'],
            ['与本报销单的另一张票据相同', '请删除其中一张'],
          ),
        ]
      : []),
    ...(own.length > 0
      ? []
      : [
          finding(
            detail('number', 'receipt-not-identifiable'),
            [
              'nothing tells this receipt from any other one',
              'enter the number on it and its seller, or send its file',
            ],
            ['无法将该票据与其他票据区分', '请填写票据号码和销售方，或上传票据文件'],
          ),
        ]),
    ...(claim.lines.some(({ receiptIds }) => receiptIds.includes(receiptId))
      ? []
      : [
          finding(
            detail('receiptId', 'unused-receipt'),
            [`no line refers to "${receiptId}"`, 'name it at its line, or take it off'],
            [`没有明细引用“${receiptId}”`, '请在对应明细中引用，或删除该票据'],
          ),
        ]),
  ];
}

/**
 * A receipt proves each line that names it, and is late for a line when the expense would be. It may be dated after its
 * lines: invoices are issued after the service.
 */
function receiptAgeFindings(
  { claim, limits, today }: ReceiptCheckInput,
  { receiptId, date }: ClaimedReceipt,
  detail: FindingDetail,
): readonly ClaimFinding[] {
  const ages = claim.lines
    .filter(({ receiptIds }) => receiptIds.includes(receiptId))
    .flatMap(({ category }) => limits.get(category)?.maxAgeDays ?? []);
  const tooOld = ages.length > 0 ? ageFinding(detail, date, { today, maxAgeDays: Math.min(...ages) }) : undefined;
  return tooOld === undefined ? [] : [tooOld];
}

function unknownReceipts({ lines, receipts }: ExpenseClaim): readonly ClaimFinding[] {
  const known = new Set(receipts.map(({ receiptId }) => receiptId));
  return lines.flatMap(({ receiptIds }, index) =>
    receiptIds
      .filter((receiptId) => !known.has(receiptId))
      .map((receiptId) => {
        const field = `claim.lines[${index}].receiptIds`;
        return finding(
          { line: index + 1, receiptId, field, code: 'unknown-receipt', severity: 'return' },
          [`the claim has no receipt "${receiptId}"`, 'add it, or correct its id'],
          [`报销单中没有票据“${receiptId}”`, '请补充该票据，或更正编号'],
        );
      }),
  );
}

/** Lines and the receipts that prove them: what is joined, also by way of others, is compared as a whole. */
function proofFindings({ lines, receipts }: ExpenseClaim): readonly ClaimFinding[] {
  return groupsOf(lines).flatMap((numbers) => {
    const own = numbers.flatMap((number) => lines[number] ?? []);
    const named = new Set(own.flatMap(({ receiptIds }) => receiptIds));
    const proofs = receipts.filter(({ receiptId }) => named.has(receiptId));
    return groupFindings(numbers[0] ?? 0, own, proofs);
  });
}

/** Indices of lines that share receipts. Lines without receipts are left out. */
function groupsOf(lines: readonly ExpenseLine[]): readonly (readonly number[])[] {
  let groups: readonly { readonly numbers: readonly number[]; readonly receiptIds: ReadonlySet<string> }[] = [];
  for (const [index, { receiptIds }] of lines.entries()) {
    if (receiptIds.length > 0) {
      const touching = groups.filter((group) => receiptIds.some((receiptId) => group.receiptIds.has(receiptId)));
      groups = [
        ...groups.filter((group) => !touching.includes(group)),
        {
          numbers: [...touching.flatMap(({ numbers }) => numbers), index].toSorted((left, right) => left - right),
          receiptIds: new Set([...touching.flatMap((group) => [...group.receiptIds]), ...receiptIds]),
        },
      ];
    }
  }
  return groups.map(({ numbers }) => numbers);
}

function groupFindings(
  first: number,
  lines: readonly ExpenseLine[],
  receipts: readonly ClaimedReceipt[],
): readonly ClaimFinding[] {
  const field = `claim.lines[${first}].amount`;
  const detail = { line: first + 1, field, severity: 'return' } as const;
  const currencies = [...new Set([...lines, ...receipts].map(({ currency }) => currency))];
  if (receipts.length === 0) {
    return [];
  }
  if (currencies.length > 1) {
    return [
      finding(
        { ...detail, code: 'receipt-currency-differs' },
        [`what belongs together is in ${currencies.join(' and ')}`, 'claim in the currency of the receipt'],
        [`对应的明细与票据币种不同（${currencies.join('、')}）`, '请按票据币种填写'],
      ),
    ];
  }
  const claimed = sum(lines.map(({ amount }) => amount));
  const proved = sum(receipts.map(({ amount }) => amount));
  // Less may be claimed than was paid: without the private part of a bill, say.
  return compare(claimed, proved) <= 0
    ? []
    : [
        finding(
          { ...detail, code: 'receipt-exceeded' },
          [
            `${claimed} is claimed, and the receipts prove ${proved}`,
            `claim ${proved} or less, or add what is missing`,
          ],
          [`申报 ${claimed}，票据仅证明 ${proved}`, `请报销不超过 ${proved}，或补充票据`],
        ),
      ];
}
