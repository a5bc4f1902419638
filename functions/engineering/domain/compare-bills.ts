/** What becomes of each component between two bills of materials, and what is needed no more. Pure. */
import type { Component, ComponentFacts } from '../../connectors/erp/engineering-port.ts';
import { compare, type Money, sum } from '../../money/money.ts';

/** `from` or `to` is `0` where the component is on one of the bills only. */
export interface Difference {
  readonly productCode: string;
  readonly from: string;
  readonly to: string;
}

/** Components in the order of their product codes, the same however they were filed. */
export function inOrder(components: readonly Component[]): readonly Component[] {
  return components.toSorted((one, other) => (one.productCode < other.productCode ? -1 : 1));
}

/** Every component whose quantity is altered, in the order of the product codes. Each product stands on a bill once. */
export function differencesOf(before: readonly Component[], after: readonly Component[]): readonly Difference[] {
  const quantities = (bill: readonly Component[]) =>
    new Map(bill.map(({ productCode, quantity }) => [productCode, quantity]));
  const [from, to] = [quantities(before), quantities(after)];
  const all = inOrder([...before, ...after.filter(({ productCode }) => !from.has(productCode))]);
  return all
    .map(({ productCode }) => ({
      productCode,
      from: from.get(productCode) ?? '0',
      to: to.get(productCode) ?? '0',
    }))
    .filter((one) => compare(one.from, one.to) !== 0);
}

/**
 * What stands in the books for components that the product needs no more: their stock, and what suppliers have still to
 * deliver. A component that other products are made of is needed by them; one of which only less is needed is used up.
 */
export function atStake(
  productCode: string,
  differences: readonly Difference[],
  impact: readonly ComponentFacts[],
  currency: string,
): Money {
  const left = new Set(differences.filter(({ to }) => compare(to, '0') === 0).map((one) => one.productCode));
  const useless = impact.filter(
    (one) => left.has(one.productCode) && one.usedIn.every((product) => product === productCode),
  );
  const amount = sum(useless.flatMap(({ stockValue, orderValue }) => [stockValue.amount, orderValue.amount]));
  return { amount, currency };
}
