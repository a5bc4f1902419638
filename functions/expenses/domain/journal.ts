/** The journal entry of an approved claim. Pure. Amounts are plain decimals of the company's currency. */
import type { JournalLine } from '../../connectors/erp/ledger-port.ts';
import type { ExpenseClaim } from '../../events/expense-claim-submitted.ts';
import { compare, roundToCurrency, subtract } from '../../money/money.ts';
import type { ExpenseAccounts } from '../../policy/port.ts';
import type { ClaimCheck } from './check-claim.ts';

/** Longest text of a line in the books. */
const MAX_DESCRIPTION = 120;

export interface JournalInput {
  readonly claim: ExpenseClaim;
  readonly check: ClaimCheck;
  /** By category; what the company's tables map to no account is missing. */
  readonly accounts: ReadonlyMap<string, string>;
  /** Undefined: the company's tables do not know the legal entity. */
  readonly credited: ExpenseAccounts | undefined;
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
  | { readonly refusal: 'unmapped-account'; readonly message: string };

/** One debit for each line of the claim; credited to the employee's advance as far as it goes, and owed for the rest. */
export function journalOf({ claim, check, accounts, credited, openAdvance, employeeId }: JournalInput): Journal {
  const { amount: total, currency } = check.baseTotal;
  if (credited === undefined) {
    return refused(`ledger-accounts.dmn has no accounts for the legal entity ${claim.legalEntity}`);
  }
  const unmapped = claim.lines.find(({ category }) => !accounts.has(category));
  if (unmapped !== undefined) {
    const { category } = unmapped;
    return refused(
      `account-mapping.dmn has no account for ${category}, cost centre ${claim.costCentre}, legal entity ${claim.legalEntity}`,
    );
  }
  const setOff = roundToCurrency(compare(openAdvance, total) < 0 ? openAdvance : total, currency);
  const owed = roundToCurrency(subtract(total, setOff), currency);
  const debits = claim.lines.map(
    ({ category, date, description }, index): JournalLine => ({
      accountCode: accounts.get(category) ?? '',
      debit: check.lines[index]?.baseAmount ?? '0',
      description: `${date} ${category} ${description}`.trim().slice(0, MAX_DESCRIPTION),
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

function refused(message: string): Journal {
  return { refusal: 'unmapped-account', message };
}
