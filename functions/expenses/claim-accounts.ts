/** The accounts that the company's tables give for a claim: known before anybody approves it, asked again when it is posted. */
import type { ExpenseClaim } from '../events/expense-claim-submitted.ts';
import type { Policies } from '../policy/port.ts';
import type { ClaimAccounts } from './domain/journal.ts';

/** As the tables stand now. */
export async function claimAccounts(
  policies: Policies,
  { lines, costCentre, legalEntity }: ExpenseClaim,
): Promise<ClaimAccounts> {
  const categories = [...new Set(lines.map(({ category }) => category))];
  const mapped = await Promise.all(
    categories.map(
      async (category) => [category, await policies.accountFor({ category, costCentre, legalEntity })] as const,
    ),
  );
  return {
    accounts: new Map(
      mapped.flatMap(([category, account]) => (account === undefined ? [] : [[category, account] as const])),
    ),
    credited: await policies.ledgerAccounts({ legalEntity }),
  };
}
