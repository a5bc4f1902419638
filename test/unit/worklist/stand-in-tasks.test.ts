/** Tasks that were open before an absence began: who sees them, who may decide them, and what everybody is told. */
import assert from 'node:assert/strict';
import { describe, expect, it } from 'vitest';
import { handOverTasks } from '../../../functions/approvals/hand-over.ts';
import { readLeaves } from '../../../functions/directory/leaves.ts';
import { createStoreDirectory } from '../../../functions/directory/store-directory.ts';
import { leaveApprovedSchema } from '../../../functions/events/leave-approved.ts';
import { leaveCancelledSchema } from '../../../functions/events/leave-cancelled.ts';
import type { Mail } from '../../../functions/mail/port.ts';
import { endOwnAbsence } from '../../../functions/people/end-own-absence.ts';
import { nameSubstitute } from '../../../functions/people/name-substitute.ts';
import { recordLeave } from '../../../functions/people/record-leave.ts';
import { hiddenFields } from '../../support/visitors.ts';
import { firstTask, openMyPages, taskPaths } from './open-my-pages.ts';

const MANAGER = 'E-2001';
const SUBSTITUTE = 'E-2002';
const HEAD = 'E-3001';
const REQUESTER = 'E-1001';
const STRANGER = 'E-1002';
const OTHER = 'E-3002';

const hoursAfter = (instant: Date, hours: number) => new Date(instant.getTime() + hours * 3_600_000).toISOString();

/** What a test may have otherwise; else the manager names the colleague for everything. */
interface Setting {
  readonly away?: string;
  readonly person?: string;
  readonly scope?: readonly string[];
}

/** A requisition waits for somebody, who names a substitute from today on. */
async function openWhileAway({ away = MANAGER, person = SUBSTITUTE, scope = [] }: Setting = {}) {
  const opened = await openMyPages();
  const { world, events, signIn } = opened;
  const [event] = events;
  assert(event !== undefined, 'nothing was filed');
  if (away !== MANAGER) {
    await world.decide(MANAGER, 'approve');
  }
  const deps = { ...world.urgeDeps(), directory: createStoreDirectory(world.store, world.urgeDeps().directory) };
  const today = deps.clock.now().toISOString().slice(0, 10);
  const name = async (of: string, wish: { readonly person: string; readonly scope?: readonly string[] }) => {
    const dates = { from: today, to: today, timeZone: 'UTC', subjects: ['order', 'payment'] };
    expect(await nameSubstitute(deps, of, { scope: [], ...dates, ...wish })).toBe('named');
  };
  await name(away, { person, scope });
  const absent = await signIn(away);
  const substitute = await signIn(person);
  const task = firstTask((await absent.get('/me/tasks')).text);
  const back = async (of = away) => {
    const [leave] = (await readLeaves(world.store, of))?.value.leaves ?? [];
    await endOwnAbsence(deps, of, leave?.leaveId ?? '');
  };
  const record = async (type: string) => (await world.record(event)).filter((entry) => entry.type === type);
  return { ...opened, event, deps, task, name, back, record, absent, substitute };
}

type Visitor = Awaited<ReturnType<Awaited<ReturnType<typeof openMyPages>>['signIn']>>;

/** What somebody else was asked, sent from one's own session. */
async function formIn({ get }: Visitor, asked: Readonly<Record<string, string>>) {
  return { ...asked, ...hiddenFields((await get('/me/absence')).text) };
}

/** What the mails of a person say whose subject has these words. */
function mailsTo(world: { readonly mails: readonly Mail[] }, name: string, words: string): readonly string[] {
  return world.mails
    .filter(({ to, subject }) => to.startsWith(name) && subject.includes(words))
    .map(({ text }) => text);
}

