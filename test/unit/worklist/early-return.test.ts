/** Somebody whose leave has begun says on their own pages when they are back, by the rules of what comes from the OA. */
import { describe, expect, it } from 'vitest';
import { LeaveWorld, leaveEvent } from '../../support/leave-world.ts';
import { hiddenFields } from '../../support/visitors.ts';
import { pagesOver } from './open-my-pages.ts';
import { apiOver } from './open-worklist-api.ts';

const COLLEAGUE = 'E-1002';
const MANAGER = 'E-2001';
const LIST = '/me/requests?lang=en';
const DAYS = { from: '2026-03-02', to: '2026-03-06' };
/** From the first of January to the morning of the third of March. */
const TO_ITS_SECOND_DAY = 24 * 61;
const REASON = 'My sister fell ill';

async function onThePage({ kind = 'annual', hours = TO_ITS_SECOND_DAY } = {}) {
  const world = new LeaveWorld();
  const event = leaveEvent({ leave: { kind, ...DAYS } });
  await world.submit(event);
  await world.approve();
  await world.advance(hours);
  const { processId } = await world.head(event);
  const pages = pagesOver(world);
  const requester = await pages.signIn(event.requester.employeeId);
  const question = `/me/requests?shorten=${processId}&lang=en`;
  /** The form that its page shows, with what is written into it. */
  const form = async () => hiddenFields((await requester.get(question)).text);
  const send = async (written: Readonly<Record<string, string>>, fields?: Readonly<Record<string, string>>) => {
    const answer = await requester.post(LIST, { ...(fields ?? (await form())), shorten: processId, ...written });
    await world.run();
    return answer;
  };
  const entries = async () => (await world.record(event)).filter(({ type }) => /EarlyReturn|Shorten/.test(type));
  return { world, event, processId, pages, requester, question, form, send, entries };
}

describe('an early return from the pages', () => {
  it('is offered once the leave has begun, and asked about before it is done; looking changes nothing', async () => {
    const { world, event, processId, requester, question } = await onThePage();
    const before = await world.record(event);

    const list = (await requester.get(LIST)).text;
    const asked = await requester.get(question);

    expect(list).toContain(`href="/me/requests?shorten=${processId}"`);
    expect(asked.status).toBe(200);
    expect(asked.text).toContain('It stands from 2026-03-02 to 2026-03-06.');
    expect(asked.text).toMatch(/<input id="to" name="to" type="date"[^>]* min="2026-03-02" max="2026-03-06"/);
    expect((await requester.get(question.replace('lang=en', 'lang=zh'))).text).toContain('确认提前结束');
    expect(await world.record(event)).toEqual(before);
  });

  it('ends the leave in the ERP, tells the OA, and keeps the reason where it can be erased', async () => {
    const { world, event, send, entries } = await onThePage();

    const { status, text } = await send({ to: '2026-03-04', endsAtNoon: 'yes', reason: REASON });

    expect([status, text.includes('Your early return is taken')]).toEqual([200, true]);
    expect(await world.absentOn()).toEqual(['2026-03-02', '2026-03-03', '2026-03-04']);
    expect(world.told()).toEqual(['accepted', 'approved', 'recorded', 'recorded']);
    const made = await entries();
    expect(made[0]).toMatchObject({
      type: 'EarlyReturnReported',
      facts: { to: '2026-03-04', endsAtNoon: true, isToBeApproved: false, via: 'signed-in' },
    });
    expect(JSON.stringify(made)).not.toContain(REASON);
    expect(await world.damages(event)).toEqual([]);
  });

  it('of a kind whose early end is approved is put to the manager, and not offered again meanwhile', async () => {
    const { world, requester, question, send } = await onThePage({ kind: 'unpaid' });

    await send({ to: '2026-03-03' });

    expect(await world.absentOn()).toHaveLength(5);
    expect((await requester.get(LIST)).text).not.toContain('?shorten=');
    expect((await requester.get(question)).text).toContain('An earlier return is being decided on');
    await world.decide(MANAGER, 'approve');
    expect(await world.absentOn()).toEqual(['2026-03-02', '2026-03-03']);
  });

  it('may say that no day was taken: the manager is asked, and all of it is taken back', async () => {
    const { world, event, send } = await onThePage();

    const { status } = await send({ to: '', notTaken: 'yes' });

    expect(status).toBe(200);
    expect(await world.absentOn()).toHaveLength(5);
    await world.decide(MANAGER, 'approve');
    expect(await world.absentOn()).toEqual([]);
    expect((await world.head(event)).outcome).toBe('withdrawn');
  });

  it('that names a day and says that none was taken is shown again', async () => {
    const { world, send } = await onThePage();

    const { status, text } = await send({ to: '2026-03-04', notTaken: 'yes' });

    expect([status, text.includes('not both')]).toEqual([422, true]);
    expect(text).toMatch(/name="notTaken" value="yes" checked/);
    expect(await world.absentOn()).toHaveLength(5);
  });

  it('that is sent twice from one form counts once', async () => {
    const { form, send, entries } = await onThePage();
    const fields = await form();

    const answers = [await send({ to: '2026-03-04' }, fields), await send({ to: '2026-03-04' }, fields)];

    expect(answers.map(({ status }) => status)).toEqual([200, 200]);
    expect((await entries()).filter(({ type }) => type === 'EarlyReturnReported')).toHaveLength(1);
  });

  it.each([
    ['', 'Please name a day'],
    ['tomorrow', 'Please name a day'],
    ['2026-03-06', 'It would not be shorter'],
    ['2026-02-27', 'not within the leave'],
  ])('for the day "%s" is shown again with what was written, and why', async (to, why) => {
    const { world, send } = await onThePage();

    const { status, text } = await send({ to, reason: REASON });

    expect(status).toBe(422);
    expect(text).toContain(why);
    expect(text).toContain(REASON);
    expect(text).toMatch(new RegExp(`<input id="to"[^>]* value="${to}"[^>]* aria-invalid="true"`));
    expect(await world.absentOn()).toHaveLength(5);
    expect(world.told()).toEqual(['accepted', 'approved', 'recorded']);
  });

  it('needs the token of the session, and a reason of at most a thousand characters', async () => {
    const { world, processId, requester, send, entries } = await onThePage();

    const forged = await requester.post(LIST, { shorten: processId, to: '2026-03-04' });
    const long = await send({ to: '2026-03-04', reason: 'x'.repeat(1001) });

    expect([forged.status, long.status, await entries(), (await world.absentOn()).length]).toEqual([403, 413, [], 5]);
  });

  it('before the leave begins is not offered, and refused on the page alone', async () => {
    const { world, requester, question, form, send, entries } = await onThePage({ hours: 24 });
    const told = world.told();

    const asked = (await requester.get(question)).text;
    const early = await send(
      { to: '2026-03-04' },
      { ...hiddenFields((await requester.get('/me/absence')).text), ...(await form()) },
    );

    expect((await requester.get(LIST)).text).not.toContain('?shorten=');
    expect(asked).toContain('It has not begun yet');
    expect(asked).not.toContain('<textarea');
    expect([early.status, early.text.includes('It was not shortened')]).toEqual([409, true]);
    expect(await entries()).toMatchObject([
      { type: 'ShorteningRefused', facts: { refusal: 'not-begun', via: 'signed-in' } },
    ]);
    expect(world.told()).toEqual(told);
  });

  it('of somebody else’s leave is unknown to them, and recorded', async () => {
    const { world, processId, pages, question, entries } = await onThePage();
    const colleague = await pages.signIn(COLLEAGUE);
    const fields = hiddenFields((await colleague.get('/me/absence')).text);

    const statuses = [
      (await colleague.get(question)).status,
      (await colleague.post(LIST, { ...fields, shorten: processId, to: '2026-03-04' })).status,
      (await colleague.post(LIST, { ...fields, shorten: 'P2P-none', to: '2026-03-04' })).status,
    ];

    expect(statuses).toEqual([404, 404, 404]);
    expect(await world.absentOn()).toHaveLength(5);
    expect(await entries()).toMatchObject([
      { type: 'ShorteningRefused', actor: { id: COLLEAGUE }, facts: { refusal: 'not-the-requester' } },
    ]);
  });
});

