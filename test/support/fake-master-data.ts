/** Products and rates of the demonstration company, as the ERP in memory tells of them. */
import type { ProductFacts } from '../../functions/connectors/erp/port.ts';
import { COMPANY_CURRENCY, CURRENCIES, type PRODUCTS, SUPPLIERS } from '../../local/tryton/company-data.ts';

/** What the supplier asks for it, where it is theirs. */
export function productFacts(product: (typeof PRODUCTS)[number], supplierCode: string): ProductFacts {
  const { code, name, unit, onHand, supplier, price, category } = product;
  const currency = SUPPLIERS.find((candidate) => candidate.code === supplier)?.currency ?? COMPANY_CURRENCY;
  return {
    code,
    name,
    unit,
    ...(category === undefined ? {} : { categories: [category] }),
    onHand: String(onHand),
    ...(supplier === supplierCode ? { supplierPrice: { amount: price, currency } } : {}),
  };
}

/** The company's units for one of the currency: rates are kept against the dollar. */
export function rateOf(currency: string): string | undefined {
  const own = CURRENCIES.find((candidate) => candidate.code === COMPANY_CURRENCY)?.rate;
  const other = CURRENCIES.find((candidate) => candidate.code === currency)?.rate;
  if (currency === COMPANY_CURRENCY) {
    return '1';
  }
  return own === undefined || other === undefined ? undefined : String(Number(own) / Number(other));
}
