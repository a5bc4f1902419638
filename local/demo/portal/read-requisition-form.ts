/** What a person fills in to file a requisition, and what is wrong with it before it can be an event at all. */
import * as z from 'zod';
import type { DirectoryData } from '../../../functions/directory/directory-file.ts';
import { requisitionSchema } from '../../../functions/events/purchase-requisition-submitted.ts';
import { decimalSchema } from '../../../functions/money/money.ts';
import { PRODUCTS, SUPPLIERS } from '../../tryton/company-data.ts';
import { type Filing, requisitionOf } from '../events.ts';

/** Values of the form's fields by name. */
export type FormValues = Readonly<Record<string, string>>;

/** Names of the fields that cannot be read. */
export type FormProblems = ReadonlySet<string>;

/** Lines of the form: what the supplier sells. */
const MAX_LINES = 3;

export type Supplier = (typeof SUPPLIERS)[number];

export function supplierOf(code: string | undefined): Supplier {
  return SUPPLIERS.find((supplier) => supplier.code === code) ?? SUPPLIERS[0];
}

export function productsOf(supplier: Supplier) {
  return PRODUCTS.filter((product) => product.supplier === supplier.code).slice(0, MAX_LINES);
}

/** Sums that need two levels of approval, so that the first try shows something. */
const USUAL_QUANTITIES: Readonly<Record<string, string>> = {
  'P-1001': '5',
  'P-1002': '20',
  'P-2001': '1',
  'P-2002': '2',
  'P-3001': '40',
  'P-6001': '4',
};

const USUAL_TITLES: Readonly<Record<Supplier['code'], string>> = {
  'SUP-001': '新同事办公用品 Office supplies for new colleagues',
  'SUP-002': '电脑设备 Computer equipment',
  'SUP-003': '压力传感器 Pressure sensors',
  'SUP-004': '扭矩扳手 Torque wrenches',
};

export function usualValues(supplier: Supplier): FormValues {
  const lines = productsOf(supplier).flatMap(({ code, price }) => [
    [`quantity.${code}`, USUAL_QUANTITIES[code] ?? ''],
    [`price.${code}`, price ?? ''],
  ]);
  return {
    requesterId: 'E-1001',
    costCentre: 'CC-100',
    title: USUAL_TITLES[supplier.code],
    justification: '',
    ...Object.fromEntries(lines),
  };
}

/**
 * Only what could not be said in an event is refused here: what is absurd or forbidden is for Meridian to refuse.
 * A product without quantity is not asked for.
 */
export function readForm(
  values: FormValues,
  supplier: Supplier,
  directory: DirectoryData,
): { readonly filing: Filing & { readonly requesterId: string } } | { readonly problems: FormProblems } {
  const asked = productsOf(supplier).filter(({ code }) => valueIn(values, `quantity.${code}`) !== '');
  const problems = new Set<string>();
  const check = (field: string, schema: z.ZodType): string => {
    const value = valueIn(values, field);
    if (!schema.safeParse(value).success) problems.add(field);
    return value;
  };
  const lines = asked.map(({ code }) => ({
    productCode: code,
    quantity: check(`quantity.${code}`, decimalSchema),
    unitPrice: check(`price.${code}`, decimalSchema),
  }));
  if (lines.length === 0) problems.add('lines');
  const filing = {
    requesterId: check('requesterId', z.enum(directory.people.map(({ employeeId }) => employeeId))),
    title: check('title', requisitionSchema.shape.title),
    justification: check('justification', requisitionSchema.shape.justification),
    costCentre: check('costCentre', z.enum(directory.costCentres.map(({ costCentreId }) => costCentreId))),
    supplierCode: supplier.code,
    currency: supplier.currency,
    lines,
  };
  if (problems.size > 0) return { problems };
  // The product of two long numbers can be longer than the event may carry.
  const isSayable = requisitionSchema.safeParse(requisitionOf(filing)).success;
  return isSayable ? { filing } : { problems: new Set(['lines']) };
}

export function valueIn(values: FormValues, field: string): string {
  return (values[field] ?? '').trim();
}
