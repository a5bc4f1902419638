/** The pages of administrators over purchases that wait, asked by whoever is signed in. */
import { createAdministrationPages } from '../../../functions/administration/administration-pages.tsx';
import { createFileDirectory } from '../../../functions/directory/file-directory.ts';
import type { Directory } from '../../../functions/directory/port.ts';
import { compileRules } from '../../../functions/policy/compile-rules.ts';
import { rememberPolicies } from '../../../functions/policy/policy-versions.ts';
import { createPolicies } from '../../../functions/policy/table-policies.ts';
import type { ProcessDeps } from '../../../functions/process/update-process.ts';
import { readSession } from '../../../functions/sign-in/sessions.ts';
import type { Role } from '../../../functions/sign-in/signed-in.ts';
import { startingForms } from '../../support/office-world.ts';
import { COMPANY, companyRules, directoryData, requisitionEvent } from '../../support/purchase-company.ts';
import { PurchaseWorld } from '../../support/purchase-world.ts';
import { sessionCookieOf } from '../../support/session-cookie.ts';
import { rulesWith } from '../policy/rule-files.ts';

const HOST = 'pages.meridian.example';

/** @param deployed - the directory of the page, and `rules` its tables, where they are not the company's */
export async function openAdministration(deployed = directoryData, rules = companyRules, directory?: Directory) {
  const world = new PurchaseWorld(directory === undefined ? {} : { directory });
  const event = requisitionEvent();
  await world.submit(event);
  const deps = { ...world.decisionDeps(), ...COMPANY, deployed, rules, startingForms, bound: undefined };
  const pages = createAdministrationPages(deps);

  const signIn = async (employeeId: string, roles: readonly Role[] = ['administrator']) => {
    const cookie = await sessionCookieOf(deps, employeeId, roles);
    const headers = { host: HOST, cookie };
    const session = await readSession(deps, cookie.split('=')[1]);
    const ask = async (path: string, init: RequestInit) => {
      const response = await pages.request(`https://${HOST}${path}`, init, { sourceIp: '192.0.2.1' });
      return { status: response.status, headers: response.headers, text: await response.text() };
    };
    const get = (path: string, otherCookie = '') =>
      ask(path, { headers: { ...headers, cookie: [cookie, otherCookie].filter(Boolean).join('; ') } });
    const post = (path: string, form: readonly (readonly [string, string])[]) =>
      ask(path, {
        method: 'POST',
        headers: { ...headers, 'content-type': 'application/x-www-form-urlencoded' },
        body: new URLSearchParams(form.map(([name, value]): [string, string] => [name, value])).toString(),
      });
    return { get, post, csrf: session?.csrfToken ?? '' };
  };
  return { world, event, signIn, deps };
}

/** As {@link openAdministration}, while somebody is away and somebody else stands in for them. */
export function openWhileAway(employeeId: string, substituteId: string) {
  const absence = { from: '2025-12-20T00:00:00+08:00', until: '2026-02-01T00:00:00+08:00', substituteId };
  const people = directoryData.people.map((person) =>
    person.employeeId === employeeId ? { ...person, absences: [absence] } : person,
  );
  const data = { ...directoryData, people };
  return openAdministration(data, companyRules, createFileDirectory(data));
}

/** A version of the policies that came after those of the company. */
export const NEWER = createPolicies(await compileRules(rulesWith('&gt; 500000<', '&gt; 600000<'))).inForce();

/** As if an approval had been routed by it, an hour from now. */
export async function rememberNewer({ store, clock }: Pick<ProcessDeps, 'store' | 'clock'>): Promise<void> {
  const later = new Date(clock.now().getTime() + 3_600_000);
  await rememberPolicies({ store, clock: { now: () => later } }, NEWER);
}

/** As if approvals had been routed by so many versions since, an hour from one to the next, that differ in the table of levels. */
export async function rememberMany(
  { store, clock }: Pick<ProcessDeps, 'store' | 'clock'>,
  versions: number,
): Promise<void> {
  const { 'approval-levels': table } = companyRules.tables;
  if (table === undefined) throw new Error('the company has no such table');
  for (let hour = 1; hour <= versions; hour += 1) {
    const validUntil = `2030-01-${String(hour).padStart(2, '0')}`;
    const rules = { tables: { ...companyRules.tables, 'approval-levels': { ...table, validUntil } } };
    const now = new Date(clock.now().getTime() + hour * 3_600_000);
    await rememberPolicies({ store, clock: { now: () => now } }, createPolicies(rules).inForce());
  }
}

/** All hidden fields of a page's form. */
export function fieldsOf(page: string): readonly (readonly [string, string])[] {
  return [...page.matchAll(/<input type="hidden" name="([^"]*)" value="([^"]*)"/g)].map(
    ([, name = '', value = '']) => [name, value] as const,
  );
}
