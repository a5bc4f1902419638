/** How entries of a record are read when they are compared with the books. Pure. */
import type { RecordEntry } from '../../audit/domain/record.ts';
import { compare, type Money, moneySchema } from '../../money/money.ts';

export function lastOf(entries: readonly RecordEntry[], wanted: string): RecordEntry | undefined {
  return entries.findLast(({ type }) => type === wanted);
}

/** Empty: there is no such text. */
export function textIn(entry: RecordEntry | undefined, name: string): string {
  const value = entry?.facts[name];
  return typeof value === 'string' ? value : '';
}

/** Undefined: the entry names no such amount. */
export function moneyIn(entry: RecordEntry | undefined, name: string): Money | undefined {
  return moneySchema.safeParse(entry?.facts[name]).data;
}

export function isSameMoney(one: Money, other: Money): boolean {
  return one.currency === other.currency && compare(one.amount, other.amount) === 0;
}

export function moneyText({ amount, currency }: Money): string {
  return `${amount} ${currency}`;
}
