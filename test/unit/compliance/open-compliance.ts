/** The pages of compliance over a purchase with a breach in its record, asked by whoever is signed in. */
import { createCompliancePages } from '../../../functions/compliance/compliance-pages.tsx';
import { compliancePosts } from '../../../functions/policy/rules-in-company.ts';
import { updateProcess } from '../../../functions/process/update-process.ts';
import { readSession } from '../../../functions/sign-in/sessions.ts';
import { Compliance } from '../../support/compliance.ts';
import { COMPANY, companyPolicies, companyRules, PAGES_URL, requisitionEvent } from '../../support/purchase-company.ts';
import { PurchaseWorld } from '../../support/purchase-world.ts';
import { sessionCookieOf } from '../../support/session-cookie.ts';

const HOST = new URL(PAGES_URL).host;
export const RECORD_KEY = 'k'.repeat(40);

/** @param policies - instead of the demonstration company's */
export async function openCompliance(policies = companyPolicies) {
  const world = new PurchaseWorld();
  const compliance = new Compliance(world, policies);
  const event = requisitionEvent();
  await world.submit(event);
  const { processId } = await world.head(event);
  // Past all that Meridian checks.
  const facts = { approvalId: 'x', subject: 'order', level: 0, employeeId: 'E-1001', action: 'approve', via: 'link' };
  await updateProcess(world.decisionDeps(), processId, () => ({
    change: { entries: [{ type: 'DecisionMade', actor: { kind: 'person', id: 'E-1001' }, facts }] },
    output: undefined,
  }));
  await compliance.watch();
  const deps = { ...world.decisionDeps(), ...COMPANY };
  const pages = createCompliancePages({
    ...deps,
    posts: compliancePosts(companyRules),
    recordKey: async () => RECORD_KEY,
    pagesUrl: PAGES_URL,
  });
  const signIn = async (employeeId: string) => {
    const cookie = await sessionCookieOf(deps, employeeId, []);
    const session = await readSession(deps, cookie.split('=')[1]);
    const ask = async (path: string, init: RequestInit) => {
      const response = await pages.request(`https://${HOST}${path}`, init, { sourceIp: '192.0.2.1' });
      await world.run();
      return { status: response.status, headers: response.headers, text: await response.text() };
    };
    const get = (path: string) => ask(path, { headers: { host: HOST, cookie } });
    const post = (path: string, form: Readonly<Record<string, string>>, csrf = session?.csrfToken ?? '') =>
      ask(path, {
        method: 'POST',
        headers: { host: HOST, cookie, 'content-type': 'application/x-www-form-urlencoded' },
        body: new URLSearchParams({ csrf, ...form }).toString(),
      });
    return { get, post };
  };
  return { world, event, compliance, processId, signIn };
}
