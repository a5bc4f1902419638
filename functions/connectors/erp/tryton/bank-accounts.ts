/** Bank accounts of suppliers (module `bank`): when they changed, never their numbers. */
import * as z from 'zod';
import type { BankAccount, SupplierAccounts } from '../books-port.ts';
import { activated } from './company.ts';
import type { TrytonSession } from './session.ts';
import { instantField } from './wire.ts';

const partyShape = z.object({ id: z.int(), create_date: instantField });
const accountShape = z.object({ id: z.int(), create_date: instantField, last_modified_at: instantField });
const numberShape = z.object({ id: z.int(), account: z.int(), last_modified_at: instantField });
const DATES = ['create_date', 'last_modified_at'];
const NUMBER_FIELDS = ['account', 'last_modified_at'];

export async function accountsOf(tryton: TrytonSession, supplierCode: string): Promise<SupplierAccounts | undefined> {
  const [party] = await tryton.find('party.party', [['code', '=', supplierCode]], partyShape, ['create_date']);
  if (party === undefined || !(await activated(tryton, ['bank'])).has('bank')) {
    return undefined;
  }
  const rows = await tryton.find('bank.account', [['owners.id', '=', party.id]], accountShape, DATES);
  const ids = rows.map(({ id }) => id);
  const numbers = await tryton.find('bank.account.number', [['account', 'in', ids]], numberShape, NUMBER_FIELDS, {
    // A number that is used no more was changed, too.
    active_test: false,
  });
  const accounts = rows.map(({ id, create_date: createdAt, last_modified_at: changedAt }): BankAccount => {
    const ofNumbers = numbers.filter(({ account }) => account === id).map((number) => number.last_modified_at);
    return { accountId: String(id), createdAt, changedAt: [changedAt, ...ofNumbers].sort().at(-1) ?? changedAt };
  });
  return { supplierSince: party.create_date, accounts };
}
