/** What Tryton says about the company of the connector's user; it does not change while a session lives. */
import * as z from 'zod';
import { ConfigError } from '../../../runtime/errors.ts';
import type { TrytonSession } from './session.ts';

export interface TrytonCompany {
  readonly companyId: number;
  /** ISO 4217. */
  readonly currency: string;
  readonly warehouseId: number;
}

const companyShape = z.object({ id: z.int(), 'currency.': z.object({ code: z.string() }) });
const warehouseShape = z.object({ id: z.int() });

/** @throws ConfigError when the user has no company, or the company no warehouse. */
export async function readCompany(tryton: TrytonSession): Promise<TrytonCompany> {
  const [company, ...others] = await tryton.find('company.company', [], companyShape, ['currency.code']);
  const [warehouse] = await tryton.find('stock.location', [['type', '=', 'warehouse']], warehouseShape, ['name']);
  if (company === undefined || others.length > 0 || warehouse === undefined) {
    throw new ConfigError('the connector needs a user of exactly one company in Tryton, and a warehouse');
  }
  return { companyId: company.id, currency: company['currency.'].code, warehouseId: warehouse.id };
}
