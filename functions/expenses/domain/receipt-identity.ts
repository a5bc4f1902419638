/** What tells one paper from all others, whoever claims it. Pure. */
import type { ClaimedReceipt } from '../../events/expense-claim-submitted.ts';

/** Numbers of fully digital invoices (数电票) are unique in China: 20 digits. */
const UNIQUE_NUMBER = /^\d{20}$/;

/**
 * Keys of the paper over all claimants and for ever: two papers that share one are the same. None: it has no number or no
 * seller, and nothing tells it from others.
 *
 * A seller counts by their tax id and by their name, whatever its spaces, width and case: who files one paper with the
 * tax id, and again with the name alone, files it twice. Those who name a seller in both ways join the two.
 */
export function receiptIdentities({
  number,
  sellerTaxId,
  sellerName,
}: Pick<ClaimedReceipt, 'number' | 'sellerTaxId' | 'sellerName'>): readonly string[] {
  const plain = plainText(number ?? '');
  if (plain === '') {
    return [];
  }
  if (UNIQUE_NUMBER.test(plain)) {
    return [`number:${plain}`];
  }
  const taxId = plainText(sellerTaxId ?? '');
  const name = plainText(sellerName ?? '');
  return [...(taxId === '' ? [] : [`tax-id:${taxId}:${plain}`]), ...(name === '' ? [] : [`name:${name}:${plain}`])];
}

/** Letters and digits only, of one width and case. */
export function plainText(text: string): string {
  return text
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[^\p{L}\p{N}]/gu, '');
}
