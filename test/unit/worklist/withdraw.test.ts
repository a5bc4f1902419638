/** The requester withdraws from their own pages, or by the API, by the rules of a withdrawal that comes from the OA. */
import { describe, expect, it } from 'vitest';
import { claimEvent } from '../../support/expense-company.ts';
import { ExpenseWorld } from '../../support/expense-world.ts';
import { LeaveWorld, leaveEvent } from '../../support/leave-world.ts';
import { hiddenFields } from '../../support/visitors.ts';
import { openFirstRequest } from './open-my-pages.ts';
import { apiOver, openWorklistApi } from './open-worklist-api.ts';

const REQUESTER = 'E-1001';
const COLLEAGUE = 'E-1002';
const MANAGER = 'E-2001';
const LIST = '/me/requests?lang=en';
const REASON = 'We found some in the basement';

async function onThePage() {
  const { world, event, processId, signIn, requester, guesses } = await openFirstRequest();
  const question = `/me/requests?withdraw=${processId}&lang=en`;
  const withdraw = async (added: Readonly<Record<string, string>> = { reason: REASON }) => {
    const fields = hiddenFields((await requester.get(question)).text);
    const answer = await requester.post(LIST, { ...fields, withdraw: processId, ...added });
    await world.run();
    return answer;
  };
  const entries = async () => (await world.record(event)).filter(({ type }) => /Withdraw/.test(type));
  return { world, event, processId, signIn, requester, guesses, question, withdraw, entries };
}

describe('a withdrawal from the pages', () => {
  it('is offered in the list and beside the record, and asked about before it is done; looking changes nothing', async () => {
    const { world, event, processId, requester, question } = await onThePage();
    const before = await world.record(event);
    const commits = world.store.commits;

    const list = (await requester.get(LIST)).text;
    const record = (await requester.get(`/me/requests/${processId}?lang=en`)).text;
    const asked = await requester.get(question);

    const link = `href="/me/requests?withdraw=${processId}"`;
    expect([list.includes(link), record.includes(link)]).toEqual([true, true]);
    expect(asked.status).toBe(200);
    expect(asked.text).toContain('Chairs and paper');
    expect(asked.text).toMatch(/cannot be undone.*<textarea id="reason"/s);
    expect(await world.record(event)).toEqual(before);
    // That the record was read is noted beside it.
    expect(world.store.commits).toBe(commits + 1);
  });

  it('ends the request, tells whoever was asked and the OA, and keeps the reason where it can be erased', async () => {
    const { world, event, withdraw, entries, requester } = await onThePage();

    const { status, text } = await withdraw();

    expect([status, text.includes('It is withdrawn')]).toEqual([200, true]);
    expect(world.told()).toEqual(['accepted', 'withdrawn']);
    expect((await world.head(event)).outcome).toBe('withdrawn');
    expect(world.mails.filter(({ to }) => to === 'wang.qiang@meridian.example')).toHaveLength(2);
    const made = await entries();
    expect(made).toMatchObject([{ type: 'Withdrawn', actor: { id: REQUESTER }, facts: { via: 'signed-in' } }]);
    expect(JSON.stringify(made)).not.toContain(REASON);
    const { processId } = await world.head(event);
    expect((await requester.get(`/me/requests/${processId}?lang=en`)).text).toContain(REASON);
    expect(await world.damages(event)).toEqual([]);
  });

  it('that is sent twice counts once', async () => {
    const { world, withdraw, requester, entries, processId } = await onThePage();
    const opened = hiddenFields((await requester.get(`/me/requests?withdraw=${processId}`)).text);

    const answers = [await withdraw(), await requester.post(LIST, { ...opened, withdraw: processId, reason: REASON })];
    await world.run();

    expect(answers.map(({ status }) => status)).toEqual([200, 200]);
    expect([(await entries()).length, world.told()]).toEqual([1, ['accepted', 'withdrawn']]);
  });

  it('needs a reason of at most a thousand characters, and the token of the session', async () => {
    const { world, requester, processId, withdraw, entries } = await onThePage();

    const none = await withdraw({ reason: '  ' });
    const long = await withdraw({ reason: 'x'.repeat(1001) });
    const forged = await requester.post(LIST, { withdraw: processId, reason: REASON });

    expect([none.status, none.text.includes('Please write a reason first')]).toEqual([422, true]);
    expect([long.status, forged.status, await entries()]).toEqual([413, 403, []]);
    expect(await world.store.readRecord('own-pages')).toMatchObject([
      { type: 'OwnFormRefused', actor: { id: REQUESTER }, facts: { employeeId: REQUESTER, page: '/me/requests' } },
    ]);
  });

  it('that comes too late is refused with the words of the OA’s, on the page alone, and not offered any more', async () => {
    const { world, requester, question, withdraw, entries } = await onThePage();
    await world.decide(MANAGER, 'reject', 'No');
    const told = world.told();

    const asked = (await requester.get(question)).text;
    const fields = hiddenFields((await requester.get('/me/absence')).text);
    const late = await withdraw({ ...fields, reason: REASON });

    expect(asked).toContain('It has ended already and cannot be withdrawn');
    expect(asked).not.toContain('<textarea');
    expect([late.status, late.text.includes('It was not withdrawn')]).toEqual([409, true]);
    expect(world.told()).toEqual(told);
    expect(await entries()).toMatchObject([
      { type: 'WithdrawalRefused', facts: { refusal: 'ended', via: 'signed-in' } },
    ]);
    expect((await requester.get(LIST)).text).not.toContain('?withdraw=');
  });

  it('of somebody else’s request is unknown to them, and recorded', async () => {
    const { world, event, signIn, question, processId, entries } = await onThePage();
    const colleague = await signIn(COLLEAGUE);
    const fields = hiddenFields((await colleague.get('/me/absence')).text);

    const statuses = [
      (await colleague.get(question)).status,
      (await colleague.post(LIST, { ...fields, withdraw: processId, reason: REASON })).status,
      (await colleague.post(LIST, { ...fields, withdraw: 'P2P-none', reason: REASON })).status,
    ];

    expect(statuses).toEqual([404, 404, 404]);
    expect((await world.head(event)).status).toBe('running');
    expect(await entries()).toMatchObject([
      { type: 'WithdrawalRefused', actor: { id: COLLEAGUE }, facts: { refusal: 'not-the-requester' } },
    ]);
  });

  it('that does not count is limited, so that nobody fills a record with them', async () => {
    const { world, signIn, guesses, processId, entries } = await onThePage();
    const colleague = await signIn(COLLEAGUE);
    const fields = hiddenFields((await colleague.get('/me/absence')).text);
    const statuses: number[] = [];
    for (let attempt = 0; attempt < 22; attempt += 1) {
      statuses.push((await colleague.post(LIST, { ...fields, withdraw: processId, reason: REASON })).status);
    }
    await world.run();

    expect(statuses).toEqual([...Array(20).fill(404), 429, 429]);
    expect(await entries()).toHaveLength(20);
    expect(guesses).toEqual(['too-many-guesses', 'too-many-guesses']);
  });

  it('of what was returned is offered beside the way to change it', async () => {
    const { world, requester, withdraw } = await onThePage();
    await world.returnIt(MANAGER);

    expect((await requester.get(LIST)).text).toMatch(/\?resubmit=.*\?withdraw=/s);
    expect((await withdraw()).status).toBe(200);
    expect(world.told()).toEqual(['accepted', 'returned', 'withdrawn']);
  });
});

