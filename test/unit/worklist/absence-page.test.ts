import { describe, expect, it } from 'vitest';
import { hiddenFields } from '../../support/visitors.ts';
import { openMyPages } from './open-my-pages.ts';

const PATH = '/me/absence';
const WISH = { do: 'name', from: '2026-12-01', to: '2026-12-07', person: 'E-2002' };

/** The form that names a substitute, as the person who is signed in fills it. */
async function opened(employeeId = 'E-2001') {
  const { world, signIn, visit } = await openMyPages();
  const person = await signIn(employeeId);
  const token = hiddenFields((await person.get(PATH)).text);
  const [from, to] = [1, 7].map((day) => dayFrom(world.decisionDeps().clock.now(), day));
  const wish = { ...WISH, from: from ?? '', to: to ?? '' };
  const name = (more: Readonly<Record<string, string>> = {}) => person.post(PATH, { ...token, ...wish, ...more });
  return { world, signIn, visit, person, token, wish, name };
}

function dayFrom(now: Date, days: number): string {
  return new Date(now.getTime() + days * 86_400_000).toISOString().slice(0, 10);
}

describe('the page of substitutes and absence', () => {
  it('names a substitute, shows them, and shows it to whoever stands in', async () => {
    const { name, signIn, person } = await opened();
    expect((await person.get(PATH)).text).toContain('目前没有人代理您');

    const { status, text } = await name({ scope: 'payment' });

    expect([status, text.includes('代理人已指定')]).toEqual([200, true]);
    expect(text).toContain('由您指定');
    expect(text).toContain('付款审批</p>');
    const other = (await (await signIn('E-2002')).get(`${PATH}?lang=en`)).text;
    expect(other).toContain('王强 Wang Qiang · Payment approval');
    expect(other).toContain('Nobody stands in for you.');
  });

  it('tells the substitute by mail, in their language', async () => {
    const { name, world } = await opened();
    await name();
    await world.run();

    const mail = world.mails.at(-1);

    expect(mail?.subject).toMatch(/^(请代理王强 Wang Qiang的审批|You stand in for 王强 Wang Qiang)$/);
    expect(mail?.text).toMatch(/全部事项|Everything/);
  });

  it('ends what was named, and leads to its record', async () => {
    const { name, person, token } = await opened();
    const { text } = await name();
    const absence = text.match(/name="absence" value="([^"]+)"/)?.[1] ?? '';
    const record = (await person.get(`/me/requests/${absence}?lang=en`)).text;

    const ended = await person.post(PATH, { ...token, do: 'end', absence });

    expect(record).toContain('named ');
    expect([ended.status, ended.text.includes('代理已结束')]).toEqual([200, true]);
    expect(ended.text).not.toContain(absence);
    // Such as when the answer got lost.
    expect((await person.post(PATH, { ...token, do: 'end', absence })).status).toBe(200);
  });

  it('says beside each field what is wrong with it, and keeps what was written', async () => {
    const { name, world } = await opened();

    const { status, text } = await name({ from: '', person: '<b>Nobody</b>', scope: 'order' });

    expect(status).toBe(422);
    expect(text).toMatch(/id="from-wrong">请填写日期/);
    expect(text).toMatch(/id="person-wrong">未找到此人/);
    expect(text).toContain('value="&lt;b&gt;Nobody&lt;/b&gt;" aria-invalid="true" aria-describedby="person-wrong"');
    expect(text).toMatch(/value="order" checked/);
    expect(text).not.toContain('id="to-wrong"');
    const [refused] = await world.store.readRecord('substitutes');
    expect(refused).toMatchObject({ type: 'SubstituteRefused', facts: { action: 'name' } });
    expect(JSON.stringify(refused)).not.toContain('Nobody');
  });

  it.each([
    ['a subject that there is not', { scope: 'operator' }],
    ['another deed', { do: 'delete' }],
    ['a name that is too long', { person: 'x'.repeat(201) }],
  ])('takes no form with %s, and records that one came', async (_, changes) => {
    const { name, world } = await opened();

    expect((await name(changes)).status).toBe(403);
    expect((await world.store.readRecord('substitutes')).map(({ type, facts }) => ({ type, facts }))).toEqual([
      {
        type: 'SubstituteRefused',
        facts: { employeeId: 'E-2001', action: 'unknown', issues: [{ field: 'form', reason: 'unknown' }] },
      },
    ]);
  });

  it('takes no form without the token of the session, and records that one came', async () => {
    const { name, world } = await opened();

    expect((await name({ csrf: 'wrong' })).status).toBe(403);
    expect(await world.store.readRecord('substitutes')).toEqual([]);
    expect(await world.store.readRecord('own-pages')).toMatchObject([
      { type: 'OwnFormRefused', facts: { page: '/me/absence' } },
    ]);
  });

  it('is for people who are signed in', async () => {
    const { visit } = await opened();

    const { status, headers } = await visit(PATH);

    expect([status, headers.get('location')]).toEqual([302, '/sign-in?to=%2Fme%2Fabsence']);
  });

  it('stands on the list of requests without a status that it does not have', async () => {
    const { name, person, wish } = await opened();
    await name();

    const { text } = await person.get('/me/requests');

    expect(text).toContain(`${wish.from} – ${wish.to}`);
    expect(text).not.toContain('class="tag');
  });
});
