/** What tells one paper from all others, whoever claims it. Pure. */
import type { ClaimedReceipt } from '../../events/expense-claim-submitted.ts';

/** Numbers of fully digital invoices (数电票) are unique in China: 20 digits. */
const UNIQUE_NUMBER = /^\d{20}$/;

/** Number of an invoice as its file says it, and the code that stands before the number of the kinds that have one. */
export interface PaperNumber {
  readonly number: string;
  readonly code?: string;
}

/**
 * Keys of the paper over all claimants and for ever: two papers that share one are the same. None: it has no number or no
 * seller, and nothing tells it from others.
 *
 * A seller counts by their tax id and by their name, whatever its spaces, width and case: who files one paper with the
 * tax id, and again with the name alone, files it twice. Those who name a seller in both ways join the two.
 *
 * @param said - what its file says: no other paper of China has that code and number, whatever its claimant entered
 */
export function receiptIdentities(receipt: EnteredIdentity, said?: PaperNumber): readonly string[] {
  const ofFile = said === undefined ? [] : [`number:${said.code ?? ''}${said.number}`];
  return [...new Set([...enteredIdentities(receipt), ...ofFile])];
}

/**
 * The same of an invoice of EN 16931, whose number (BT-1) is unique among those of its seller only: by the tax id of its seller
 * and the number where it has both, else by the seller's name. One mark, as of an invoice of China: a paper has three at most.
 */
export function europeanIdentities(
  receipt: EnteredIdentity,
  {
    number,
    sellerTaxId,
    sellerName,
  }: { readonly number: string; readonly sellerName: string; readonly sellerTaxId?: string },
): readonly string[] {
  const said = enteredIdentities({ number, sellerTaxId, sellerName }).slice(0, 1);
  return [...new Set([...enteredIdentities(receipt), ...said])];
}

type EnteredIdentity = Pick<ClaimedReceipt, 'number' | 'sellerTaxId' | 'sellerName'>;

function enteredIdentities({ number, sellerTaxId, sellerName }: EnteredIdentity): readonly string[] {
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
