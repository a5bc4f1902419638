/** A receipt as it was entered against its file. Pure. */
import type { ClaimedReceipt } from '../../events/expense-claim-submitted.ts';
import { compare } from '../../money/money.ts';
import { type ClaimFinding, type ClaimFindingCode, finding } from './finding.ts';
import type { ReadInvoice } from './read-invoice.ts';
import { plainText } from './receipt-identity.ts';

/**
 * What is known of a receipt's file. `missing`: nothing that is taken was kept under its id for the employee.
 * `unreadable`: an electronic invoice that is damaged or not whole. `for-people`: a picture or PDF, kept for people to look at, and not read.
 */
export type ReceiptFile =
  | { readonly kind: 'missing' | 'unreadable' | 'for-people' }
  | { readonly kind: 'invoice'; readonly invoice: ReadInvoice };

/** The currency of all electronic invoices of China. */
const CURRENCY = 'CNY';

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
    case 'invoice':
      return [...differences(receipt, file.invoice, found), ...buyerFindings(file.invoice, buyerTaxId, found)];
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

function differences(receipt: ClaimedReceipt, invoice: ReadInvoice, found: Found): readonly ClaimFinding[] {
  const differs = (field: string, code: ClaimFindingCode, claimed: string | undefined, says: string) =>
    found(
      field,
      code,
      [
        claimed === undefined ? `is missing, and the file says ${says}` : `is ${claimed}, but the file says ${says}`,
        `write ${says}, or upload the right file`,
      ],
      [
        claimed === undefined ? `未填写，文件中为 ${says}` : `为 ${claimed}，但文件中为 ${says}`,
        `请填写 ${says}，或上传正确的文件`,
      ],
    );
  const { number, date, amount, currency } = receipt;
  const seller = differentSeller(receipt, invoice);
  return [
    ...(isNumberOf(invoice, number) ? [] : [differs('number', 'receipt-number-differs', number, invoice.number)]),
    ...(date === invoice.date ? [] : [differs('date', 'receipt-date-differs', date, invoice.date)]),
    ...(currency === CURRENCY && compare(amount, invoice.amount) === 0
      ? []
      : [differs('amount', 'receipt-amount-differs', `${amount} ${currency}`, `${invoice.amount} ${CURRENCY}`)]),
    ...(seller === undefined ? [] : [differs(seller.field, 'receipt-seller-differs', seller.claimed, seller.says)]),
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
function isNumberOf({ number, code = '' }: ReadInvoice, claimed = ''): boolean {
  return [number, `${code}${number}`].includes(plainText(claimed));
}

interface SellerDifference {
  readonly field: 'sellerTaxId' | 'sellerName';
  readonly claimed: string | undefined;
  readonly says: string;
}

/** By the tax id where both have it, else by the name; without either, a paper could not be told from others. */
function differentSeller(
  { sellerTaxId, sellerName }: ClaimedReceipt,
  invoice: ReadInvoice,
): SellerDifference | undefined {
  const [field, claimed, says] =
    sellerTaxId !== undefined && invoice.sellerTaxId !== undefined
      ? (['sellerTaxId', sellerTaxId, invoice.sellerTaxId] as const)
      : (['sellerName', sellerName, invoice.sellerName] as const);
  return plainText(claimed ?? '') === plainText(says) ? undefined : { field, claimed, says };
}
