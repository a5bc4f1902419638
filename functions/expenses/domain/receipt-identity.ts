/** What tells one paper from all others, whoever claims it. Pure. */
import type { ClaimedReceipt } from '../../events/expense-claim-submitted.ts';

/** Numbers of fully digital invoices (数电票) are unique in China: 20 digits. */
const UNIQUE_NUMBER = /^\d{20}$/;

/**
 * Key of the paper over all claimants and for ever; undefined: it has no number or no seller, and nothing tells it from
 * others. The
 * seller counts by their tax id, else by their name, whatever its spaces, width and case.
 */
export function receiptIdentity({
  number,
  sellerTaxId,
  sellerName,
}: Pick<ClaimedReceipt, 'number' | 'sellerTaxId' | 'sellerName'>): string | undefined {
  const plain = plainText(number ?? '');
  if (plain === '') {
    return undefined;
  }
  if (UNIQUE_NUMBER.test(plain)) {
    return `number:${plain}`;
  }
  const taxId = plainText(sellerTaxId ?? '');
  const name = plainText(sellerName ?? '');
  if (taxId !== '') {
    return `tax-id:${taxId}:${plain}`;
  }
  return name === '' ? undefined : `name:${name}:${plain}`;
}

/** Letters and digits only, of one width and case. */
export function plainText(text: string): string {
  return text
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[^\p{L}\p{N}]/gu, '');
}
