/** What was filled in, against its form: every field that is wrong, in the company's own words for it. Pure. */
import * as z from 'zod';
import type { OfficeRequest } from '../../events/office-request-submitted.ts';
import { isRoundedToCurrency } from '../../money/money.ts';
import { amountField, type FormDefinition, type FormField, type SimpleField, type Texts } from './form.ts';

export type FieldValues = OfficeRequest['fields'];

/** What is wrong with one field, and where it stands in what was filed. */
export interface FieldFinding {
  /** Such as `participants[0].name`. */
  readonly path: string;
  readonly reason: Texts;
}

const AMOUNT = String.raw`^(0|[1-9]\d{0,11})(\.\d{1,3})?$`;

/** @param currency - of amounts, ISO 4217 */
export function findingsIn(form: FormDefinition, values: FieldValues, currency: string): readonly FieldFinding[] {
  const parsed = z.fromJSONSchema(plainSchema(form)).safeParse(values);
  if (!parsed.success) {
    return firstOfEach(parsed.error.issues.flatMap((issue) => findingsOf(form, values, issue)));
  }
  return inexactAmount(form, values, currency);
}

/** What is of another kind than its field also has a wrong length, which nobody asks about. */
function firstOfEach(findings: readonly FieldFinding[]): readonly FieldFinding[] {
  return findings.filter(({ path }, index) => findings.findIndex((one) => one.path === path) === index);
}

/** What our own words add to the standard: an amount is a text of a certain kind. */
function plainSchema({ schema }: FormDefinition): Parameters<typeof z.fromJSONSchema>[0] {
  return JSON.parse(
    JSON.stringify(schema, (_key, value: unknown) =>
      isRecord(value) && value.format === 'amount' ? { type: 'string', pattern: AMOUNT } : value,
    ),
  );
}

function isRecord(value: unknown): value is { readonly [name: string]: unknown } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function inexactAmount(form: FormDefinition, values: FieldValues, currency: string): readonly FieldFinding[] {
  const name = amountField(form);
  const amount = name === undefined ? undefined : values[name];
  return name === undefined || typeof amount !== 'string' || isRoundedToCurrency(amount, currency)
    ? []
    : [finding(form, [name], { en: `must be an amount of ${currency}`, zh: `应为${currency}金额` })];
}

type Path = readonly PropertyKey[];

function findingsOf(form: FormDefinition, values: FieldValues, issue: z.core.$ZodIssue): readonly FieldFinding[] {
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) =>
      finding(form, [...issue.path, key], { en: 'is no field of the form', zh: '不是表单中的字段' }),
    );
  }
  const isMissing = valueAt(values, issue.path) === undefined;
  const problem = isMissing ? { en: 'is missing', zh: '未填写' } : problemOf(issue, fieldAt(form, issue.path));
  return [finding(form, issue.path, problem)];
}

function valueAt(values: unknown, path: Path): unknown {
  return path.reduce<unknown>((at, part) => {
    if (typeof part === 'number') {
      return Array.isArray(at) ? at[part] : undefined;
    }
    return isRecord(at) && Object.hasOwn(at, part) ? at[String(part)] : undefined;
  }, values);
}

function problemOf(issue: z.core.$ZodIssue, field: FormField | undefined): Texts {
  if (field !== undefined && 'enum' in field && field.enum !== undefined) {
    return choiceProblem(field);
  }
  switch (issue.code) {
    case 'too_small':
      return limitProblem(issue.origin, Number(issue.minimum), 'least');
    case 'too_big':
      return limitProblem(issue.origin, Number(issue.maximum), 'most');
    default:
      return kindProblem(field);
  }
}

function limitProblem(origin: string, limit: number, bound: 'least' | 'most'): Texts {
  const [en, zh] = bound === 'least' ? ['at least', '至少'] : ['at most', '最多'];
  switch (origin) {
    case 'string':
      return { en: `must have ${en} ${limit} characters`, zh: `${zh} ${limit} 个字符` };
    case 'array':
      return { en: `must have ${en} ${limit} lines`, zh: `${zh} ${limit} 行` };
    default:
      return { en: `must be ${en} ${limit}`, zh: `${bound === 'least' ? '不得小于' : '不得大于'} ${limit}` };
  }
}

function choiceProblem(field: FormField): Texts {
  const values = optionsOf(field);
  return {
    en: `must be one of ${values.map(({ label }) => label.en).join(', ')}`,
    zh: `应为以下之一：${values.map(({ label }) => label.zh).join('、')}`,
  };
}

function kindProblem(field: FormField | undefined): Texts {
  switch (field === undefined ? undefined : kindOf(field)) {
    case 'date':
      return { en: 'must be a date such as 2026-03-31', zh: '应为日期，例如 2026-03-31' };
    case 'amount':
      return { en: 'must be an amount such as "1250.00"', zh: '应为金额，例如 "1250.00"' };
    case 'integer':
      return { en: 'must be a whole number', zh: '应为整数' };
    case 'number':
      return { en: 'must be a number', zh: '应为数字' };
    case 'boolean':
      return { en: 'must be yes or no', zh: '应为是或否' };
    case 'array':
      return { en: 'must be a list', zh: '应为列表' };
    default:
      return { en: 'must be filled in with text', zh: '应填写文字' };
  }
}

