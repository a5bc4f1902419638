/** The cost centres of the company as analytic accounts of one dimension, with a budget for each year. */
import { COST_CENTRES } from './company-data.ts';
import { date, decimal, idOf, type TrytonClient } from './rpc.ts';

/** @param years - calendar years that get a budget each */
export async function createCostCentres(
  client: TrytonClient,
  company: number,
  years: readonly number[],
): Promise<void> {
  const root = await client.create('analytic_account.account', {
    name: '成本中心 Cost centres',
    company,
    type: 'root',
    state: 'opened',
  });
  await client.createAll(
    'analytic_account.account',
    COST_CENTRES.map(({ code, name }) => ({
      code,
      name,
      company,
      type: 'normal',
      state: 'opened',
      root,
      parent: root,
    })),
  );
  const accounts = await client.searchRead('analytic_account.account', [['root', '=', root]], ['code']);
  for (const year of years) {
    const budget = await client.create('analytic_account.budget', {
      name: `成本中心预算 Cost centre budget ${year}`,
      company,
      root,
      start_date: date(`${year}-01-01`),
      end_date: date(`${year}-12-31`),
    });
    const lines = COST_CENTRES.flatMap(({ code, yearly }) => {
      const account = accounts.find((one) => one.code === code);
      return yearly === undefined || account === undefined
        ? []
        : // Tryton counts credit less debit: what may be spent is negative.
          [{ budget, account: idOf(account), amount: decimal(`-${yearly}`) }];
    });
    await client.createAll('analytic_account.budget.line', lines);
  }
}
