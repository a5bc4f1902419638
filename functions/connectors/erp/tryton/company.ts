/** What Tryton says about the company of the connector's user; it does not change while a session lives. */
import * as z from 'zod';
import { ConfigError } from '../../../runtime/errors.ts';
import type { TrytonSession } from './session.ts';

export interface TrytonCompany {
  readonly companyId: number;
  /** ISO 4217. */
  readonly currency: string;
  readonly warehouseId: number;
  /** Whether orders can carry the analytic account of a cost centre. */
  readonly hasCostCentres: boolean;
  /** Whether cost centres can have a budget. */
  readonly hasBudgets: boolean;
}

const companyShape = z.object({ id: z.int(), 'currency.': z.object({ code: z.string() }) });
const warehouseShape = z.object({ id: z.int() });
const moduleShape = z.object({ name: z.string() });
const preferencesShape = z.object({ company: z.int().nullish(), warehouse: z.int().nullish() });

/** @throws ConfigError when the user has no company. */
export async function readCompanyId(tryton: TrytonSession): Promise<number> {
  const companyId = preferencesShape.safeParse(await tryton.preferences()).data?.company;
  if (typeof companyId !== 'number') {
    throw noCompany();
  }
  return companyId;
}

function noCompany(): ConfigError {
  return new ConfigError("the connector's user has no company in Tryton: choose one in its preferences");
}

/** @throws ConfigError when the user has no company, or it is not clear in which warehouse goods arrive. */
export async function readCompany(tryton: TrytonSession): Promise<TrytonCompany> {
  const chosen = preferencesShape.safeParse(await tryton.preferences()).data;
  const [company] = await tryton.find('company.company', [['id', '=', chosen?.company ?? -1]], companyShape, [
    'currency.code',
  ]);
  if (company === undefined) {
    throw noCompany();
  }
  const warehouseId = chosen?.warehouse ?? (await onlyWarehouse(tryton));
  const modules = await activated(tryton, ['analytic_purchase', 'analytic_budget']);
  const hasCostCentres = modules.has('analytic_purchase');
  return {
    companyId: company.id,
    currency: company['currency.'].code,
    warehouseId,
    hasCostCentres,
    hasBudgets: hasCostCentres && modules.has('analytic_budget'),
  };
}

/** Those of the modules that this Tryton uses. */
export async function activated(tryton: TrytonSession, names: readonly string[]): Promise<ReadonlySet<string>> {
  const domain = [
    ['name', 'in', names],
    ['state', '=', 'activated'],
  ];
  const modules = await tryton.find('ir.module', domain, moduleShape, ['name']);
  return new Set(modules.map(({ name }) => name));
}

async function onlyWarehouse(tryton: TrytonSession): Promise<number> {
  const [only, ...others] = await tryton.find('stock.location', [['type', '=', 'warehouse']], warehouseShape, ['name']);
  if (only === undefined || others.length > 0) {
    throw new ConfigError(
      `Tryton has ${others.length + (only === undefined ? 0 : 1)} warehouses: choose one in the preferences of the connector's user`,
    );
  }
  return only.id;
}
