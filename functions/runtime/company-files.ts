/**
 * The company's directory, rules and calendar: files that lie beside the bundle, checked when the stack was synthesized. The
 * directory of the store goes before its file.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { boundOfWorkingHours } from '../calendar/calendar-file.ts';
import { type CalendarData, createCalendar, type WorkingCalendar } from '../calendar/domain/calendar.ts';
import type { DirectoryData } from '../directory/directory-file.ts';
import { createFileDirectory } from '../directory/file-directory.ts';
import type { Directory } from '../directory/port.ts';
import { createStoreDirectory } from '../directory/store-directory.ts';
import type { CompiledForm } from '../office/compile-form.ts';
import type { WorkingTimeBound } from '../policy/policy-tables.ts';
import type { Policies } from '../policy/port.ts';
import type { CompiledRules } from '../policy/table.ts';
import { createPolicies } from '../policy/table-policies.ts';
import type { ProcessStore } from '../process/store/port.ts';
import { ConfigError } from './errors.ts';

let deployed: Directory | undefined;
let policies: Policies | undefined;
let calendar: { readonly known: WorkingCalendar | undefined } | undefined;

/**
 * Made anew for each event, step or request: it reads once which version of the directory counts.
 * @throws ConfigError when the bundle was deployed without the file, which is version 0.
 */
export function companyDirectory(store: ProcessStore): Directory {
  deployed ??= createFileDirectory(readCompanyFile('directory.json'));
  return createStoreDirectory(store, deployed);
}

/**
 * Version 0 of the directory, whole.
 * @throws ConfigError when the bundle was deployed without the file.
 */
export function deployedDirectory(): DirectoryData {
  return readCompanyFile('directory.json');
}

/** @throws ConfigError when the bundle was deployed without the file. */
export function companyPolicies(): Policies {
  policies ??= createPolicies(readCompanyFile('rules.json'));
  return policies;
}

/**
 * The tables themselves, for whoever reads them.
 * @throws ConfigError when the bundle was deployed without the file.
 */
export function companyRules(): CompiledRules {
  return readCompanyFile('rules.json');
}

/**
 * That come with Meridian, as the bundle has them.
 * @throws ConfigError when the bundle was deployed without the file.
 */
export function startingForms(): readonly CompiledForm[] {
  return readCompanyFile('forms.json');
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

/**
 * How many hours of work end in time, for tables that are made at run time. Undefined: the company counts by the clock.
 * @throws ConfigError when the bundle was deployed without the file.
 */
export function workingTimeBound(): WorkingTimeBound | undefined {
  const data = readCompanyFile<CalendarData | null>('calendar.json');
  return data === null ? undefined : boundOfWorkingHours(data);
}

function readCompanyFile<T>(name: string): T {
  const path = join(import.meta.dirname, 'company', name);
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch (cause) {
    throw new ConfigError(`company/${name} is missing beside the function: deploy the stack again`, { cause });
  }
}
