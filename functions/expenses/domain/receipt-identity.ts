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
 * seller, and nothing tells it from others. Zeros before a number count only where it is unique by itself.
 *
 * A seller counts by their tax id and by their name, whatever its spaces, width, case and legal form ("Hotel A GmbH" is
 * "hotel a"): who files one paper with the tax id, and again with the name alone, files it twice. Those who name a seller in
 * both ways join the two.
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

/**
 * The same of a file in which no machine read an invoice, a PDF or a picture without a code: by what was entered, and by the
 * file itself. An invoice that was read says more: what it is known by is in its file, whatever its bytes.
 * @param sha256 - of the file, hexadecimal; undefined: it has none
 */
export function unreadIdentities(receipt: EnteredIdentity, sha256: string | undefined): readonly string[] {
  return [...enteredIdentities(receipt), ...(sha256 === undefined ? [] : [`file:${sha256}`])];
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
  const short = plain.replace(/^0+(?=.)/, '');
  const taxId = plainText(sellerTaxId ?? '');
  const name = plainSeller(sellerName ?? '');
  return [...(taxId === '' ? [] : [`tax-id:${taxId}:${short}`]), ...(name === '' ? [] : [`name:${name}:${short}`])];
}

/** Legal forms as they stand behind names, plain: the longest first. */
const CHINESE_FORMS = /(?:股份有限公司|有限责任公司|有限公司)$/u;
const OTHER_FORMS = new Set([
  ...['AG', 'BV', 'CO', 'COMPANY', 'CORP', 'CORPORATION', 'GMBH', 'INC', 'KG', 'LIMITED', 'LLC', 'LLP', 'LTD', 'MBH'],
  ...['NV', 'OHG', 'PLC', 'PTE', 'SA', 'SARL', 'SAS', 'SE', 'SPA', 'SRL', 'UG'],
]);

/** Without the legal form, unless nothing else is left of the name. */
function plainSeller(name: string): string {
  const words = name
    .normalize('NFKC')
    .toUpperCase()
    // `G.m.b.H.` and `S.A.` are one word.
    .replace(/\./gu, '')
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '');
  const last = words.findLastIndex((word) => !OTHER_FORMS.has(word));
  const plain = plainText(name).replace(CHINESE_FORMS, '');
  const withoutForm = words
    .slice(0, last + 1)
    .join('')
    .replace(CHINESE_FORMS, '');
  return [withoutForm, plain].find((text) => text !== '') ?? plainText(name);
}

/** Letters and digits only, of one width and case. */
export function plainText(text: string): string {
  return text
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[^\p{L}\p{N}]/gu, '');
}
