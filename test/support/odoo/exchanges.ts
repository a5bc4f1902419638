/**
 * Exchanges with Odoo 19 that the replay server goes by. `recorded.json` was recorded from a real Odoo 19.0 Community;
 * `assumed.json` was not: each of its exchanges has the form of a recorded one, for methods and fields that the named source of
 * Odoo declares.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';

const exchangeSchema = z.strictObject({
  path: z.string(),
  /** Of an assumed exchange: where Odoo's sources declare what is asked for. */
  source: z.string().optional(),
  request: z.record(z.string(), z.unknown()),
  status: z.int(),
  response: z.unknown(),
});
export type Exchange = z.infer<typeof exchangeSchema>;

function read(file: string): readonly Exchange[] {
  return z.array(exchangeSchema).parse(JSON.parse(readFileSync(join(import.meta.dirname, file), 'utf8')));
}

/** In the order in which they were recorded. */
export const RECORDED = read('recorded.json');
export const ASSUMED = read('assumed.json');

/** Fields whose values an asker may choose: keys, codes, dates, figures and identifiers. All else must be as it was asked. */
const VARIABLES = new Set([
  ...['id', '.id', 'ids', 'active_ids', 'partner_id', 'product_id', 'product_tmpl_id', 'picking_id', 'move_id'],
  ...['order_id', 'currency_id', 'product_uom_id', 'invoice_ids', 'res_id'],
  ...['ref', 'name', 'default_code', 'origin', 'partner_ref', 'memo', 'communication', 'url'],
  ...['product_qty', 'price_unit', 'quantity', 'price', 'standard_price', 'delay', 'sequence'],
  ...['invoice_date', 'payment_date', 'date_order', 'write_date'],
]);
/** Lists that may be of any length. */
const LISTS = new Set(['data', 'order_line', 'ids', 'active_ids']);
const TIME = /^\d{4}-\d{2}-\d{2}( \d{2}:\d{2}:\d{2})?$/;

/** Where what was asked differs from an exchange, in words; undefined: nowhere but in variables. */
export function differenceOf(asked: unknown, { request }: Exchange): string | undefined {
  return difference(asked, request, '', '');
}

function difference(asked: unknown, known: unknown, field: string, place: string): string | undefined {
  if (Array.isArray(known)) {
    return Array.isArray(asked) ? listDifference(asked, known, field, place) : `${place} is no list`;
  }
  if (isObject(known)) {
    return isObject(asked) ? objectDifference(asked, known, place) : `${place} is no object`;
  }
  const isSame = VARIABLES.has(field) ? isOfKind(asked, known) : asked === known;
  return isSame ? undefined : `${place} is ${JSON.stringify(asked)} in place of ${JSON.stringify(known)}`;
}

function objectDifference(
  asked: Readonly<Record<string, unknown>>,
  known: Readonly<Record<string, unknown>>,
  place: string,
): string | undefined {
  const keys = Object.keys(known);
  const other = Object.keys(asked).filter((key) => !keys.includes(key));
  const missing = keys.filter((key) => !(key in asked));
  if (other.length + missing.length > 0) {
    return `${place || 'the body'} ${[...other.map((key) => `has ${key}`), ...missing.map((key) => `lacks ${key}`)].join(', ')}`;
  }
  return first(keys, (key) => {
    if (key === 'domain') {
      return domainDifference(asked[key], known[key], `${place}.${key}`);
    }
    return key === 'data'
      ? rowsDifference(asked, known, `${place}.${key}`)
      : difference(asked[key], known[key], key, `${place}.${key}`);
  });
}

function listDifference(asked: readonly unknown[], known: readonly unknown[], field: string, place: string) {
  if (LISTS.has(field) ? asked.length === 0 : asked.length !== known.length) {
    return `${place} has ${asked.length} entries in place of ${known.length}`;
  }
  return first([...asked.keys()], (at) => difference(asked[at], known[at] ?? known.at(-1), field, `${place}[${at}]`));
}

