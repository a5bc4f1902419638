/** The company's directory, rules and calendar: files that lie beside the bundle, checked when the stack was synthesized. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type CalendarData, createCalendar, type WorkingCalendar } from '../calendar/domain/calendar.ts';
import { createFileDirectory } from '../directory/file-directory.ts';
import type { Directory } from '../directory/port.ts';
import type { Policies } from '../policy/port.ts';
import { createPolicies } from '../policy/table-policies.ts';
import { ConfigError } from './errors.ts';

let directory: Directory | undefined;
let policies: Policies | undefined;
let calendar: { readonly known: WorkingCalendar | undefined } | undefined;

/** @throws ConfigError when the bundle was deployed without the file. */
export function companyDirectory(): Directory {
  directory ??= createFileDirectory(readCompanyFile('directory.json'));
  return directory;
}

/** @throws ConfigError when the bundle was deployed without the file. */
export function companyPolicies(): Policies {
  policies ??= createPolicies(readCompanyFile('rules.json'));
  return policies;
}

/**
 * Undefined: the company has none.
 * @throws ConfigError when the bundle was deployed without the file.
 */
export function companyCalendar(): WorkingCalendar | undefined {
  if (calendar === undefined) {
    const data = readCompanyFile<CalendarData | null>('calendar.json');
    calendar = { known: data === null ? undefined : createCalendar(data) };
  }
  return calendar.known;
}

function readCompanyFile<T>(name: string): T {
  const path = join(import.meta.dirname, 'company', name);
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch (cause) {
    throw new ConfigError(`company/${name} is missing beside the function: deploy the stack again`, { cause });
  }
}
