/** Reads a form as an administrator wrote it: a version that can be published, or everything that is wrong with it, by path. */
import { canonicalJson, digestOf, type Json } from '../audit/domain/canonical-json.ts';
import type { WorkingTimeBound } from '../policy/policy-tables.ts';
import type { CompiledTable } from '../policy/table.ts';
import type { FieldIssue } from '../runtime/errors.ts';
import { type FormDefinition, formSchema, isAmount } from './domain/form.ts';
import { compileRoute } from './route-table.ts';

/** As it is kept: the form, and its route as it is asked. */
export interface CompiledForm {
  readonly definition: FormDefinition;
  readonly route: CompiledTable;
  /** SHA-256 (hex) of the canonical JSON of the definition. */
  readonly digest: string;
}

export type FormCompilation = { readonly form: CompiledForm } | { readonly issues: readonly FieldIssue[] };

/** A version is an item of the store, with its route; an item of DynamoDB ends at 400 KB. */
const MOST_BYTES = 100_000;

/** As {@link compileForm}, of a text. */
export function compileFormText(text: string, bound?: WorkingTimeBound): FormCompilation {
  try {
    return compileForm(JSON.parse(text), bound);
  } catch (error) {
    const problem = `is not JSON: ${error instanceof Error ? error.message : String(error)}`;
    return { issues: [{ field: '(whole)', problem, remedy: 'paste the whole form, from { to }' }] };
  }
}

/** @param bound - what the calendar allows, where hours are hours of work */
export function compileForm(value: unknown, bound?: WorkingTimeBound): FormCompilation {
  const parsed = formSchema.safeParse(value);
  if (!parsed.success) {
    const issues = parsed.error.issues.map(({ path, message }) => ({
      field: pathText(path),
      problem: message,
      remedy: 'mend it as docs/office.md describes a form',
    }));
    return { issues };
  }
  const definition = parsed.data;
  const json: Json = JSON.parse(JSON.stringify(definition));
  const compiled = compileRoute(definition, bound);
  const issues = [
    ...tooLong(canonicalJson(json)),
    ...severalAmounts(definition),
    ...('issues' in compiled ? compiled.issues : []),
  ];
  return issues.length > 0 || 'issues' in compiled
    ? { issues }
    : { form: { definition, route: compiled.table, digest: digestOf(json) } };
}

function tooLong(json: string): readonly FieldIssue[] {
  const bytes = Buffer.byteLength(json);
  return bytes <= MOST_BYTES
    ? []
    : [{ field: '(whole)', problem: `has ${bytes} bytes, and ${MOST_BYTES} are kept`, remedy: 'make two forms of it' }];
}

function severalAmounts({ schema }: FormDefinition): readonly FieldIssue[] {
  const [, ...further] = Object.entries(schema.properties).filter(([, field]) => isAmount(field));
  return further.map(([name]) => ({
    field: `schema.properties.${name}.format`,
    problem: 'is a second amount, and a request is about one',
    remedy: 'make it a number, or a text',
  }));
}

function pathText(path: readonly PropertyKey[]): string {
  const text = path.map((part) => (typeof part === 'number' ? `[${part}]` : `.${String(part)}`)).join('');
  return text === '' ? '(whole)' : text.replace(/^\./u, '');
}
