/** Rows of a CSV file (RFC 4180, UTF-8) that another system wrote, each with the line that it begins on. */
import { parse } from 'csv-parse/sync';
import * as z from 'zod';

export interface Row<T> {
  readonly line: number;
  readonly value: T;
}

export type Rows<T> = { readonly rows: readonly Row<T>[] } | { readonly problems: readonly string[] };

/** Of a file that is wrong all over, a reader needs no more. */
const MOST_PROBLEMS = 40;

const parsedSchema = z.array(
  z.object({ record: z.record(z.string(), z.string()), info: z.object({ lines: z.number() }) }),
);

/**
 * `file`: its name, for the problems, which give line and column and no value: amounts stand in these files. Columns that
 * the schema does not know are left out.
 */
export function readRows<T>(file: string, text: string, schema: z.ZodType<T>): Rows<T> {
  const records = parseCsv(text);
  if (records === undefined) {
    return { problems: [`${file} is no CSV file with a heading: write it as RFC 4180 says`] };
  }
  const read = records.map(({ record, info }) => ({ line: info.lines, result: schema.safeParse(record) }));
  const problems = read.flatMap(({ line, result }) =>
    result.success
      ? []
      : result.error.issues.map(({ path, message }) => `${file} line ${line}, ${path.join('.') || 'row'}: ${message}`),
  );
  return problems.length > 0
    ? { problems: problems.slice(0, MOST_PROBLEMS) }
    : { rows: read.flatMap(({ line, result }) => (result.success ? [{ line, value: result.data }] : [])) };
}

function parseCsv(text: string): z.infer<typeof parsedSchema> | undefined {
  try {
    const parsed: unknown = parse(text, { bom: true, columns: true, info: true, skip_empty_lines: true, trim: true });
    return parsedSchema.parse(parsed);
  } catch {
    return undefined;
  }
}
