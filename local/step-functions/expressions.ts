import jsonata from 'jsonata';
import type { Randomness } from './ambient.ts';
import { bound, freshCount } from './bounds.ts';
import { awsFunctions } from './functions.ts';
import type { Json, JsonObject } from './json.ts';
import { isObject, toJson, typeName } from './json.ts';

/** What expressions of a state may read. */
export interface EvaluationScope {
  readonly states: JsonObject;
  readonly variables: JsonObject;
  readonly now: number;
  readonly random: Randomness;
}

/** An expression that gave no usable value. `detail` is the second sentence of AWS's cause. */
export class EvaluationError extends Error {
  /** The field, where it is one. */
  readonly location: string | undefined;
  readonly detail: string;
  constructor(location: string | undefined, detail: string) {
    super(detail);
    this.name = 'EvaluationError';
    this.location = location;
    this.detail = detail;
  }
}

const compiled = new Map<string, jsonata.Expression>();
const COMPILED_LIMIT = 2_000;

/** The source inside `{% … %}`, or undefined for a literal. */
export function sourceOf(text: string): string | undefined {
  return text.startsWith('{%') && text.endsWith('%}') && text.length >= 4 ? text.slice(2, -2).trim() : undefined;
}

/** Parses an expression, once for each source; throws jsonata's error when it is malformed. */
export function compile(source: string): jsonata.Expression {
  const known = compiled.get(source);
  if (known !== undefined) return known;
  if (compiled.size >= COMPILED_LIMIT) compiled.clear();
  const expression = bound(jsonata(source));
  compiled.set(source, expression);
  return expression;
}

/** Evaluates a template: every expression in it is replaced by its value, literals stay. */
export async function evaluate(template: Json, location: string, scope: EvaluationScope): Promise<Json> {
  if (typeof template === 'string') {
    const source = sourceOf(template);
    return source === undefined ? template : evaluateSource(source, location, scope);
  }
  if (Array.isArray(template)) {
    const items: Json[] = [];
    for (const [index, item] of template.entries()) items.push(await evaluate(item, `${location}[${index}]`, scope));
    return items;
  }
  if (isObject(template)) {
    const fields: [string, Json][] = [];
    for (const [key, value] of Object.entries(template)) {
      fields.push([key, await evaluate(value as Json, `${location}/${key}`, scope)]);
    }
    // A field of the name __proto__ is a field too, as it is to JSON.parse.
    return Object.fromEntries(fields);
  }
  return template;
}

/** The types that a field may need, by the names that AWS has for them. */
interface NamedTypes {
  readonly number: number;
  readonly string: string;
  readonly boolean: boolean;
  readonly array: Json[];
}

function isNamed<Name extends keyof NamedTypes>(value: Json, name: Name): value is NamedTypes[Name] {
  return typeName(value) === name;
}

/** As {@link evaluate}, and refuses a value that is not of the type that the field needs. */
export async function evaluateAs<Name extends keyof NamedTypes>(
  wanted: Name,
  template: Json,
  location: string,
  scope: EvaluationScope,
): Promise<NamedTypes[Name]> {
  const value = await evaluate(template, location, scope);
  if (!isNamed(value, wanted)) {
    const named = typeof template === 'string' ? (sourceOf(template) ?? template) : '';
    throw new EvaluationError(
      location,
      `${sentenceStart(named, location)} returned an unexpected result type. Expected '${wanted}', but was '${typeName(value)}' for value: ${JSON.stringify(value)}`,
    );
  }
  return value;
}

/** AWS's limit of a number of seconds, of about three years. */
const MOST_SECONDS = 99_999_999;

/** Throws {@link EvaluationError} for more seconds than a state may wait. */
export function requireSeconds(seconds: number, location: string): void {
  if (seconds > MOST_SECONDS) {
    throw new EvaluationError(location, `The ${location} field must not be above ${MOST_SECONDS}: ${seconds}`);
  }
}

function sentenceStart(source: string, location: string): string {
  return `The JSONata expression '${source}' specified for the field '${location}'`;
}

async function evaluateSource(source: string, location: string, scope: EvaluationScope): Promise<Json> {
  const start = sentenceStart(source, location);
  let value: unknown;
  try {
    const bindings = {
      ...awsFunctions(scope.now, scope.random),
      ...scope.variables,
      ...freshCount(),
      states: scope.states,
    };
    value = await compile(source).evaluate(undefined, bindings);
  } catch (error) {
    throw new EvaluationError(location, `${start} threw an error during evaluation${describeError(error)}`);
  }
  if (value === undefined) throw new EvaluationError(location, `${start} returned nothing (undefined).`);
  if (holdsFunction(value)) throw new EvaluationError(location, `${start} returned an unsupported result type.`);
  return toJson(value, infinityAsText);
}

/** AWS gives a number that JSON does not have as a text. */
function infinityAsText(_key: string, value: unknown): unknown {
  return typeof value === 'number' && !Number.isFinite(value) ? String(value) : value;
}

/** JSONata's own errors have a code and are a sentence; those of AWS's functions have none and end the one before. */
function describeError(error: unknown): string {
  if (!isObject(error)) return `: ${String(error)}`;
  const message = String(error.message ?? '');
  return typeof error.code === 'string' ? `. ${error.code}: ${message}` : `: ${message}`;
}

function holdsFunction(value: unknown): boolean {
  if (typeof value === 'function') return true;
  if (Array.isArray(value)) return value.some(holdsFunction);
  if (!isObject(value)) return false;
  return '_jsonata_lambda' in value || '_jsonata_function' in value || Object.values(value).some(holdsFunction);
}
