/** A receipt as it was entered against its file. Pure. */
import type { RuleReport } from '../../einvoice/domain/rule-report.ts';
import type { ClaimedReceipt } from '../../events/expense-claim-submitted.ts';
import { compare, multiply } from '../../money/money.ts';
import { type ClaimFinding, type ClaimFindingCode, finding } from './finding.ts';
import type { InvoiceCode } from './invoice-code.ts';
import type { ReadInvoice } from './read-invoice.ts';
import { type PaperNumber, plainText } from './receipt-identity.ts';
import type { Verification } from './verification.ts';

/**
 * What is known of a receipt's file. `missing`: nothing that is taken was kept under its id for the employee.
 * `unreadable`: an electronic invoice that is damaged or not whole. `invoice`: one of China. `picture`: it shows the QR codes of
 * such invoices, one or more. `european`: one of EN 16931, and what its rules say of it; `credit-note`: one that gives money
 * back. `for-people`: a PDF, or a picture without such a code, kept for people to look at.
 */
export type ReceiptFile =
  | { readonly kind: 'missing' | 'unreadable' | 'for-people' | 'credit-note' }
  | { readonly kind: 'invoice'; readonly invoice: Verified<ReadInvoice> }
  | { readonly kind: 'european'; readonly invoice: ReadInvoice; readonly report: RuleReport }
  | { readonly kind: 'picture'; readonly codes: Codes };

/** The currency of all invoices with such a code. */
const CURRENCY = 'CNY';

/** Highest rate of VAT that there was in China (17 %, until April 2018): no total is further above what is taxed. */
const HIGHEST_WITH_TAX = '1.17';

/** Of the invoice that the file of a receipt says; undefined: nothing was read in it. */
export function numberInFile(
  receipt: Pick<ClaimedReceipt, 'number'>,
  file: ReceiptFile,
): Verified<PaperNumber> | undefined {
  switch (file.kind) {
    case 'invoice':
      return file.invoice;
    case 'picture':
      return codeOf(receipt, file.codes);
    default:
      return undefined;
  }
}

type Codes = readonly [Verified<InvoiceCode>, ...Verified<InvoiceCode>[]];

/** With what the register of invoices said of it; absent: it was not asked. */
type Verified<Invoice> = Invoice & { readonly verified?: Verification };

/** Of several invoices in one picture the one that was entered, else the first. */
function codeOf({ number }: Pick<ClaimedReceipt, 'number'>, codes: Codes): Verified<InvoiceCode> {
  return codes.find((code) => isNumberOf(code, number)) ?? codes[0];
}

/**
 * @param index - of the receipt in its claim
 * @param buyerTaxId - of the legal entity that pays; undefined: it is not known, and not compared
 */
export function checkReceiptFile(
  receipt: ClaimedReceipt,
  index: number,
  file: ReceiptFile,
  buyerTaxId?: string,
): readonly ClaimFinding[] {
  const found = finder(receipt, index);
  switch (file.kind) {
    case 'for-people':
      return [];
    case 'missing':
      return [
        found(
          'fileId',
          'receipt-file-missing',
          [
            'no such file of yours was kept',
            'upload a PDF, JPEG, PNG, XML or OFD of 1 byte to 10 MB, and send the claim again',
          ],
          ['未找到您的该文件', '请上传不超过 10 MB 的 PDF、JPEG、PNG、XML 或 OFD 文件后重新提交'],
        ),
      ];
    case 'unreadable':
      return [
        found(
          'fileId',
          'receipt-file-unreadable',
          [
            'the file is no electronic invoice that can be read',
            'upload it as it came from the seller or the tax platform',
          ],
          ['文件不是可读取的电子发票', '请上传从销售方或税务平台取得的原文件'],
        ),
      ];
    case 'credit-note':
      return [
        found(
          'fileId',
          'receipt-credit-note',
          ['the file is a credit note, which proves no expense', 'upload the invoice instead'],
          ['文件是贷记通知单（credit note），不能证明支出', '请上传对应的发票'],
        ),
      ];
    case 'invoice':
    case 'european':
      return [
        ...paperFindings(receipt, file.invoice, found),
        ...totalFindings(receipt, file.invoice, found),
        ...sellerFindings(receipt, file.invoice, found),
        ...buyerFindings(file.invoice, buyerTaxId, found),
      ];
    case 'picture':
      return codeFindings(receipt, codeOf(receipt, file.codes), found);
  }
}

type Found = (
  field: string,
  code: ClaimFindingCode,
  en: readonly [string, string],
  zh: readonly [string, string],
) => ClaimFinding;

function finder({ receiptId }: ClaimedReceipt, index: number): Found {
  return (field, code, en, zh) =>
    finding({ receiptId, field: `claim.receipts[${index}].${field}`, code, severity: 'return' }, en, zh);
}

