/** Reads an entry's facts for a sentence: what is missing or of another shape reads as nothing, and never fails. */
import * as z from 'zod';
import { moneySchema } from '../money/money.ts';
import { formatInstant, formatMoney } from '../pages/format.ts';
import { type Language, say, type Text } from '../pages/language.ts';
import type { Json } from './domain/canonical-json.ts';
import type { RecordEntry } from './domain/record.ts';

export interface FactReader {
  readonly language: Language;
  /** One of both. */
  say(en: string, zh: string): string;
  /** The fact as text; empty when there is none. */
  text(name: string): string;
  /** The words for the fact's value. */
  word(name: string, words: (value: string) => Text): string;
  /** Name of the employee whose id the fact is. */
  person(name: string): string;
  people(name: string): string;
  /** The items of a list as texts. */
  texts(name: string): readonly string[];
  /** The instant on the company's clocks. */
  instant(name: string): string;
  /** `{amount, currency}`. */
  money(name: string): string;
  /** An amount with the currency in a fact of its own. */
  amount(name: string, currency: string): string;
  /** Facts of each item of a list. */
  items(name: string): readonly FactReader[];
  /** How many items a list has. */
  count(name: string): number;
}

export interface Surroundings {
  readonly language: Language;
  readonly timeZone: string;
  readonly nameOf: (employeeId: string) => string;
}

export function readFacts(facts: RecordEntry['facts'], surroundings: Surroundings): FactReader {
  const { language, timeZone, nameOf } = surroundings;
  const text = (name: string) => textOf(facts[name]);
  const listed = (name: string) => listOf(facts[name]);
  return {
    language,
    text,
    say: (en, zh) => say({ en, zh }, language),
    word: (name, words) => say(words(text(name)), language),
    person: (name) => nameOf(text(name)),
    people: (name) =>
      listed(name)
        .map(textOf)
        .map(nameOf)
        .join(language === 'en' ? ', ' : '、'),
    texts: (name) => listed(name).map(textOf),
    instant: (name) =>
      Number.isNaN(Date.parse(text(name))) ? text(name) : formatInstant(text(name), language, timeZone),
    money: (name) => moneyText(facts[name], language),
    amount: (name, currency) => moneyText({ amount: text(name), currency: text(currency) }, language),
    items: (name) => listed(name).map((item) => readFacts(objectOf(item), surroundings)),
    count: (name) => listed(name).length,
  };
}

function textOf(value: Json | undefined): string {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? String(value) : '';
}

function listOf(value: Json | undefined): readonly Json[] {
  return Array.isArray(value) ? value : [];
}

function objectOf(value: Json): RecordEntry['facts'] {
  const parsed = z.record(z.string(), z.json()).safeParse(value);
  return parsed.success ? parsed.data : {};
}

function moneyText(value: Json | undefined, language: Language): string {
  const parsed = moneySchema.safeParse(value);
  return parsed.success ? formatMoney(parsed.data.amount, parsed.data.currency, language) : '';
}