describe('a withdrawal by the API', () => {
  it('ends the request once, however often it is sent, and the list says whether it is worth offering', async () => {
    const { world, event, as } = await openWorklistApi();
    const requester = as(REQUESTER);
    const path = `/api/v1/requests/${(await world.head(event)).processId}/withdrawal`;
    expect((await requester.get('/api/v1/requests')).body.requests).toMatchObject([{ canWithdraw: true, version: 1 }]);

    const answers = [await requester.post(path, { reason: REASON }), await requester.post(path, { reason: REASON })];
    await world.run();

    expect(answers.map(({ status, body }) => [status, body])).toEqual(Array(2).fill([200, { result: 'withdrawn' }]));
    expect((await world.record(event)).filter(({ type }) => type === 'Withdrawn')).toMatchObject([
      { facts: { via: 'api' } },
    ]);
    expect(world.told()).toEqual(['accepted', 'withdrawn']);
    expect((await requester.get('/api/v1/requests')).body.requests).toMatchObject([{ canWithdraw: false }]);
  });

  it('is refused by name where it does not count', async () => {
    const { world, event, as } = await openWorklistApi();
    const path = `/api/v1/requests/${(await world.head(event)).processId}/withdrawal`;
    const codeOf = async (employeeId: string, body: object, at = path) => {
      const answer = await as(employeeId).post(at, body);
      return [answer.status, answer.body.code];
    };

    expect(await codeOf(REQUESTER, {})).toEqual([400, 'invalid-request']);
    expect(await codeOf(REQUESTER, { reason: ' ' })).toEqual([400, 'invalid-request']);
    expect(await codeOf(COLLEAGUE, { reason: REASON })).toEqual([404, 'not-found']);
    expect(await codeOf(REQUESTER, { reason: REASON }, '/api/v1/requests/P2P-none/withdrawal')).toEqual([
      404,
      'not-found',
    ]);
    await world.decide(MANAGER, 'reject', 'No');
    expect(await codeOf(REQUESTER, { reason: REASON })).toEqual([409, 'ended']);
    expect(world.told()).toEqual(['accepted', 'rejected']);
  });

  it('takes back an expense claim until it is in the books', async () => {
    const world = new ExpenseWorld();
    const [early, late] = [claimEvent(), claimEvent({ requestId: 'EX-2' })];
    await world.submit(early);
    const requester = apiOver(world).as(REQUESTER);
    const withdraw = async (event: typeof early) =>
      requester.post(`/api/v1/requests/${(await world.head(event)).processId}/withdrawal`, { reason: REASON });

    expect((await withdraw(early)).body).toEqual({ result: 'withdrawn' });
    await world.run();
    await world.submit(late);
    await world.approve();

    expect(await withdraw(late)).toMatchObject({ status: 409, body: { code: 'posted' } });
    expect((await world.head(early)).outcome).toBe('withdrawn');
  });

  it('takes back a leave that is approved and has not begun, with its absence', async () => {
    const world = new LeaveWorld();
    const event = leaveEvent();
    await world.submit(event);
    await world.approve();
    const { processId } = await world.head(event);
    const requester = apiOver(world).as(REQUESTER);

    const { body } = await requester.post(`/api/v1/requests/${processId}/withdrawal`, { reason: REASON });
    await world.run();

    expect(body).toEqual({ result: 'withdrawn' });
    expect((await world.head(event)).outcome).toBe('withdrawn');
    expect(await world.substitutes('2026-03-07T12:00:00+08:00')).toEqual([]);
  });
});
