/** Types of DMN: what a value must be, and the conversions that DMN makes without being asked. */
import { evaluate, FeelDate, FeelDateTime, FeelDuration, FeelTime } from 'feelin';
import { passesTests } from '../../functions/policy/feel-tests.ts';
import type { ItemDefinition, Model } from './model.ts';

/** Names of FEEL's own types, older spellings included. */
const BASIC: { readonly [name: string]: (value: unknown) => boolean } = {
  string: (value) => typeof value === 'string',
  number: (value) => typeof value === 'number',
  boolean: (value) => typeof value === 'boolean',
  date: (value) => value instanceof FeelDate,
  time: (value) => value instanceof FeelTime,
  'date and time': isDateTime,
  dateTime: isDateTime,
  'days and time duration': isDayDuration,
  dayTimeDuration: isDayDuration,
  'years and months duration': isMonthDuration,
  yearMonthDuration: isMonthDuration,
};

function isDateTime(value: unknown): boolean {
  return value instanceof FeelDateTime;
}

function isDayDuration(value: unknown): boolean {
  return value instanceof FeelDuration && !value.yearsMonths;
}

function isMonthDuration(value: unknown): boolean {
  return value instanceof FeelDuration && value.yearsMonths;
}

/** The value as the type has it: null when it is not of the type. Of a type that the model does not know all is allowed. */
export function conform(value: unknown, typeRef: string | undefined, model: Model): unknown {
  const name = plainName(typeRef);
  const item = name === undefined ? undefined : model.items.get(name);
  if (value === null || value === undefined || name === undefined) {
    return value ?? null;
  }
  if (item !== undefined) {
    return conformToItem(value, item, model);
  }
  const isOfType = Object.hasOwn(BASIC, name) ? BASIC[name] : undefined;
  if (isOfType === undefined) {
    return value;
  }
  const single = singleOf(value);
  if (isOfType(single)) {
    return single;
  }
  return isOfType === isDateTime && single instanceof FeelDate ? atMidnight(single) : null;
}

function conformToItem(value: unknown, item: ItemDefinition, model: Model): unknown {
  if (!item.isCollection) {
    return conformSingle(singleOf(value), item, model);
  }
  const members: readonly unknown[] = Array.isArray(value) ? value : [value];
  const conforming = members.map((member) => conformSingle(member, item, model));
  return conforming.some((member, index) => member === null && members[index] !== null) ? null : conforming;
}

function conformSingle(value: unknown, item: ItemDefinition, model: Model): unknown {
  const conforming =
    item.itemComponent.length > 0 ? conformContext(value, item, model) : conform(value, item.typeRef, model);
  return conforming === null || isAllowed(conforming, item) ? conforming : null;
}

function conformContext(value: unknown, item: ItemDefinition, model: Model): unknown {
  if (!isRecord(value)) {
    return null;
  }
  const fields = item.itemComponent
    .filter(({ name }) => value[name] !== undefined)
    .map((component) => [component.name, conformField(value[component.name], component, model)] as const);
  return fields.some(([name, field]) => field === null && value[name] !== null)
    ? null
    : { ...value, ...Object.fromEntries(fields) };
}

function conformField(value: unknown, component: ItemDefinition, model: Model): unknown {
  return value === null ? null : conformToItem(value, component, model);
}

function isAllowed(value: unknown, { allowedValues }: ItemDefinition): boolean {
  return allowedValues === undefined || passesTests(allowedValues.text, value).passes;
}

/** What a type allows, as unary tests; of a field of it with `field`. */
export function allowedOf(typeRef: string | undefined, model: Model, field?: string): string | undefined {
  const name = plainName(typeRef);
  const item = name === undefined ? undefined : model.items.get(name);
  const component = item?.itemComponent.find((candidate) => candidate.name === field);
  if (component !== undefined) {
    return component.allowedValues?.text ?? allowedOf(component.typeRef, model);
  }
  return item === undefined ? undefined : (item.allowedValues?.text ?? allowedOf(item.typeRef, model));
}

/** `feel:string` is `string`. */
function plainName(typeRef: string | undefined): string | undefined {
  return typeRef?.trim().replace(/^feel:/u, '');
}

function singleOf(value: unknown): unknown {
  return Array.isArray(value) && value.length === 1 ? value[0] : value;
}

function atMidnight(date: FeelDate): unknown {
  return evaluate('date and time(date, time("00:00:00Z"))', { date }).value;
}

export function isRecord(value: unknown): value is { readonly [name: string]: unknown } {
  return typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;
}