/** Conditions of the same fields by the same operators; a yes or no, a pattern and a state are as they were asked. */
function domainDifference(asked: unknown, known: unknown, place: string): string | undefined {
  if (!(Array.isArray(asked) && Array.isArray(known) && asked.length === known.length)) {
    return `${place} has other conditions`;
  }
  return first([...asked.keys()], (at) => {
    const [[field, operator, value], [knownField, knownOperator, knownValue]] = [asked[at], known[at]];
    if (field !== knownField || operator !== knownOperator) {
      return `${place}[${at}] is ${field} ${operator} in place of ${knownField} ${knownOperator}`;
    }
    const last = String(field).split('.').at(-1) ?? '';
    const name = operator === '=like' ? '' : last;
    const values = operator === 'in' && Array.isArray(value) && VARIABLES.has(name) ? value : [value];
    const knownOne = operator === 'in' && Array.isArray(knownValue) && VARIABLES.has(name) ? knownValue[0] : knownValue;
    return first(values, (one) => difference(one, knownOne, name, `${place}[${at}]`));
  });
}

/** Rows of `load`: a cell is of the field that stands above it. */
function rowsDifference(
  asked: Readonly<Record<string, unknown>>,
  known: Readonly<Record<string, unknown>>,
  place: string,
): string | undefined {
  const columns = z.array(z.string()).parse(known.fields);
  const rows = z.array(z.array(z.unknown())).safeParse(asked.data).data ?? [];
  const knownRows = z.array(z.array(z.unknown())).parse(known.data);
  if (rows.length === 0 || rows.some((row) => row.length !== columns.length)) {
    return `${place} does not fill its columns`;
  }
  return first([...rows.keys()], (at) =>
    first([...columns.keys()], (column) => {
      const field = columns[column]?.split('/').at(-1) ?? '';
      const cell = (knownRows[at] ?? knownRows.at(-1))?.[column];
      return difference(rows[at]?.[column], cell, cell === '' ? '' : field, `${place}[${at}][${column}]`);
    }),
  );
}

function isOfKind(asked: unknown, known: unknown): boolean {
  if (typeof known === 'boolean' || typeof asked !== typeof known) {
    return asked === known;
  }
  return typeof asked !== 'string' || (asked !== '' && (!TIME.test(String(known)) || TIME.test(asked)));
}

/** Where an answer is not of the form of a known one, in words: other fields, or values of another kind. */
export function formDifference(answer: unknown, known: unknown, place = ''): string | undefined {
  if (answer === false || known === false) {
    return undefined;
  }
  if (Array.isArray(known)) {
    return Array.isArray(answer)
      ? first([...answer.keys()], (at) => formDifference(answer[at], known[at] ?? known[0], `${place}[${at}]`))
      : `${place} is no list`;
  }
  if (!isObject(known)) {
    return typeof answer === typeof known || known === undefined ? undefined : `${place} is a ${typeof answer}`;
  }
  if (!isObject(answer)) {
    return `${place} is no object`;
  }
  const keys = new Set([...Object.keys(known), ...Object.keys(answer)]);
  return first([...keys], (key) =>
    key in known && key in answer
      ? formDifference(answer[key], known[key], `${place}.${key}`)
      : `${place}.${key} is in one of both only`,
  );
}

/** What a strict server says about a call that nobody recorded. */
export function strayOf(path: string, asked: unknown): string {
  const text = JSON.stringify(asked);
  const likeness = ({ request }: Exchange) => commonStart(text, JSON.stringify(request));
  const [nearest] = [...RECORDED, ...ASSUMED]
    .filter((exchange) => exchange.path === path)
    .toSorted((one, other) => likeness(other) - likeness(one));
  return nearest === undefined
    ? `nothing was recorded of ${path}; asked: ${text}`
    : `${path}: ${differenceOf(asked, nearest)}; asked: ${text}; nearest: ${JSON.stringify(nearest.request)}`;
}

function commonStart(one: string, other: string): number {
  const end = [...one].findIndex((letter, at) => letter !== other[at]);
  return end < 0 ? one.length : end;
}

function first<Item>(items: readonly Item[], find: (item: Item) => string | undefined): string | undefined {
  for (const item of items) {
    const found = find(item);
    if (found !== undefined) {
      return found;
    }
  }
  return undefined;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