/** What a page asks for. */
export type FieldKind = 'text' | 'choice' | 'date' | 'amount' | 'integer' | 'number' | 'boolean' | 'array';

export function kindOf(field: FormField): FieldKind {
  if (field.type !== 'string') {
    return field.type;
  }
  return field.format ?? (field.enum === undefined ? 'text' : 'choice');
}

/** What can be chosen, in the order of the form; none where the field is no choice. */
export function optionsOf(field: FormField): readonly { readonly value: string; readonly label: Texts }[] {
  if (field.type !== 'string') {
    return [];
  }
  return (field.enum ?? []).map((value) => ({ value, label: labelOf(field, value) }));
}

function labelOf({ 'x-values': values = {} }: Extract<FormField, { type: 'string' }>, value: string): Texts {
  return (Object.hasOwn(values, value) ? values[value] : undefined) ?? { en: value, zh: value };
}

function finding(form: FormDefinition, path: Path, problem: Texts): FieldFinding {
  const label = labelAt(form, path);
  return {
    path: path
      .map((part, index) => (typeof part === 'number' ? `[${part}]` : `${index === 0 ? '' : '.'}${String(part)}`))
      .join(''),
    reason: { en: `${label.en}: ${problem.en}.`, zh: `${label.zh}：${problem.zh}。` },
  };
}

/** As people know the field: of a list, with the number of the line. */
function labelAt(form: FormDefinition, path: Path): Texts {
  const [name, line, inner] = path;
  const field = ownField(form.schema.properties, name);
  if (field === undefined) {
    return { en: String(name ?? 'the form'), zh: String(name ?? '表单') };
  }
  const own = field['x-label'];
  if (typeof line !== 'number' || field.type !== 'array') {
    return own;
  }
  const of = inner === undefined ? undefined : (ownField(field.items.properties, inner)?.['x-label'] ?? String(inner));
  const [en, zh] = typeof of === 'object' ? [of.en, of.zh] : [of, of];
  return {
    en: [own.en, `line ${line + 1}`, en].filter((text) => text !== undefined).join(', '),
    zh: [own.zh, `第 ${line + 1} 行`, zh].filter((text) => text !== undefined).join(' '),
  };
}

function fieldAt(form: FormDefinition, [name, line, inner]: Path): FormField | undefined {
  const field = ownField(form.schema.properties, name);
  if (field?.type !== 'array' || line === undefined) {
    return field;
  }
  return inner === undefined ? undefined : ownField(field.items.properties, inner);
}

/** A name such as `constructor` is no field that somebody made. */
function ownField<Field>(fields: { readonly [name: string]: Field }, name: PropertyKey | undefined): Field | undefined {
  return name !== undefined && Object.hasOwn(fields, name) ? fields[String(name)] : undefined;
}

/** One value in words. A choice by its name; a list line by line. */
export function valueText(field: FormField, value: unknown): string {
  if (field.type === 'array') {
    return Array.isArray(value) ? value.map((line, index) => `${index + 1}. ${lineText(field, line)}`).join('; ') : '';
  }
  if (typeof value === 'boolean') {
    return value ? '是 / Yes' : '否 / No';
  }
  if (field.type === 'string' && field.enum !== undefined) {
    const { en, zh } = labelOf(field, String(value));
    return en === zh ? en : `${zh} / ${en}`;
  }
  return value === undefined || value === null ? '' : String(value);
}

function lineText({ items }: Extract<FormField, { type: 'array' }>, line: unknown): string {
  const values = isRecord(line) ? line : {};
  return Object.entries(items.properties)
    .map(([name, field]: [string, SimpleField]) => valueText(field, values[name]))
    .filter((text) => text !== '')
    .join(', ');
}

/** How much money it is about, as a plain decimal of the company's currency; `0`: about none. */
export function amountOf(form: FormDefinition, values: FieldValues): string {
  const name = amountField(form);
  const amount = name === undefined ? undefined : values[name];
  return typeof amount === 'string' ? amount : '0';
}

/** What may stand in the record for good. */
export function impersonalValues({ schema }: FormDefinition, values: FieldValues): FieldValues {
  return Object.fromEntries(
    Object.entries(values).flatMap(([name, value]) => {
      const field = ownField(schema.properties, name);
      return field === undefined || field['x-personal'] === true
        ? []
        : [[name, impersonalValue(field, value)] as const];
    }),
  );
}

function impersonalValue(field: FormField, value: FieldValues[string]): FieldValues[string] {
  if (field.type !== 'array' || !Array.isArray(value)) {
    return value;
  }
  const { properties } = field.items;
  return value.map((line) =>
    isRecord(line)
      ? Object.fromEntries(Object.entries(line).filter(([name]) => ownField(properties, name)?.['x-personal'] !== true))
      : line,
  );
}