/** @param write - what is to be entered instead, in both languages; default: what the file says */
function differs(
  found: Found,
  [field, code]: readonly [string, ClaimFindingCode],
  claimed: string | undefined,
  says: { readonly en: string; readonly zh: string },
  write = says,
): ClaimFinding {
  return found(
    field,
    code,
    [
      claimed === undefined
        ? `is missing, and the file says ${says.en}`
        : `is ${claimed}, but the file says ${says.en}`,
      `write ${write.en}, or upload the right file`,
    ],
    [
      claimed === undefined ? `未填写，文件中为 ${says.zh}` : `为 ${claimed}，但文件中为 ${says.zh}`,
      `请填写 ${write.zh}，或上传正确的文件`,
    ],
  );
}

function inBoth(says: string) {
  return { en: says, zh: says };
}

function paperFindings(
  { number, date }: ClaimedReceipt,
  invoice: ReadInvoice | InvoiceCode,
  found: Found,
): readonly ClaimFinding[] {
  return [
    ...(isNumberOf(invoice, number)
      ? []
      : [differs(found, ['number', 'receipt-number-differs'], number, inBoth(invoice.number))]),
    ...(date === invoice.date ? [] : [differs(found, ['date', 'receipt-date-differs'], date, inBoth(invoice.date))]),
  ];
}

function totalFindings(
  { amount, currency }: ClaimedReceipt,
  says: Pick<ReadInvoice, 'amount' | 'currency'>,
  found: Found,
): readonly ClaimFinding[] {
  return currency === says.currency && compare(amount, says.amount) === 0
    ? []
    : [differs(found, AMOUNT_DIFFERS, `${amount} ${currency}`, inBoth(`${says.amount} ${says.currency}`))];
}

const AMOUNT_DIFFERS = ['amount', 'receipt-amount-differs'] as const;

/** The code names neither seller nor buyer: they are not compared. */
function codeFindings(receipt: ClaimedReceipt, code: InvoiceCode, found: Found): readonly ClaimFinding[] {
  return [
    ...paperFindings(receipt, code, found),
    ...(code.amountIs === 'total'
      ? totalFindings(receipt, { amount: code.amount, currency: CURRENCY }, found)
      : taxedFindings(receipt, code.amount, found)),
  ];
}

/** The total lies between what is taxed, which is all of it where the tax is nil, and that with the highest tax. */
function taxedFindings({ amount, currency }: ClaimedReceipt, taxed: string, found: Found): readonly ClaimFinding[] {
  const isPossible = compare(amount, taxed) >= 0 && compare(amount, multiply(taxed, HIGHEST_WITH_TAX)) <= 0;
  return currency === CURRENCY && isPossible
    ? []
    : [
        differs(
          found,
          AMOUNT_DIFFERS,
          `${amount} ${currency}`,
          { en: `${taxed} ${CURRENCY} without tax`, zh: `不含税金额 ${taxed} ${CURRENCY}` },
          { en: 'the total with tax that stands on it', zh: '票面价税合计' },
        ),
      ];
}

function buyerFindings(
  { buyerTaxId: named }: ReadInvoice,
  expected: string | undefined,
  found: Found,
): readonly ClaimFinding[] {
  return expected === undefined || plainText(named ?? '') === plainText(expected)
    ? []
    : [
        found(
          'fileId',
          'receipt-buyer-differs',
          [
            named === undefined ? 'the invoice names no tax id of its buyer' : `the invoice is made out to ${named}`,
            `ask the seller for one that is made out to ${expected}`,
          ],
          [
            named === undefined ? '发票没有购买方税号' : `发票的购买方税号为 ${named}`,
            `请向销售方换开购买方税号为 ${expected} 的发票`,
          ],
        ),
      ];
}

/** Some write the code of an earlier invoice before its number. */
function isNumberOf({ number, code = '' }: PaperNumber, claimed = ''): boolean {
  return [number, `${code}${number}`].map(plainText).includes(plainText(claimed));
}

/** By the tax id where both have it, else by the name; without either, a paper could not be told from others. */
function sellerFindings(
  { sellerTaxId, sellerName }: ClaimedReceipt,
  invoice: ReadInvoice,
  found: Found,
): readonly ClaimFinding[] {
  const [field, claimed, says] =
    sellerTaxId !== undefined && invoice.sellerTaxId !== undefined
      ? (['sellerTaxId', sellerTaxId, invoice.sellerTaxId] as const)
      : (['sellerName', sellerName, invoice.sellerName] as const);
  return plainText(claimed ?? '') === plainText(says)
    ? []
    : [differs(found, [field, 'receipt-seller-differs'], claimed, inBoth(says))];
}
