import { beforeEach, describe, expect, it } from 'vitest';
import { readingsOf } from '../../../functions/audit/note-read.ts';
import { createAuditorPages } from '../../../functions/evidence/auditor-pages.tsx';
import { Compliance } from '../../support/compliance.ts';
import { requisitionEvent } from '../../support/purchase-company.ts';
import { PurchaseWorld } from '../../support/purchase-world.ts';
import { visitorsOf } from '../../support/visitors.ts';

const AUDITOR = 'E-4001';
const MANAGER = 'E-2001';

let world: PurchaseWorld;
let processId: string;
let pages: ReturnType<typeof visitorsOf>;

beforeEach(async () => {
  world = new PurchaseWorld();
  const event = requisitionEvent();
  await world.submit(event);
  processId = (await world.head(event)).processId;
  const link = await world.linkOf(MANAGER);
  await world.decideByLink(link, 'approve', 'Within the budget');
  await world.decideByLink(link, 'reject', 'Changed my mind');
  const deps = world.decisionDeps();
  pages = visitorsOf(deps, createAuditorPages({ ...deps, timeZone: 'Asia/Shanghai' }));
});

const auditor = () => pages.signIn(AUDITOR, ['auditor']);
const today = () => world.decisionDeps().clock.now().toISOString().slice(0, 10);

describe('the pages of auditors', () => {
  it('are shown to auditors alone, and the attempts of others are recorded', async () => {
    const other = await pages.signIn(MANAGER, ['administrator', 'operator']);

    for (const path of ['/audit', `/audit/${processId}`]) {
      expect((await other.get(path)).status).toBe(403);
      expect((await pages.visit(path)).status).toBe(302);
      expect((await (await auditor()).get(path)).status).toBe(200);
    }
    const attempt = {
      type: 'VisitRefused',
      actor: { kind: 'person', id: MANAGER },
      facts: { employeeId: MANAGER, page: '/audit', refusal: 'not-your-role' },
    };
    expect((await world.store.readRecord('visits')).map(({ type, actor, facts }) => ({ type, actor, facts }))).toEqual([
      attempt,
      attempt,
    ]);
    expect(await readingsOf(world.store, processId, today())).toHaveLength(1);
  });

  it('are part of a burst of attempts, which opens a case that holds nothing', async () => {
    const compliance = new Compliance(world);
    const other = await pages.signIn(MANAGER, []);

    for (let visit = 0; visit < 5; visit += 1) {
      expect((await other.get(`/audit/${processId}`)).status).toBe(403);
    }
    await compliance.watch();

    const burst = (await compliance.open()).filter(({ detector }) => detector === 'refused-attempts');
    expect(burst).toMatchObject([
      { facts: { employeeId: MANAGER, refusals: 'not-your-role' }, processIds: [], held: [], evidence: { length: 5 } },
    ]);
    expect(new Set(burst[0]?.evidence.map(({ processId: record }) => record))).toEqual(new Set(['visits']));
  });

  it('find a process by its id and by the number of its request', async () => {
    const { get } = await auditor();

    for (const query of [`process=${processId}`, 'request=PR-1&system=demo-oa', `process=%20${processId}%20`]) {
      const found = await get(`/audit?${query}`);
      expect([found.status, found.headers.get('location')]).toEqual([302, `/audit/${processId}`]);
    }
    const missing = await get('/audit?lang=en&request=PR-1&system=other-oa');
    expect([missing.status, missing.text.includes('There is no such process.')]).toEqual([404, true]);
    expect((await get('/audit/P2P-none')).status).toBe(404);
  });

  it('say who decided, on which level by which rule, on which version, and that the record is whole', async () => {
    const { text } = await (await auditor()).get(`/audit/${processId}?lang=en`);
    const decisions = text.slice(text.indexOf('id="decisions"'), text.indexOf('id="refusals"'));

    expect(text).toContain('The record is whole');
    expect(decisions).toMatch(/Approved by 王强 Wang Qiang.*Within the budget/s);
    expect(decisions).toContain(`王强 Wang Qiang (${MANAGER})`);
    expect(decisions).toMatch(/<dt>Authority<\/dt><dd>[^<]*by [^<]*row/);
    expect(decisions).toContain('<dt>Version of the document</dt><dd>1</dd>');
  });

  it('say which posts and which limit the person had when they decided', async () => {
    const { text } = await (await auditor()).get(`/audit/${processId}?lang=en`);
    const decisions = text.slice(text.indexOf('id="decisions"'), text.indexOf('id="refusals"'));

    expect(decisions).toContain('<dt>Own posts at the time</dt><dd>none</dd>');
    expect(decisions).toContain('<dt>Own limit at the time</dt><dd>5000</dd>');
    // The requester decides nothing: neither belongs to what they did.
    expect(decisions.match(/Own limit at the time/g)).toHaveLength(1);
  });

  it('find the same in the entry of an attempt that did not count', async () => {
    const other = new PurchaseWorld();
    const event = requisitionEvent();
    await other.submit(event);
    await other.decide(MANAGER, 'shout');
    const refused = (await other.record(event)).find(({ type }) => type === 'DecisionRefused');

    expect(refused?.facts).toMatchObject({ action: 'unknown', ownPosts: [], ownLimit: '5000' });
  });

  it('say what was refused, and why', async () => {
    const { text } = await (await auditor()).get(`/audit/${processId}?lang=en`);
    const refusals = text.slice(text.indexOf('id="refusals"'), text.indexOf('id="readings"'));

    expect(refusals).toContain(`王强 Wang Qiang (${MANAGER})`);
    expect(refusals).toMatch(/<dt>Why<\/dt><dd>[^<]+<\/dd>/);
  });

  it('say that a record is damaged, and where', async () => {
    world.store.tamper(processId, 2, (entry) => ({ ...entry, type: 'Forged' }));

    const { text } = await (await auditor()).get(`/audit/${processId}?lang=en`);
    expect(text).toMatch(/The record is damaged.*#2: content was changed after it was recorded/s);
  });

  it('speak Chinese', async () => {
    const { text } = await (await auditor()).get(`/audit/${processId}?lang=zh`);

    expect(text).toMatch(/审计证据.*审批与操作.*权限依据.*被拒绝的操作/s);
  });

  it('note who looked, and tell it', async () => {
    const { text } = await (await auditor()).get(`/audit/${processId}?lang=en`);

    expect(await readingsOf(world.store, processId, today())).toMatchObject([
      { actor: { kind: 'person', id: AUDITOR }, facts: { of: processId, what: 'evidence' } },
    ]);
    expect(text.slice(text.indexOf('id="readings"'))).toContain(AUDITOR);
  });
});
