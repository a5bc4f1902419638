import { describe, expect, it } from 'vitest';
import { readingsOf } from '../../../functions/audit/note-read.ts';
import { recordUrl } from '../../../functions/audit/read-key.ts';
import { casePath } from '../../../functions/pages/places.tsx';
import { OFFICER, openCasesIn } from '../../support/compliance.ts';
import { companyPolicies, PAGES_URL } from '../../support/purchase-company.ts';
import { openCompliance, RECORD_KEY } from './open-compliance.ts';

describe('the pages of compliance', () => {
  it('show the open cases, and each with links into the records', async () => {
    const { compliance, processId, signIn } = await openCompliance();
    const officer = await signIn(OFFICER);
    const caseId = await compliance.only();

    const list = await officer.get('/compliance?lang=en');
    expect(list.text).toContain(`<a href="${casePath(caseId)}">Duties that must be apart are with one person</a>`);
    const { text } = await officer.get(`${casePath(caseId)}?lang=en`);
    const link = recordUrl(PAGES_URL, RECORD_KEY, processId).replaceAll('&', '&amp;');
    expect(text).toContain(`href="${link}"`);
    expect(text).toMatch(new RegExp(`href="${link.replace(/[?.+]/g, '\\$&')}#entry-\\d+"`));
    expect(text).toContain('贺静 He Jing decides by');
  });

  it('show as many cases as there are, page by page', async () => {
    const { world, compliance, signIn } = await openCompliance();
    await compliance.openMany(230);
    const officer = await signIn(OFFICER);
    const seen: string[] = [];
    const pages: number[] = [];
    for (let path: string | undefined = '/compliance?lang=en'; path !== undefined; ) {
      const { text } = await officer.get(path);
      const links = [...text.matchAll(/href="(\/compliance\/CASE-\w+)"/g)].map(([, link]) => String(link));
      seen.push(...links);
      pages.push(links.length);
      path = /href="([^"]+)" rel="next"/.exec(text)?.[1]?.replaceAll('&amp;', '&');
    }

    expect(pages).toEqual([100, 100, 31]);
    expect(new Set(seen).size).toBe(231);
    expect((await openCasesIn(world.store)).length).toBe(231);
  });

  it('show the evidence of attempts that are about no process', async () => {
    const { world, compliance, signIn } = await openCompliance();
    const known = await compliance.only();
    for (let visit = 0; visit < 5; visit += 1) {
      await (await signIn('E-2001')).get('/compliance');
    }
    await compliance.watch();
    const cases = await openCasesIn(world.store);
    const burst = cases.find(({ caseId }) => caseId !== known);

    const { status, text } = await (await signIn(OFFICER)).get(`${casePath(burst?.caseId ?? '')}?lang=en`);
    expect(status).toBe(200);
    expect(text).toContain('not-your-role');
  });

  it('note who reads a case before it is shown', async () => {
    const { world, compliance, signIn } = await openCompliance();
    const caseId = await compliance.only();

    await (await signIn(OFFICER)).get(casePath(caseId));

    const day = world.engine.now().toISOString().slice(0, 10);
    expect(await readingsOf(world.store, caseId, day)).toMatchObject([
      { type: 'RecordRead', actor: { kind: 'person', id: OFFICER } },
    ]);
  });

  it.each(['/compliance', '/compliance/CASE-1'])('refuse %s to everybody else, and record it', async (path) => {
    const { world, signIn } = await openCompliance();
    expect((await (await signIn('E-2001')).get(path)).status).toBe(403);
    expect(await world.store.readRecord('compliance')).toMatchObject([
      { type: 'CaseDecisionRefused', facts: { employeeId: 'E-2001', refusal: 'not-your-role' } },
    ]);
  });

  it('leave a case to whoever is asked for one more approval, until there is an answer', async () => {
    const complianceRule: typeof companyPolicies.complianceRule = async (question) => ({
      ...(await companyPolicies.complianceRule(question)),
      action: 'approval',
    });
    const { world, compliance, signIn } = await openCompliance({ ...companyPolicies, complianceRule });
    // What the stream brings of the case's own record.
    await compliance.watch();
    const { get, post } = await signIn(OFFICER);
    const path = casePath(await compliance.only());
    const { text } = await get(`${path}?lang=en`);
    expect(text).toContain('wait for one more approval');
    expect(text).not.toContain('<form');
    expect((await post(path, { action: 'release', reason: 'A test' })).text).toContain('正在追加审批');

    await world.decide(OFFICER, 'reject', 'Not with this signature');
    await compliance.watch();
    expect((await get(`${path}?lang=en`)).text).toContain('Let the processes go on');
  });

  it('release what is held, with a reason, and show what became of it', async () => {
    const { world, event, compliance, signIn } = await openCompliance();
    const { get, post } = await signIn(OFFICER);
    const caseId = await compliance.only();
    await get(casePath(caseId));
    expect((await world.head(event)).holds).toHaveLength(1);

    expect((await post(casePath(caseId), { action: 'release', reason: 'A test' })).status).toBe(200);
    expect((await world.head(event)).holds).toEqual([]);
    const again = await post(casePath(caseId), { action: 'cancel', reason: 'Changed my mind' });
    expect(again.status).toBe(400);
    expect(again.text).toContain('案件已处理');
    expect((await get('/compliance?lang=en')).text).toContain('No case is open.');
    expect((await get(`${casePath(caseId)}?lang=en`)).text).toContain('A test');
  });

  it.each([
    ['without a reason', { action: 'release', reason: ' ' }],
    ['to close what is held', { action: 'close', reason: 'Nothing to see' }],
    ['to do something unknown', { action: 'forget', reason: 'x' }],
    ['to give it to whoever is not of compliance', { action: 'assign', to: 'E-1001' }],
  ])('take no form %s', async (_, form) => {
    const { world, event, compliance, signIn } = await openCompliance();
    const { post } = await signIn(OFFICER);
    expect((await post(casePath(await compliance.only()), form)).status).toBe(400);
    expect((await world.head(event)).holds).toHaveLength(1);
    expect(await compliance.open()).toMatchObject([{ ownerId: OFFICER }]);
  });

  it('take no form without the token of the session', async () => {
    const { world, event, compliance, signIn } = await openCompliance();
    const { post } = await signIn(OFFICER);
    const form = { action: 'release', reason: 'x' };
    expect((await post(casePath(await compliance.only()), form, 'forged')).status).toBe(403);
    expect((await world.head(event)).holds).toHaveLength(1);
  });

  it('know no case that there is not, and no record of a process as one', async () => {
    const { processId, signIn } = await openCompliance();
    const { get } = await signIn(OFFICER);
    expect((await get('/compliance/CASE-0')).status).toBe(404);
    expect((await get(`/compliance/${processId}`)).status).toBe(404);
  });
});
