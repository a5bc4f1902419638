/** The part of the chart of accounts that claims of employees are posted to, and its journal. */
import { CLAIM_ACCOUNTS, CLAIM_JOURNAL } from './company-data.ts';
import type { TrytonClient } from './rpc.ts';

/** @param beside - accounts of the chart whose type and parent the new ones take */
export async function createClaimAccounts(
  client: TrytonClient,
  company: number,
  beside: { readonly expense: number; readonly payable: number },
): Promise<void> {
  const cash = await client.one('account.account', [['code', '=', '1.1.1']], ['type', 'parent']);
  const expense = await client.one('account.account', [['id', '=', beside.expense]], ['type', 'parent']);
  const payable = await client.one('account.account', [['id', '=', beside.payable]], ['type', 'parent']);
  const places = { expense, payable, advances: cash };
  await client.createAll(
    'account.account',
    CLAIM_ACCOUNTS.map(({ code, name, beside: kind }) => ({
      code,
      name,
      company,
      type: places[kind].type,
      parent: places[kind].parent,
      party_required: kind !== 'expense',
      reconcile: kind === 'payable',
    })),
  );
  await client.create('account.journal', { ...CLAIM_JOURNAL, type: 'expense' });
}
