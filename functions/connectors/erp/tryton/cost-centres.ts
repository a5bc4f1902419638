/** Cost centres: analytic accounts by their code. A company without Tryton's analytic accounting has none. */
import * as z from 'zod';
import type { TrytonCompany } from './company.ts';
import type { TrytonSession } from './session.ts';

const accountShape = z.object({ id: z.int(), root: z.int() });
type CostCentre = z.infer<typeof accountShape>;

/** Undefined: Tryton keeps no such cost centre. Of several dimensions that have the code the oldest account counts. */
export async function findCostCentre(
  tryton: TrytonSession,
  { companyId, hasCostCentres }: TrytonCompany,
  code: string,
): Promise<CostCentre | undefined> {
  if (!hasCostCentres || code === '') {
    return undefined;
  }
  const [account] = await tryton.find(
    'analytic_account.account',
    [
      ['company', '=', companyId],
      ['code', '=', code],
      ['type', 'in', ['normal', 'distribution']],
      ['state', '!=', 'closed'],
    ],
    accountShape,
    ['root'],
  );
  return account;
}