describe('an early return by the API', () => {
  const BODY = { to: '2026-03-04', endsAtNoon: true, reason: REASON };

  async function byApi() {
    const { world, event, processId, entries } = await onThePage();
    const { as } = apiOver(world);
    const path = `/api/v1/requests/${processId}/early-return`;
    const say = async (body: object, { key = 'back-1', by = event.requester.employeeId } = {}) => {
      const answer = await as(by).post(path, body, key);
      await world.run();
      return answer;
    };
    return { world, entries, say };
  }

  it('ends the leave in the ERP once, however often it is said under its key', async () => {
    const { world, entries, say } = await byApi();

    const answers = [await say(BODY), await say(BODY)];

    expect(answers.map(({ status, body }) => [status, body])).toEqual([
      [200, { result: 'taken' }],
      [200, { result: 'taken' }],
    ]);
    expect(await world.absentOn()).toEqual(['2026-03-02', '2026-03-03', '2026-03-04']);
    expect((await entries()).filter(({ type }) => type === 'EarlyReturnReported')).toMatchObject([
      { facts: { to: '2026-03-04', endsAtNoon: true, via: 'api' } },
    ]);
  });

  it('is refused where it is not shorter, where it is no day, and where another body has the key', async () => {
    const { world, say } = await byApi();

    const longer = await say({ to: '2026-03-06' });
    const noDay = await say({ to: 'tomorrow' });
    const neither = await say({});
    const both = await say({ to: '2026-03-04', isNotTaken: true });
    await say(BODY);
    const reused = await say({ to: '2026-03-03' });

    expect([longer.status, longer.body.code]).toEqual([409, 'not-shorter']);
    expect([noDay.status, noDay.body]).toMatchObject([400, { errors: [{ field: 'to' }] }]);
    for (const { status, body } of [neither, both])
      expect([status, body]).toMatchObject([400, { errors: [{ field: 'to' }] }]);
    expect([reused.status, reused.body.code]).toEqual([422, 'idempotency-key-reused']);
    expect(await world.absentOn()).toHaveLength(3);
  });

  it('is none of a colleague’s business, however well they know its number', async () => {
    const { world, say } = await byApi();

    expect((await say(BODY, { by: COLLEAGUE })).status).toBe(404);
    expect(await world.absentOn()).toHaveLength(5);
  });
});
