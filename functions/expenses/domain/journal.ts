/** The journal entry of an approved claim. Pure. Amounts are plain decimals of the company's currency. */
import type { JournalLine } from '../../connectors/erp/ledger-port.ts';
import type { ExpenseClaim } from '../../events/expense-claim-submitted.ts';
import { compare, roundToCurrency, subtract } from '../../money/money.ts';
import type { ExpenseAccounts } from '../../policy/port.ts';
import type { ClaimCheck } from './check-claim.ts';

/** Characters of the longest text of a line in the books. */
const MAX_DESCRIPTION = 120;

/** What the company's tables say of a claim. */
export interface ClaimAccounts {
  /** By category; what the tables map to no account is missing. */
  readonly accounts: ReadonlyMap<string, string>;
  /** Undefined: the tables do not know the legal entity. */
  readonly credited: ExpenseAccounts | undefined;
}

export interface JournalInput extends ClaimAccounts {
  readonly claim: ExpenseClaim;
  readonly check: ClaimCheck;
  /** What the employee still owes of advances. */
  readonly openAdvance: string;
  readonly employeeId: string;
}

export type Journal =
  | {
      /** Balanced; none is zero. */
      readonly lines: readonly JournalLine[];
      /** What is left to be paid to the employee. */
      readonly owed: string;
      /** What is set off against advances. */
      readonly setOff: string;
    }
  | UnmappedAccount;

/** No entry can be composed as the tables stand; the message names table and row, for those who keep them. */
export interface UnmappedAccount {
  readonly refusal: 'unmapped-account';
  readonly message: string;
}

/** Undefined: the tables have every account that the claim needs. */
export function unmappedAccount(
  { legalEntity, costCentre, lines }: Pick<ExpenseClaim, 'legalEntity' | 'costCentre' | 'lines'>,
  { accounts, credited }: ClaimAccounts,
): UnmappedAccount | undefined {
  if (credited === undefined) {
    return unmappedEntity({ legalEntity });
  }
  const missing = lines.find(({ category }) => !accounts.has(category))?.category;
  return missing === undefined
    ? undefined
    : unmapped(
        `account-mapping.dmn has no account for ${missing}, cost centre ${costCentre}, legal entity ${legalEntity}`,
      );
}

/**
 * One debit for each line of the claim; credited to the employee's advance as far as it goes, and owed for the rest.
 * @throws Error for a line that the check could not convert, or that is worth nothing: such a claim is returned, never posted. Also for an advance
 *   below zero, which the port rules out.
 */
export function journalOf({ claim, check, accounts, credited, openAdvance, employeeId }: JournalInput): Journal {
  const { amount: total, currency } = check.baseTotal;
  if (credited === undefined) {
    return unmappedEntity(claim);
  }
  const missing = unmappedAccount(claim, { accounts, credited });
  if (missing !== undefined) {
    return missing;
  }
  if (compare(openAdvance, '0') < 0) {
    throw new Error(
      `an open advance is never negative, as ${openAdvance} is: setting it off would owe more than was spent`,
    );
  }
  const setOff = roundToCurrency(compare(openAdvance, total) < 0 ? openAdvance : total, currency);
  const owed = roundToCurrency(subtract(total, setOff), currency);
  const debits = claim.lines.map(
    ({ category, date, description }, index): JournalLine => ({
      accountCode: accounts.get(category) ?? '',
      debit: amountOf(check, index + 1),
      description: shortened(`${date} ${category} ${description}`.trim()),
    }),
  );
  const credit = (accountCode: string, amount: string, description: string): readonly JournalLine[] =>
    compare(amount, '0') > 0 ? [{ accountCode, credit: amount, employeeId, description }] : [];
  return {
    lines: [
      ...debits,
      ...credit(credited.advanceAccount, setOff, 'Set off against the advance'),
      ...credit(credited.payableAccount, owed, 'Owed to the employee'),
    ],
    owed,
    setOff,
  };
}

/** By its number: a line that has no rate is missing among those that were checked. */
function amountOf({ lines }: ClaimCheck, lineNumber: number): string {
  const amount = lines.find((line) => line.lineNumber === lineNumber)?.baseAmount ?? '0';
  if (compare(amount, '0') <= 0) {
    throw new Error(`line ${lineNumber} of the claim has no amount that can be posted`);
  }
  return amount;
}

/** By whole characters: half of one is no text, and the ERP cannot store it. */
function shortened(text: string): string {
  return Array.from(text).slice(0, MAX_DESCRIPTION).join('');
}

function unmappedEntity({ legalEntity }: Pick<ExpenseClaim, 'legalEntity'>): UnmappedAccount {
  return unmapped(`ledger-accounts.dmn has no accounts for the legal entity ${legalEntity}`);
}

function unmapped(message: string): UnmappedAccount {
  return { refusal: 'unmapped-account', message };
}
