/**
 * A form's values as fields of an event, by the company's table. Pure. It judges nothing: what is missing is left out, and what
 * does not fit is passed on as it was written, so that the process refuses it by the field's name and its requester hears of it.
 */
import type { FormRow, FormValue } from '../port.ts';
import type { FieldKind, FieldSource, ValueSource } from './form-table.ts';

/** The suites' days and hours are those of China, which has one time zone and no summer time. */
const CHINA_OFFSET = '+08:00';
const CHINA_OFFSET_MS = 8 * 3_600_000;

type Mapped = { [name: string]: unknown };

/** Fields of an event by the table, nested as their paths say. */
export function mapForm(sources: readonly FieldSource[], values: FormRow): Mapped {
  const mapped: Mapped = {};
  for (const source of sources) {
    const value = 'rows' in source ? rowsOf(source.fields, fieldOf(values, source.rows)) : mappedValue(source, values);
    if (value !== undefined) {
      put(mapped, source.path.split('.'), value);
    }
  }
  return mapped;
}

function rowsOf(sources: readonly ValueSource[], table: FormValue | undefined): readonly Mapped[] | undefined {
  return isTable(table) ? table.map((row) => mapForm(sources, row)) : undefined;
}

function isTable(value: FormValue | undefined): value is readonly FormRow[] {
  return Array.isArray(value) && value.every((row) => typeof row === 'object');
}

function mappedValue(source: ValueSource, values: FormRow): unknown {
  if ('is' in source) {
    return source.is;
  }
  const { kind, from, end, values: meanings, dayAfter } = source;
  const given = fieldOf(values, from);
  const value = end === undefined ? given : endOf(given, end);
  if (value === undefined || value === '') {
    return undefined;
  }
  if (meanings !== undefined && typeof value === 'string' && Object.hasOwn(meanings, value)) {
    return meanings[value];
  }
  return converted(kind, value, dayAfter);
}

function fieldOf(values: FormRow, id: string): FormValue | undefined {
  const value = Object.hasOwn(values, id) ? values[id] : undefined;
  return typeof value === 'string' ? value.trim() : value;
}

function endOf(value: FormValue | undefined, end: 'start' | 'end'): FormValue | undefined {
  return value !== undefined && typeof value === 'object' && 'start' in value && 'end' in value
    ? value[end]
    : undefined;
}

function converted(kind: FieldKind, value: FormValue, dayAfter: boolean): unknown {
  if (kind === 'list') {
    return typeof value === 'string' ? [value] : value;
  }
  const text = Array.isArray(value) && value.every((one) => typeof one === 'string') ? value.join(', ') : value;
  if (typeof text !== 'string') {
    return text;
  }
  switch (kind) {
    case 'text':
      return text;
    case 'whole':
      return /^\d{1,9}(\.0+)?$/.test(text) ? Number(text) : text;
    case 'flag':
      return text === 'true' ? true : text === 'false' ? false : text;
    case 'date':
      return shifted(inChina(text).slice(0, 10), dayAfter) ?? text;
    case 'instant':
      return instant(inChina(text), dayAfter) ?? text;
  }
}

/** An instant in UTC by the clocks of China; everything else as it is written. */
function inChina(text: string): string {
  const at = /^\d{4}-\d{2}-\d{2}T.+Z$/.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(at) ? text : new Date(at + CHINA_OFFSET_MS).toISOString().replace(/\.\d+Z$/, CHINA_OFFSET);
}

function shifted(date: string, dayAfter: boolean): string | undefined {
  const at = /^\d{4}-\d{2}-\d{2}$/.test(date) ? Date.parse(`${date}T00:00:00Z`) : Number.NaN;
  return Number.isNaN(at) ? undefined : new Date(at + (dayAfter ? 86_400_000 : 0)).toISOString().slice(0, 10);
}

/** `2026-12-01`, `2026-12-01 09:00` and ISO 8601 as ISO 8601 with offset; the day after begins at midnight. */
function instant(text: string, dayAfter: boolean): string | undefined {
  const [, day = '', time, offset] =
    /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2}(?::\d{2})?)(?:\.\d+)?)?([+-]\d{2}:\d{2})?$/.exec(text) ?? [];
  const date = shifted(day, dayAfter);
  const seconds = time === undefined || dayAfter ? '00:00:00' : time.length === 5 ? `${time}:00` : time;
  return date === undefined ? undefined : `${date}T${seconds}${offset ?? CHINA_OFFSET}`;
}

function put(target: Mapped, [name = '', ...rest]: readonly string[], value: unknown): void {
  if (rest.length === 0) {
    target[name] = value;
    return;
  }
  const inner: Mapped = {};
  const known = target[name];
  if (typeof known === 'object' && known !== null) {
    Object.assign(inner, known);
  }
  put(inner, rest, value);
  target[name] = inner;
}
