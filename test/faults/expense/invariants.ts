/** What must hold in any run of expense claims, beside what must hold of every process. */
import type { RecordEntry } from '../../../functions/audit/domain/record.ts';
import type { JournalEntry } from '../../../functions/connectors/erp/ledger-port.ts';
import { type ExpenseHead, entryKeyOf } from '../../../functions/expenses/domain/expense.ts';
import { compare, sum } from '../../../functions/money/money.ts';
import { pendingSetOffKey, receiptKey } from '../../../functions/process/keys.ts';
import {
  approvalsBefore,
  approvedVersion,
  exceeds,
  type Rules,
  type Said,
  sameJson,
  type View,
  wasLeftOut,
} from '../requests/invariants.ts';
import { advanceOf } from './claims.ts';
import type { ExpenseChaosWorld } from './world.ts';

interface ClaimView {
  readonly world: ExpenseChaosWorld;
  readonly head: ExpenseHead;
  readonly record: readonly RecordEntry[];
  /** In the books, taken back or not. */
  readonly entries: readonly JournalEntry[];
  readonly payments: ReturnType<ExpenseChaosWorld['ledger']['allEmployeePayments']>;
}

export function expenseRules(world: ExpenseChaosWorld, seed: number): Rules {
  return {
    onceOnly: () => onceOnly(world, seed),
    inTheEnd: async ({ head, record }: View) => {
      const view = viewOf(world, head as ExpenseHead, record);
      return [...CHECKS.flatMap((check) => check(view)), ...(await leftovers(view))];
    },
  };
}

function viewOf(world: ExpenseChaosWorld, head: ExpenseHead, record: readonly RecordEntry[]): ClaimView {
  const entries = world.ledger.allEntries().filter(({ key }) => key === entryKeyOf(head.processId));
  const payments = world.ledger.allEmployeePayments().filter((payment) => payment.key.startsWith(`${head.processId}-`));
  return { world, head, record, entries, payments };
}

/** One entry of each claim, one payment of each entry, one claim of each paper, and no advance set off twice. */
function onceOnly({ ledger }: ExpenseChaosWorld, seed: number): Said {
  const entries = ledger.allEntries();
  const standing = entries.filter(({ reversedBy }) => reversedBy === undefined);
  const alive = ledger.allEmployeePayments().filter(({ state }) => state !== 'failed');
  const setOff = sum(
    standing
      .flatMap(({ lines }) => lines)
      .map(({ accountCode, credit = '0' }) => (accountCode === ADVANCES ? credit : '0')),
  );
  return [
    new Set(entries.map(({ key }) => key)).size < entries.length && 'two entries stand under one key',
    new Set(alive.map(({ entryNumber }) => entryNumber)).size < alive.length && 'one entry is paid twice',
    // Claims with even seeds show one paper.
    seed % 2 === 0 && standing.length > 1 && 'one paper stands in the books twice',
    compare(setOff, advanceOf(seed)) > 0 && `${setOff} of an advance of ${advanceOf(seed)} is set off`,
  ];
}

/** Owed by employees. */
const ADVANCES = '1221';

/** What is posted is the version that was approved, by whom it may be; what is paid is what the entry owes, and was intended. */
function approval({ head, record, payments }: ClaimView): Said {
  const intended = record.filter(({ type }) => type === 'PaymentIntended');
  return [
    ...record
      .filter(({ type }) => type === 'PostingIntended')
      .flatMap(({ sequence }) => {
        const checked = record.findLast(({ type, sequence: at }) => type === 'ClaimChecked' && at < sequence);
        const approved = approvedVersion(record, 'expense', sequence);
        return [
          approvalsBefore(record, 'expense', sequence).length === 0 &&
            `a posting was intended at ${sequence} without approval`,
          approved !== checked?.facts.version &&
            `version ${checked?.facts.version} was to be posted at ${sequence}, and ${approved} was approved`,
          exceeds(record, 'expense', sequence, amountIn(checked?.facts.baseTotal)),
        ];
      }),
    ...payments.map(
      ({ paymentNumber, amount }) =>
        !(sameJson(amount, head.state.journal?.owed) && intended.some(({ facts }) => sameJson(facts.amount, amount))) &&
        `${paymentNumber} of ${amount.amount} ${amount.currency} is not what was approved`,
    ),
  ];
}

function amountIn(money: unknown): string {
  return typeof money === 'object' && money !== null && 'amount' in money ? String(money.amount) : '0';
}

/** Books, bank and record tell the same. */
function agreement({ head, record, entries, payments }: ClaimView): Said {
  const numbers = (types: readonly string[], fact: string) =>
    record.filter(({ type }) => types.includes(type)).map(({ facts }) => facts[fact]);
  const posted = numbers(['EntryPosted', 'LateEntryFound'], 'entryNumber');
  const requested = numbers(['PaymentRequested'], 'paymentNumber');
  const standing = entries.filter(({ reversedBy }) => reversedBy === undefined);
  const isAnswered = wasLeftOut(record, 'UndoClaim') || record.some(({ type }) => ANSWERED.includes(type));
  const isBooked = BOOKED.includes(head.outcome ?? '');
  const completed = payments.filter(({ state }) => state === 'completed');
  return [
    ...entries.map(({ entryNumber }) => !posted.includes(entryNumber) && `no entry of the record knows ${entryNumber}`),
    ...payments.map(
      ({ paymentNumber }) => !requested.includes(paymentNumber) && `no entry of the record knows ${paymentNumber}`,
    ),
    isBooked && standing.length !== 1 && `it ended as ${head.outcome}, and ${standing.length} entries stand`,
    !isBooked && standing.length > 0 && !isAnswered && `an entry stands after the end "${head.outcome}"`,
    head.status === 'ended' &&
      payments.some(({ state }) => state === 'processing') &&
      'it has ended and a payment is on its way',
    (head.outcome === 'paid') !== completed.length > 0 &&
      !isAnswered &&
      `it ended as ${head.outcome}, and the bank paid ${completed.length}`,
    head.outcome === 'settled' && payments.length > 0 && 'it ended as settled, and was paid',
  ];
}

const BOOKED = ['paid', 'settled', 'posted'];
/** People were told that an entry stands though its claim was given up. */
const ANSWERED = ['EntryKept', 'LateEntryFound'];

/** A paper is reserved as long as its claim stands in the books, and no longer; nothing is kept of an advance. */
async function leftovers({ world, head, entries }: ClaimView): Promise<Said> {
  const { store } = world;
  const stands = entries.some(({ reversedBy }) => reversedBy === undefined);
  const reserved = await Promise.all(
    head.state.receipts.map(
      async (mark) => (await store.read<{ processId: string }>(receiptKey(mark)))?.value.processId,
    ),
  );
  const pending = await store.read<{ amounts: object }>(pendingSetOffKey(head.requesterId));
  return [
    head.status === 'ended' &&
      stands &&
      reserved.some((by) => by !== head.processId) &&
      'a posted paper is not reserved',
    head.status === 'ended' && !stands && reserved.length > 0 && `papers are reserved after the end "${head.outcome}"`,
    head.status === 'ended' &&
      Object.keys(pending?.value.amounts ?? {}).includes(head.processId) &&
      'a part of the advance is still kept for it',
  ];
}

const CHECKS = [approval, agreement];
