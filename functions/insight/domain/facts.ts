/** Reads what stands in the facts of an entry, of whatever version: what is not there, or of another shape, is none. Pure. */
import type { Json } from '../../audit/domain/canonical-json.ts';
import type { RecordEntry } from '../../audit/domain/record.ts';
import type { Money } from '../../money/money.ts';

/** What is read: an entry of the record, or a row of the event log. */
export type ReadEntry = Pick<RecordEntry, 'processId' | 'sequence' | 'type' | 'occurredAt' | 'actor' | 'facts'>;

export type Facts = ReadEntry['facts'];

/** Empty when it is no text. */
export function textFact(facts: Facts, name: string): string {
  const value = facts[name];
  return typeof value === 'string' ? value : '';
}

export function numberFact(facts: Facts, name: string): number | undefined {
  const value = facts[name];
  return typeof value === 'number' ? value : undefined;
}

export function textsFact(facts: Facts, name: string): readonly string[] {
  const value = facts[name];
  return Array.isArray(value) ? value.filter((one) => typeof one === 'string') : [];
}

export function objectFact(facts: Facts, name: string): { readonly [name: string]: Json } | undefined {
  const value = facts[name];
  return isObject(value) ? value : undefined;
}

/** An amount with its currency that stands as one fact. */
export function moneyFact(facts: Facts, name: string): Money | undefined {
  const value = objectFact(facts, name);
  return typeof value?.amount === 'string' && typeof value.currency === 'string'
    ? { amount: value.amount, currency: value.currency }
    : undefined;
}

function isObject(value: Json | undefined): value is { readonly [name: string]: Json } {
  return value !== null && typeof value === 'object' && !Array.isArray(value);
}
