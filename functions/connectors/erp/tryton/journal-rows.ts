/** Account moves and their lines as Tryton gives them, in the words of the ledger port. */
import * as z from 'zod';
import { compare, roundToCurrency, subtract } from '../../../money/money.ts';
import type { JournalEntry, JournalLine } from '../ledger-port.ts';
import type { Domain, TrytonSession } from './session.ts';
import { dateField, numberField, textField } from './wire.ts';

export const MOVE = 'account.move';

const moveShape = z
  .object({
    id: z.int(),
    number: textField,
    state: z.string(),
    date: dateField,
    description: textField,
    'company.': z.object({ 'currency.': z.object({ code: z.string() }) }),
  })
  .transform(({ description, 'company.': company, ...row }) => ({
    ...row,
    key: keyOfEntry(description),
    currency: company['currency.'].code,
  }));
export type MoveRow = z.infer<typeof moveShape>;

/** The key at the end of a move's description; empty: a person made it. */
export function keyOfEntry(description: string): string {
  return /\[([A-Za-z0-9-]+)\]$/.exec(description)?.[1] ?? '';
}

export function findMoves(tryton: TrytonSession, domain: Domain): Promise<readonly MoveRow[]> {
  return tryton.find(MOVE, domain, moveShape, ['number', 'state', 'date', 'description', 'company.currency.code']);
}

/** The posted move that took another back. */
export async function reversalOf(tryton: TrytonSession, id: number): Promise<MoveRow | undefined> {
  const [reversal] = await findMoves(tryton, [
    ['origin', '=', `${MOVE},${id}`],
    ['state', '=', 'posted'],
  ]);
  return reversal;
}

const lineShape = z.object({
  id: z.int(),
  'account.': z.object({ code: textField }),
  'party.': z.object({ code: textField }).nullable(),
  debit: numberField,
  credit: numberField,
  description: textField,
  reconciliation: z.int().nullable(),
  payment_amount: numberField.nullable(),
});
type LineRow = z.infer<typeof lineShape>;

export function linesOf(tryton: TrytonSession, moveId: number): Promise<readonly LineRow[]> {
  return tryton.find('account.move.line', [['move', '=', moveId]], lineShape, [
    'account.code',
    'party.code',
    'debit',
    'credit',
    'description',
    'reconciliation',
    'payment_amount',
  ]);
}

/** Whether a line is settled, or a payment that has not failed is on its way. */
export async function isSettled(tryton: TrytonSession, moveId: number): Promise<boolean> {
  const lines = await linesOf(tryton, moveId);
  return lines.some(
    ({ reconciliation, payment_amount, debit, credit }) =>
      reconciliation !== null ||
      (payment_amount !== null && compare(payment_amount, subtract(credit, debit).replace('-', '')) !== 0),
  );
}

export async function entryOf(tryton: TrytonSession, move: MoveRow): Promise<JournalEntry> {
  const lines = await linesOf(tryton, move.id);
  const reversal = await reversalOf(tryton, move.id);
  return {
    entryNumber: move.number,
    key: move.key,
    date: move.date,
    lines: lines.map((line) => lineOf(line, move.currency)),
    ...(reversal === undefined ? {} : { reversedBy: reversal.number }),
  };
}

function lineOf(row: LineRow, currency: string): JournalLine {
  const isDebit = compare(row.debit, '0') !== 0;
  const amount = roundToCurrency(isDebit ? row.debit : row.credit, currency);
  return {
    accountCode: row['account.'].code,
    ...(isDebit ? { debit: amount } : { credit: amount }),
    ...(row['party.'] === null ? {} : { employeeId: row['party.'].code }),
    description: row.description,
  };
}
