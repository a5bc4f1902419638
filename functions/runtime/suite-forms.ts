/** The company's tables of forms: a file that lies beside the bundle, checked when the stack was synthesized. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import { type FormTable, formTableSchema } from '../intake/domain/form-table.ts';
import { ConfigError } from './errors.ts';

let tables: ReadonlyMap<string, FormTable> | undefined;

/**
 * By the name of the suite (`oa.system`).
 * @throws ConfigError when the bundle was deployed without the file, or with one of another version.
 */
export function suiteForms(): ReadonlyMap<string, FormTable> {
  tables ??= new Map(Object.entries(read()));
  return tables;
}

function read(): Readonly<Record<string, FormTable>> {
  const path = join(import.meta.dirname, 'company', 'suite-forms.json');
  try {
    return z.record(z.string(), formTableSchema).parse(JSON.parse(readFileSync(path, 'utf8')));
  } catch (cause) {
    throw new ConfigError('company/suite-forms.json beside the function is missing or wrong: deploy the stack again', {
      cause,
    });
  }
}
