import { describe, expect, it } from 'vitest';
import { replaceLeaves } from '../../../functions/directory/leaves.ts';
import { policyDigest, shortDigest } from '../../../functions/policy/policy-digest.ts';
import { POLICY_TABLES } from '../../../functions/policy/policy-tables.ts';
import { companyPolicies, companyRules, directoryData } from '../../support/purchase-company.ts';
import { keepTasks, manyTasks } from '../approvals/many-tasks.ts';
import { fieldsOf, NEWER, openAdministration, rememberMany, rememberNewer } from './open-administration.ts';

const ADMINISTRATOR = 'E-0002';
const MANAGER = 'E-2001';
const OTHER = 'E-3002';
const HAND_OVER = `/admin/people/${MANAGER}/hand-over`;

describe('the pages of administrators', () => {
  it.each(['/admin', '/admin/people', `/admin/people/${MANAGER}`, HAND_OVER, '/admin/policies'])(
    'refuse %s to everybody else, and record the attempt',
    async (path) => {
      const { signIn, world } = await openAdministration();
      const operator = await signIn(MANAGER, ['operator', 'auditor']);

      expect((await operator.get(path)).status).toBe(403);
      expect((await world.store.readRecord('visits')).map(({ type, facts }) => ({ type, facts }))).toEqual([
        { type: 'VisitRefused', facts: { employeeId: MANAGER, page: '/admin', refusal: 'not-your-role' } },
      ]);
      expect((await (await signIn(ADMINISTRATOR)).get(path)).status).toBe(200);
    },
  );

  it('take no hand-over from anybody else, even with the token of their own session', async () => {
    const { world, event, signIn } = await openAdministration();
    const fields = fieldsOf((await (await signIn(ADMINISTRATOR)).get(`${HAND_OVER}?to=${OTHER}`)).text);
    const { post, csrf } = await signIn(MANAGER, ['operator', 'auditor']);

    const own = fields.map(([name, value]) => [name, name === 'csrf' ? csrf : value] as const);

    expect(csrf).toMatch(/^[\w-]{43}$/);
    expect((await post(HAND_OVER, own)).status).toBe(403);
    expect(await world.store.readRecord('visits')).toEqual([]);
    expect(await world.entryTypes(event)).not.toContain('TaskHandedOver');
    expect(
      (await world.store.readRecord('administration')).map(({ type, actor, facts }) => ({ type, actor, facts })),
    ).toEqual([
      {
        type: 'AdministrationRefused',
        actor: { kind: 'person', id: MANAGER },
        facts: { employeeId: MANAGER, action: 'hand-over', refusal: 'not-your-role', from: MANAGER },
      },
    ]);
  });

  it('show the org chart with what needs mending, leavers with open tasks first', async () => {
    const { world, signIn } = await openAdministration();
    await keepTasks(world.store, manyTasks(3, 'E-1003'));
    const { text } = await (await signIn(ADMINISTRATOR)).get('/admin/people?lang=en');

    expect(text).toContain('Version 0, the file of the deployment; 59 people');
    expect(text).toMatch(/高远 Gao Yuan<\/a> has left, with open tasks: 3<.*Nobody holds the post 质检员/s);
    expect(text).toMatch(/周敏 Zhou Min<\/a>.*<ul>.*王强 Wang Qiang<\/a>/s);
    expect(text).toContain('Approval limit CN¥5,000,000.00');
  });

  it('go on in the language that was chosen, whatever link or button is next', async () => {
    const { signIn } = await openAdministration();
    const administrator = await signIn(ADMINISTRATOR);
    const chosen = await administrator.get('/admin/people?lang=en');
    const [kept = ''] = chosen.headers.getSetCookie().map((cookie) => cookie.split(';')[0]);

    expect(kept).toBe('__Host-meridian-language=en');
    expect(chosen.headers.getSetCookie()[0]).toMatch(/; HttpOnly; Secure; SameSite=Lax$/);
    expect((await administrator.get(`/admin/people/${MANAGER}`, kept)).text).toContain('<html lang="en">');
    expect((await administrator.get(`/admin/people/${MANAGER}?lang=zh`, kept)).text).toContain('<html lang="zh-CN">');
    expect((await administrator.get(`/admin/people/${MANAGER}`)).headers.getSetCookie()).toEqual([]);
  });

  it('show a person with their tasks, and nobody who was never here', async () => {
    const { signIn } = await openAdministration();
    const administrator = await signIn(ADMINISTRATOR);
    const { text } = await administrator.get(`/admin/people/${MANAGER}?lang=en`);

    expect(text).toContain('Open tasks (1)');
    expect(text).toContain('Chairs and paper');
    expect((await administrator.get('/admin/people/E-9')).status).toBe(404);
  });

  it('say who is away for which tasks only, as routing reads it, and leave out an absence that an earlier one covers', async () => {
    const away = { from: '2020-01-01T00:00:00Z', until: '2090-01-01T00:00:00Z' };
    const absences = [
      { ...away, substituteId: 'E-3001', scope: ['payment'] },
      { ...away, substituteId: 'E-2002', scope: ['payment'] },
      { ...away, substituteId: OTHER },
    ];
    const { signIn } = await openAdministration({
      ...directoryData,
      people: directoryData.people.map((person) => (person.employeeId === MANAGER ? { ...person, absences } : person)),
    });
    const administrator = await signIn(ADMINISTRATOR);
    const nameOf = (id: string) => directoryData.people.find(({ employeeId }) => employeeId === id)?.name ?? id;
    const { text } = await administrator.get('/admin/people?lang=en');

    expect(text).toMatch(new RegExp(`Until [^;<]+; ${nameOf('E-3001')} stands in for: payment approval<`));
    expect(text).toMatch(new RegExp(`Away until [^;<]+; ${nameOf(OTHER)} stands in<`));
    expect(text).not.toContain(`${nameOf('E-2002')} stands in`);
    expect((await administrator.get(`/admin/people/${MANAGER}?lang=zh`)).text).toContain('代理（付款审批）');
  });

  it('say the leaves of somebody who is away by two, each with what it is for', async () => {
    const { world, signIn } = await openAdministration();
    const [from, until] = ['2025-12-31T00:00:00Z', '2026-02-01T00:00:00Z'];
    const payments = { leaveId: 'LV-1', from, until, substituteId: OTHER, scope: ['payment'] };
    const all = { leaveId: 'LV-2', from, until, substituteId: 'E-3001' };
    const changes = replaceLeaves(MANAGER, undefined, [payments, all]);
    await world.store.commit({ entries: [], personal: [], changes });

    const { text } = await (await signIn(ADMINISTRATOR)).get('/admin/people?lang=en');

    expect(text).toMatch(/Until [^;]+; [^<]+ stands in for: payment approval</);
    expect(text).toMatch(/Away until [^;]+; 陈静 Chen Jing stands in</);
  });

  it.each([
    ['until when a table is valid', '2030-03-31', 'Valid until 31 Mar 2030', false],
    ['that one counts although its last day is over', '2020-03-31', 'Valid until 31 Mar 2020', true],
  ])('say %s', async (_, validUntil, text, isOver) => {
    const { 'link-limit': table } = companyRules.tables;
    if (table === undefined) throw new Error('the company has no such table');
    const rules = { tables: { ...companyRules.tables, 'link-limit': { ...table, validUntil } } };
    const { signIn } = await openAdministration(directoryData, rules);
    const page = (await (await signIn(ADMINISTRATOR)).get('/admin/policies?lang=en')).text;

    expect(page).toContain(text);
    expect(page.includes('Its last day is over')).toBe(isOver);
    expect(page.match(/Valid until/g)).toHaveLength(1);
  });

  it('say the policies in force row by row', async () => {
    const { signIn } = await openAdministration();
    const { text } = await (await signIn(ADMINISTRATOR)).get('/admin/policies?lang=en');

    expect(text).toContain('Every row that fits counts, in the order of the table');
    expect(text).toMatch(/If subject &quot;order&quot;/);
    expect(text).toMatch(/<code>[0-9a-f]{64}<\/code>/);
  });

  it('fold each table, and say on the fold what it decides, its version, since when it is in use and how long it is', async () => {
    const { signIn, deps } = await openAdministration();
    await rememberNewer(deps);
    const administrator = await signIn(ADMINISTRATOR);
    const { text } = await administrator.get('/admin/policies?lang=en');
    const chinese = (await administrator.get('/admin/policies?lang=zh')).text;
    const summaries = (page: string) =>
      [...page.matchAll(/<details class="card fold" id="([\w-]+)"><summary>(.*?)<\/summary>/gs)].map(
        ([, name = '', summary = '']) => [name, summary.replaceAll(/<[^>]+>/g, ' ')] as const,
      );
    const folded = new Map(summaries(text));

    expect([...folded.keys()].toSorted()).toEqual(Object.keys(POLICY_TABLES).toSorted());
    expect(text).not.toMatch(/<details[^>]* open/);
    const digestOf = (name: string) => shortDigest(policyDigest(companyRules.tables[name] ?? expect.fail(name)));
    expect(folded.get('link-limit')).toMatch(
      new RegExp(
        `the link of a mail alone decides .*Version ${digestOf('link-limit')} · in use since [^·]+ · \\d+ rows`,
      ),
    );
    // The newest version that was asked has another table of levels.
    expect(folded.get('approval-levels')).toMatch(/Who approves what.* · in use again \(see the versions below\) · /);
    expect(
      summaries(chinese)
        .map(([, summary]) => summary)
        .join(),
    ).toMatch(/什么事项由谁审批.*版本 .* 行/s);
  });

  it('say no more of the use of a table than the versions that they read do', async () => {
    const { signIn, deps } = await openAdministration();
    await rememberMany(deps, 25);
    const { text } = await (await signIn(ADMINISTRATOR)).get('/admin/policies?lang=en');
    const plain = text.replaceAll(/<[^>]+>/g, ' ');

    expect(plain).toMatch(/the link of a mail alone decides .* in use since [^·]+ or earlier · /);
    expect(plain).toMatch(/Who approves what.* · not asked about an approval by the versions below · /);
  });

  it('say who would approve a request and by which rows, and write nothing', async () => {
    const { world, signIn } = await openAdministration();
    const administrator = await signIn(ADMINISTRATOR);
    const commits = world.store.commits;
    const question = 'subject=order&amount=6000&costCentre=CC-300&requester=E-1001&lang=en';
    const { text } = await administrator.get(`/admin/policies?${question}`);

    expect(text).toMatch(/Rows that fire[^:]*: *1, 2, 4</);
    expect(text).toContain('By rows 1, 2, 4 of approval-levels; row 1 of link-limit');
    expect(text).toMatch(/王强 Wang Qiang \(E-2001\).*Hannah Weiss \(E-4005\)/s);
    expect(world.store.commits).toBe(commits);
  });

  it('say which rows a category, a currency and a legal entity bring up, and for what', async () => {
    const { signIn } = await openAdministration();
    const administrator = await signIn(ADMINISTRATOR);
    const ask = async (more: string) =>
      (
        await administrator.get(
          `/admin/policies?subject=order&amount=45000&costCentre=CC-100&requester=E-1001&lang=en${more}`,
        )
      ).text;

    expect(await ask('')).toMatch(/Rows that fire[^:]*: *1, 4</);
    expect(await ask('&categories=paper%2C+custom-made')).toMatch(
      /Rows that fire[^:]*: *1, 3 \(custom-made, CNY, CN01\), 4</,
    );
    expect(await ask('&currency=eur')).toMatch(/Rows that fire[^:]*: *1, 4, 6</);
    expect(await ask('&legalEntity=DE01')).toMatch(/Rows that fire[^:]*: *1, 4, 5 \(CNY, DE01\)</);
  });

  it('name who is copied, and by which row', async () => {
    const { signIn } = await openAdministration();
    const question = 'subject=order&amount=600000&costCentre=CC-300&requester=E-1001';
    const administrator = await signIn(ADMINISTRATOR);
    const [en, zh] = [
      (await administrator.get(`/admin/policies?${question}&lang=en`)).text,
      (await administrator.get(`/admin/policies?${question}&lang=zh-CN`)).text,
    ];

    expect(en).toMatch(/Who is copied<.*吴芳 Wu Fang \(E-4003\) \(post:accounting, row 8\)/s);
    expect(zh).toMatch(/抄送人员<.*吴芳 Wu Fang \(E-4003\) \(post:accounting, 第 8 行\)/s);
  });

  it('say which versions were used since when, what each changed, and whom it sends another way when asked', async () => {
    const { signIn, deps } = await openAdministration();
    await rememberNewer(deps);
    const administrator = await signIn(ADMINISTRATOR);

    const { text } = await administrator.get('/admin/policies?lang=en');
    const history = text.slice(text.indexOf('id="history"'));

    expect(history.indexOf(NEWER.digest)).toBeLessThan(history.indexOf(companyPolicies.inForce().digest));
    expect(history).toMatch(/approval-levels, row \d+: amount &gt; 500000 becomes &gt; 600000</);
    expect(history).toContain('An earlier version is deployed again');
    expect(history).toMatch(/Since [^<]+ until [^<]+</);
    expect(history.match(/Brought by a deployment of the stack/g)).toHaveLength(2);
    expect(history).not.toContain('Requests that go another way');
    const effect = (await administrator.get(`/admin/policies?effect=${NEWER.digest}&lang=en`)).text;
    expect(effect).toContain('amount above 500000 up to 600000: level Manager');
    expect((await administrator.get('/admin/policies?lang=zh')).text).toContain('amount &gt; 500000 改为 &gt; 600000');
  });

  it('say that the version that is deployed was not used yet', async () => {
    const { signIn } = await openAdministration(directoryData, NEWER.rules);
    const { text } = await (await signIn(ADMINISTRATOR)).get('/admin/policies?lang=en');

    expect(text).toContain('has not been asked about an approval yet');
    expect(text.match(/not asked about an approval yet · /g)).toHaveLength(1);
    expect(text.match(/in use since /g)).toHaveLength(Object.keys(POLICY_TABLES).length - 1);
    expect(text).toContain('The first version that is known.');
  });

  it('say that nobody may approve the request of somebody who has nobody above', async () => {
    const { signIn } = await openAdministration();
    const question = 'subject=order&amount=6000&costCentre=CC-300&requester=E-0001&lang=en';

    expect((await (await signIn(ADMINISTRATOR)).get(`/admin/policies?${question}`)).text).toContain(
      'Nobody may approve it',
    );
  });

  it.each([
    ['amount', 'amount=-1&costCentre=CC-300&requester=E-1001'],
    ['amount', 'amount=1%2C000&costCentre=CC-300&requester=E-1001'],
    ['costCentre', 'amount=1&costCentre=CC-999&requester=E-1001'],
    ['currency', 'amount=1&costCentre=CC-300&currency=EUU&requester=E-1001'],
    ['requester', 'amount=1&costCentre=CC-300&requester='],
  ])('ask again for the %s of the question %s', async (field, question) => {
    const { signIn } = await openAdministration();
    const { text } = await (await signIn(ADMINISTRATOR)).get(`/admin/policies?subject=order&${question}`);

    expect(text).toContain(`aria-describedby="${field}-wrong" aria-invalid="true"`);
    expect(text.match(/-wrong" aria-invalid="true"/g)).toHaveLength(1);
  });
});
