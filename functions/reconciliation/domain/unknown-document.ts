/** Orders, payments and entries of the ERP that no approved process made. Pure. */
import { createHash } from 'node:crypto';
import type { RecordEntry } from '../../audit/domain/record.ts';
import type { Finding } from '../../compliance/domain/finding.ts';
import type { BookDocument, BookSection } from '../../connectors/erp/books-port.ts';
import type { SafeFix } from './mismatch.ts';
import { moneyText, textIn } from './recorded.ts';

/** What is known of the process that the key of a document names. */
export interface KeyedProcess {
  readonly processId: string;
  readonly isEnded: boolean;
  readonly entries: readonly RecordEntry[];
}

const STEPS = /^(.+)-(?:order|entry|reverse|pay-[0-9a-z-]+)$/;

/** The process that a key is of; undefined: it is of none that there can be. */
export function processIdOfKey(key: string): string | undefined {
  return STEPS.exec(key)?.[1];
}

/** What the record says of a document of each section: the fact that names it, and the entries that say that it was asked for. */
const NAMES: { readonly [section in BookSection]: { readonly number: string; readonly intents: readonly string[] } } = {
  orders: { number: 'orderNumber', intents: ['OrderIntended'] },
  payments: { number: 'paymentNumber', intents: ['PaymentIntended'] },
  entries: { number: 'entryNumber', intents: ['PostingIntended'] },
};
/** Found when their process had ended: nobody answers for them any more. */
const LATE: readonly string[] = ['LateOrderFound', 'LateEntryFound'];

/**
 * Undefined: its process made it, or may be about to hear that it did. What the record intended and the process ended without
 * knowing of is nobody's any more.
 * @param about - processes of the documents that it pays or takes back
 */
export function unknownDocument(
  document: BookDocument,
  process: KeyedProcess | undefined,
  about: readonly string[] = [],
): Finding | undefined {
  if (process !== undefined && isOf(document, process)) {
    return undefined;
  }
  const { section, number, party, amount, createdAt, key } = document;
  const processIds = [...new Set([...(process === undefined ? [] : [process.processId]), ...about])];
  return {
    detector: 'unknown-document',
    subject: `${section}#${digestOf(number, createdAt)}`,
    processIds,
    evidence: [],
    facts: {
      document: section,
      number,
      amount: moneyText(amount),
      ...(party === '' ? {} : { party }),
      ...(key === '' ? {} : { key }),
      createdAt,
      fix: 'file' satisfies SafeFix,
    },
  };
}

function isOf({ section, number, key }: BookDocument, { entries, isEnded }: KeyedProcess): boolean {
  const own = entries.filter((entry) => textIn(entry, 'key') === key);
  // The number of what takes an entry back stands nowhere in the record.
  if (section === 'entries' && own.some(({ type }) => type === 'ReversalIntended')) {
    return true;
  }
  const { number: fact, intents } = NAMES[section];
  const isIntent = ({ type }: RecordEntry) => intents.includes(type);
  const made = own.filter((entry) => !isIntent(entry) && textIn(entry, fact) !== '');
  return made.length === 0
    ? own.some(isIntent) && !isEnded
    : made.some((entry) => !LATE.includes(entry.type) && textIn(entry, fact) === number);
}

/** Numbers are the ERP's own, and some begin anew each year. */
function digestOf(...parts: readonly string[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 20);
}