describe('a task that was open before its person was away', () => {
  it('is on the list of who stands in, who decides it for them, and the record and mails say so', async () => {
    const { world, event, signIn, record, absent, substitute, task } = await openWhileAway();
    const { text } = await substitute.get('/me/tasks');
    expect(taskPaths(text)).toContain(task);

    const { status } = await substitute.send(task, { action: 'approve' });
    await world.run();

    expect(status).toBe(200);
    expect((await record('SubstituteAsked')).map(({ facts }) => [facts.from, facts.to])).toEqual([
      [MANAGER, SUBSTITUTE],
    ]);
    const [decision] = await record('DecisionMade');
    expect(decision?.facts).toMatchObject({ employeeId: SUBSTITUTE, onBehalfOf: MANAGER, via: 'signed-in' });
    expect(decision?.actor).toEqual({ kind: 'person', id: SUBSTITUTE });
    expect(taskPaths((await absent.get('/me/tasks')).text)).toEqual([]);
    expect(taskPaths((await substitute.get('/me/tasks')).text)).not.toContain(task);
    expect(await world.damages(event)).toEqual([]);
    const { processId } = await world.head(event);
    const timeline = (await (await signIn(REQUESTER)).get(`/me/requests/${processId}?lang=en`)).text;
    expect(timeline).toContain('王强 Wang Qiang is away: Priya Nair is asked instead');
    expect(timeline).toMatch(/Priya Nair for 王强 Wang Qiang/);
  });

  it.each(['transfer', 'add-signer'])(
    'goes by %s past somebody else who is away, to who stands in for them',
    async (way) => {
      const { name, record, signIn, absent, task } = await openWhileAway();
      await name(OTHER, { person: STRANGER });

      const { status } = await absent.send(task, { task: way, to: OTHER, where: 'before', comment: '' });

      expect(status).toBe(200);
      expect((await record('SubstituteAsked')).map(({ facts }) => [facts.from, facts.to])).toEqual([[OTHER, STRANGER]]);
      expect(taskPaths((await (await signIn(STRANGER)).get('/me/tasks')).text)).toContain(task);
      expect(taskPaths((await (await signIn(OTHER)).get('/me/tasks')).text)).not.toContain(task);
    },
  );

  it('is told to who stands in with the news of the absence, and its loss to who is away', async () => {
    const { world, substitute, task } = await openWhileAway();
    await world.run();
    expect(mailsTo(world, 'priya.nair', 'You stand in for')).toEqual([
      expect.stringContaining('What waits for them already is on your list of tasks'),
    ]);
    expect(mailsTo(world, 'wang.qiang', '无需处理')).toEqual([]);

    await substitute.send(task, { action: 'approve' });
    await world.run();

    const [gone = '', ...more] = mailsTo(world, 'wang.qiang', '无需处理');
    expect(gone).toContain('您的代理人已接手');
    expect(gone).toContain('审批结果：已同意');
    expect(more).toEqual([]);
  });

  it('is moved by no look at it: who is away decides all the while, by the link that they were mailed', async () => {
    const { world, record, substitute, task } = await openWhileAway();
    await substitute.get('/me/tasks');
    expect((await substitute.get(task)).status).toBe(200);

    expect(await world.decide(MANAGER, 'approve')).toMatchObject({ kind: 'decided' });

    expect(await record('SubstituteAsked')).toEqual([]);
    const [decision] = await record('DecisionMade');
    expect(decision?.facts).toMatchObject({ employeeId: MANAGER, via: 'link' });
    expect(decision?.facts).not.toHaveProperty('onBehalfOf');
  });

  it('is decided by the link of who is away no more, once it was taken over', async () => {
    const { world, record, substitute, task } = await openWhileAway();
    const link = await world.linkOf(MANAGER);
    await substitute.send(task, { task: 'comment', comment: 'I look into it' });

    expect(await world.decideByLink(link, 'approve')).toMatchObject({ kind: 'refused', refusal: 'not-your-task' });
    expect((await substitute.send(task, { action: 'approve' })).status).toBe(200);

    expect((await record('DecisionMade')).map(({ facts }) => facts.employeeId)).toEqual([SUBSTITUTE]);
    expect(await record('SubstituteAsked')).toHaveLength(1);
  });

  it('is decided once when both decide at the same instant', async () => {
    const { record, absent, substitute, task } = await openWhileAway();
    const forms = await Promise.all([absent, substitute].map(async ({ get }) => hiddenFields((await get(task)).text)));

    const answers = await Promise.all([
      absent.post(task, { ...forms[0], action: 'approve' }),
      substitute.post(task, { ...forms[1], action: 'approve' }),
    ]);

    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    expect(await record('DecisionMade')).toHaveLength(1);
    expect(await record('DecisionRefused')).toHaveLength(1);
  });

  it('is no business of who stood in once the person is back, of a stranger, or out of the scope', async () => {
    const { substitute, signIn, task, back } = await openWhileAway();
    const form = hiddenFields((await substitute.get(task)).text);
    expect((await (await signIn(STRANGER)).get(task)).status).toBe(404);
    await back();

    expect((await substitute.get(task)).status).toBe(404);
    expect((await substitute.post(task, { ...form, action: 'approve' })).status).toBe(404);
    expect(taskPaths((await substitute.get('/me/tasks')).text)).not.toContain(task);

    const others = await openWhileAway({ scope: ['payment'] });
    expect((await others.substitute.get(others.task)).status).toBe(404);
    expect(taskPaths((await others.substitute.get('/me/tasks')).text)).not.toContain(others.task);
  });

  it('is for whoever stands in for the substitute who is away as well, and not for that one', async () => {
    const { world, name, record, signIn, substitute, task } = await openWhileAway();
    await name(SUBSTITUTE, { person: STRANGER });
    const last = await signIn(STRANGER);

    expect((await substitute.get(task)).status).toBe(404);
    expect(taskPaths((await last.get('/me/tasks')).text)).toContain(task);
    expect((await last.send(task, { action: 'approve' })).status).toBe(200);
    await world.run();

    const [decision] = await record('DecisionMade');
    expect(decision?.facts).toMatchObject({ employeeId: STRANGER, onBehalfOf: MANAGER });
  });

  it('goes by the leave of the OA before what the person named, until that leave is cancelled', async () => {
    const { deps, signIn, substitute, task } = await openWhileAway();
    const other = await signIn(STRANGER);
    const now = deps.clock.now();
    const leave = (occurredAt: Date) => ({
      metadata: { eventId: 'leave', correlationId: 'LV-1', occurredAt: occurredAt.toISOString(), schemaVersion: '1.0' },
      oa: { system: 'demo-oa', requestId: 'LV-1' },
      employee: { employeeId: MANAGER },
    });
    const days = { from: hoursAfter(now, -1), until: hoursAfter(now, 1), substitute: { employeeId: STRANGER } };
    await recordLeave(deps, { kind: 'approved', detail: leaveApprovedSchema.parse({ ...leave(now), ...days }) });

    expect([await substitute.get(task), await other.get(task)].map(({ status }) => status)).toEqual([404, 200]);
    const later = new Date(now.getTime() + 1000);
    await recordLeave(deps, { kind: 'cancelled', detail: leaveCancelledSchema.parse(leave(later)) });
    expect([await substitute.get(task), await other.get(task)].map(({ status }) => status)).toEqual([200, 404]);
  });

  it('stays with who is away when the limit of who stands in does not cover it, who is refused by that name', async () => {
    const { record, substitute, absent, task } = await openWhileAway({ away: HEAD });
    expect(taskPaths((await substitute.get('/me/tasks')).text)).not.toContain(task);
    const page = await substitute.get(task);
    expect(page.status).toBe(200);
    expect(page.text).toContain('Who may approve it: 陈静 Chen Jing');
    expect(page.text).not.toContain('name="action"');

    const form = await formIn(substitute, hiddenFields((await absent.get(task)).text));
    const refused = await substitute.post(task, { ...form, action: 'approve' });

    expect(refused.status).toBe(403);
    expect(refused.text).toContain('Who may approve it: 陈静 Chen Jing');
    const [entry, ...more] = await record('DecisionRefused');
    expect(more).toEqual([]);
    expect(entry?.actor).toEqual({ kind: 'person', id: SUBSTITUTE });
    expect(entry?.facts).toMatchObject({ refusal: 'substitute-over-authority', action: 'approve', via: 'signed-in' });
    expect(entry?.facts).toMatchObject({ may: [HEAD], message: expect.stringContaining(HEAD) });
    expect(await record('SubstituteAsked')).toEqual([]);
    expect((await absent.send(task, { action: 'approve' })).status).toBe(200);
  });

  it('is not for the requester, though they stand in: the refusal is recorded, and nothing moves', async () => {
    const { record, substitute, absent, task } = await openWhileAway({ person: REQUESTER });
    expect(taskPaths((await substitute.get('/me/tasks')).text)).not.toContain(task);

    const form = await formIn(substitute, hiddenFields((await absent.get(task)).text));
    await substitute.post(task, { ...form, action: 'approve' });

    expect((await record('DecisionRefused')).map(({ facts }) => facts.refusal)).toEqual(['own-request']);
    expect(await record('SubstituteAsked')).toEqual([]);
  });

  it('that was handed over meanwhile is no business of who stood in for the one before', async () => {
    const { world, deps, substitute, absent, task } = await openWhileAway();
    await handOverTasks(deps, { from: MANAGER, to: STRANGER, by: 'Lin' });
    await world.run();

    expect((await substitute.get(task)).status).toBe(404);
    expect((await absent.get(task)).status).toBe(404);
  });
});
