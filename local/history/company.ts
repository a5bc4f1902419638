/** The demonstration's company as the history needs it: its people, rules, calendar and forms, all read as they are deployed. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseCalendar } from '../../functions/calendar/calendar-file.ts';
import { createCalendar } from '../../functions/calendar/domain/calendar.ts';
import { workedHoursAfter } from '../../functions/calendar/domain/worked-time.ts';
import { clockHoursAfter, type HoursAfter } from '../../functions/calendar/domain/working-time.ts';
import { type DirectoryData, parseDirectory } from '../../functions/directory/directory-file.ts';
import { createFileDirectory } from '../../functions/directory/file-directory.ts';
import type { Absence, Directory } from '../../functions/directory/port.ts';
import { rememberingPolicies } from '../../functions/insight/remembering-policies.ts';
import type { CompiledForm } from '../../functions/office/compile-form.ts';
import { compileFormFolder } from '../../functions/office/form-folder.ts';
import { compileRuleFolder } from '../../functions/policy/compile-rules.ts';
import type { Policies } from '../../functions/policy/port.ts';
import { createPolicies } from '../../functions/policy/table-policies.ts';

const ROOT = join(import.meta.dirname, '../..');
const CURRENCY = 'CNY';
const TIME_ZONE = 'Asia/Shanghai';

export interface Company {
  readonly currency: string;
  readonly timeZone: string;
  readonly data: DirectoryData;
  readonly directory: Directory;
  readonly policies: Policies;
  readonly forms: readonly CompiledForm[];
  /** Of the company's calendar. */
  readonly hoursAfter: HoursAfter;
  readonly onTheClock: HoursAfter;
  /** For the record, as a wait says by what its hours are counted. */
  readonly countedBy: { readonly calendar: string; readonly timeZone: string };
}

/** With nobody away. */
export async function demonstrationCompany(): Promise<Company> {
  const json = async (file: string) => JSON.parse(await readFile(join(ROOT, 'local/demo', file), 'utf8'));
  const calendar = createCalendar(parseCalendar(await json('calendar.json')));
  const file = parseDirectory(await json('directory.json'));
  const data = { ...file, people: file.people.map(({ absences: _deployed, ...person }) => person) };
  return {
    currency: CURRENCY,
    timeZone: TIME_ZONE,
    data,
    directory: createFileDirectory(data),
    policies: rememberingPolicies(createPolicies(await compileRuleFolder(join(ROOT, 'rules')))),
    forms: await compileFormFolder(join(ROOT, 'rules/forms')),
    hoursAfter: workedHoursAfter(calendar, TIME_ZONE),
    onTheClock: clockHoursAfter,
    countedBy: { calendar: `${calendar.name} ${calendar.version}`, timeZone: TIME_ZONE },
  };
}

/** The same company, some of whose people are away at times. */
export function withAbsences(company: Company, absences: ReadonlyMap<string, readonly Absence[]>): Company {
  const people = company.data.people.map((person) => {
    const own = absences.get(person.employeeId) ?? [];
    return own.length === 0 ? person : { ...person, absences: own.map(({ scope: _all, ...absence }) => absence) };
  });
  const data = { ...company.data, people };
  return { ...company, data, directory: createFileDirectory(data) };
}
