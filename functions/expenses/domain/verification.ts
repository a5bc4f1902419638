/** What the register of invoices said of a receipt's invoice, and what becomes of it. Pure. */
import type { RegisterAnswer } from '../../connectors/tax/port.ts';
import type { ClaimedReceipt } from '../../events/expense-claim-submitted.ts';
import { type ClaimFinding, finding } from './finding.ts';

/** `unavailable`: it was asked, and gave no answer. */
export type Verification = RegisterAnswer | 'unavailable';

/** The company's choice. */
export interface VerificationPolicy {
  /** Of what is not genuine: back to its employee, or to a reviewer. */
  readonly notGenuine: 'return' | 'review';
  /** Of what nobody could verify: to a reviewer, or on its way as if it were verified. */
  readonly unavailable: 'review' | 'accept';
}

type Words = Readonly<Record<'en' | 'zh', readonly [string, string]>>;

const WORDS: { readonly [answer in Exclude<Verification, 'genuine'>]: Words } = {
  'not-found': {
    en: ['the tax authority knows no such invoice', 'ask the seller for a genuine one, or take it off'],
    zh: ['税务机关查无此票', '请向销售方索取真实发票，或删除该票据'],
  },
  differs: {
    en: [
      'the tax authority knows this invoice with other contents',
      'ask the seller for a genuine one, or take it off',
    ],
    zh: ['发票内容与税务机关记录不一致', '请向销售方索取真实发票，或删除该票据'],
  },
  voided: {
    en: ['the invoice is voided', 'ask the seller for another one, or take it off'],
    zh: ['发票已作废', '请向销售方换开发票，或删除该票据'],
  },
  'red-lettered': {
    en: ['the invoice is set off by a negative one', 'ask the seller for another one, or take it off'],
    zh: ['发票已被红冲', '请向销售方换开发票，或删除该票据'],
  },
  unavailable: {
    en: ['the tax authority gave no answer about the invoice', 'verify it by hand'],
    zh: ['未能取得税务机关的查验结果', '请人工查验'],
  },
};

/** @param index - of the receipt in its claim */
export function verificationFindings(
  { receiptId }: Pick<ClaimedReceipt, 'receiptId'>,
  index: number,
  answer: Verification,
  policy: VerificationPolicy,
): readonly ClaimFinding[] {
  const becomes = answer === 'unavailable' ? policy.unavailable : policy.notGenuine;
  if (answer === 'genuine' || becomes === 'accept') {
    return [];
  }
  const code = answer === 'unavailable' ? 'receipt-not-verified' : 'receipt-not-genuine';
  const detail = { receiptId, field: `claim.receipts[${index}].fileId`, code, severity: becomes } as const;
  return [finding(detail, WORDS[answer].en, WORDS[answer].zh)];
}
