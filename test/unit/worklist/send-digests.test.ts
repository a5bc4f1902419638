import { describe, expect, it } from 'vitest';
import { taskChanges } from '../../../functions/approvals/task-list.ts';
import type { Mail } from '../../../functions/mail/port.ts';
import { ConnectorPermanentError, ConnectorTransientError } from '../../../functions/runtime/errors.ts';
import { PAGES_URL } from '../../support/purchase-company.ts';
import { keepTasks, manyTasks } from '../approvals/many-tasks.ts';

import { company, companyWithAbsence } from './digest-company.ts';

/** Monday, 08:30 in Shanghai and 01:30 in Berlin. */
const MONDAY = '2026-01-05T00:30:00Z';

describe('the morning digest of whoever stands in', () => {
  it('comes on the first morning of the absence though they have no task of their own, and names whose task it is', async () => {
    const { mails, run, to } = await companyWithAbsence({});
    expect(await run('2026-01-02T00:30:00Z')).toMatchObject({ sent: 1 });
    expect(to()).toEqual(['wang.qiang']);

    expect(await run(MONDAY)).toMatchObject({ sent: 2 });

    const mail = mails.find((one) => one.to.startsWith('grace'));
    expect(mail?.subject).toBe('One task waits for you');
    expect(mail?.text).toContain('in place of 王强 Wang Qiang');
    expect(mails.find((one) => one.to.startsWith('wang'))?.text).not.toContain('代理');
  });

  it('is one mail with what waits for themselves', async () => {
    const { mails, run, to } = await companyWithAbsence({ 'E-4002': 2 });

    await run(MONDAY);
    await run('2026-01-05T01:30:00Z');

    expect(to()).toEqual(['grace.miller', 'wang.qiang']);
    expect(mails.find((one) => one.to.startsWith('grace'))?.subject).toBe('3 tasks wait for you');
  });

  it('does not come of tasks that the absence leaves with who is away', async () => {
    const { run, to } = await companyWithAbsence({}, ['payment']);

    await run(MONDAY);

    expect(to()).toEqual(['wang.qiang']);
  });

  it('that cannot be sent now keeps nobody else from theirs', async () => {
    const { run } = await companyWithAbsence({});
    const sent: string[] = [];
    const slow = {
      send: async (mail: Mail) => {
        if (mail.to.startsWith('wang')) throw new ConnectorTransientError('throttled');
        sent.push(mail.to.split('@')[0] ?? '');
        return { messageId: mail.to };
      },
    };

    await expect(run(MONDAY, { mail: slow })).rejects.toThrow('throttled');

    expect(sent).toEqual(['grace.miller']);
  });
});

describe('the morning digest', () => {
  it('names the tasks of each, in their language, and leads to the page of all', async () => {
    const { mails, run } = await company({ 'E-2001': 3, 'E-4002': 1 });

    expect(await run(MONDAY)).toEqual({ sent: 2, failed: 0, isFinished: true });

    const [english, chinese] = mails;
    expect(english).toMatchObject({
      to: 'grace.miller@meridian.example',
      subject: 'One task waits for you',
      reference: 'digest-2026-01-05-E-4002',
    });
    expect(english?.text).toContain('Request 0: Purchase approval · Li Na · CN¥1.00 · until');
    expect(chinese?.subject).toBe('您有 3 项待办');
    for (const body of [chinese?.text, chinese?.html]) {
      expect(body).toContain(`${PAGES_URL}/me/tasks`);
      expect(body?.match(/Request \d/g)?.length).toBeGreaterThanOrEqual(3);
    }
    expect(`${english?.text}${english?.html}`).not.toContain('/d/');
  });

  it('names the first dozen of many', async () => {
    const { mails, run } = await company({ 'E-2001': 150 });

    await run(MONDAY);

    expect(mails[0]?.subject).toBe('您有 100+ 项待办');
    expect(mails[0]?.text.match(/Request \d+/g)).toHaveLength(12);
  });

  it('comes on the morning of each in their own zone, once', async () => {
    const { run, to } = await company({ 'E-2001': 1, 'E-2002': 1 });
    const sent: number[] = [];
    for (let hour = 0; hour < 24; hour += 1) {
      sent.push((await run(new Date(Date.parse(MONDAY) + hour * 3_600_000).toISOString())).sent);
    }

    expect(sent.flatMap((count, hour) => (count === 0 ? [] : [[hour, count]]))).toEqual([
      [0, 1],
      [7, 1],
    ]);
    expect(to()).toEqual(['priya.nair', 'wang.qiang']);
  });

  it('comes again the next day while something waits, and not on a Saturday', async () => {
    const { run } = await company({ 'E-2001': 1 });

    const days = [5, 6, 9, 10, 11, 12].map((day) => `2026-01-${String(day).padStart(2, '0')}T00:30:00Z`);
    const sent = [];
    for (const day of days) {
      sent.push((await run(day)).sent);
    }

    expect(sent).toEqual([1, 1, 1, 0, 0, 1]);
  });

  it('is not sent to whoever has no task, has decided, has left, or was asked this morning only', async () => {
    const { store, mails, run } = await company({ 'E-2001': 1, 'E-4005': 2 });
    await store.commit({ entries: [], personal: [], changes: taskChanges(manyTasks(1, 'E-2001'), []) });
    const [task] = manyTasks(1, 'E-3001');
    await keepTasks(store, task === undefined ? [] : [{ ...task, since: '2026-01-05T00:10:00.000Z' }]);

    expect(await run('2026-01-05T01:30:00Z')).toEqual({ sent: 0, failed: 0, isFinished: true });
    expect(mails).toEqual([]);
  });

  it('is sent once though two runs meet', async () => {
    const { run, to } = await company({ 'E-2001': 1, 'E-3001': 1, 'E-4002': 1 });

    await Promise.all([run(MONDAY), run(MONDAY)]);

    expect(to()).toEqual(['chen.jing', 'grace.miller', 'wang.qiang']);
  });

  it('is left to the next run when mail cannot be sent now', async () => {
    const { run, to } = await company({ 'E-2001': 1, 'E-4002': 1 });
    const isDown = { send: () => Promise.reject(new ConnectorTransientError('throttled')) };

    await expect(run(MONDAY, { mail: isDown })).rejects.toThrow('throttled');
    await run('2026-01-05T01:30:00Z');

    expect(to()).toEqual(['grace.miller', 'wang.qiang']);
  });

  it('that cannot be sent to one person now keeps nobody else from theirs', async () => {
    const { run, to } = await company({ 'E-2001': 1, 'E-4002': 1 });
    const sent: string[] = [];
    const slow = {
      send: async (mail: Mail) => {
        if (sent.push(mail.to) === 1) throw new ConnectorTransientError('throttled');
        return { messageId: mail.to };
      },
    };

    await expect(run(MONDAY, { mail: slow })).rejects.toThrow('throttled');
    await run(MONDAY);

    expect(sent).toHaveLength(2);
    expect(to()).toEqual([sent[0]?.split('@')[0]]);
  });

  it('of one whose address is refused keeps nobody else from theirs, and is not tried again', async () => {
    const { failures, run } = await company({ 'E-2001': 1, 'E-4002': 1 });
    const strict = {
      send: async ({ to }: Mail) => {
        if (to.startsWith('grace')) {
          throw new ConnectorPermanentError('no such address');
        }
        return { messageId: 'mail' };
      },
    };

    expect(await run(MONDAY, { mail: strict })).toEqual({ sent: 1, failed: 1, isFinished: true });
    expect(await run('2026-01-05T01:30:00Z', { mail: strict })).toEqual({ sent: 0, failed: 0, isFinished: true });
    expect(failures).toEqual(['E-4002: no such address']);
  });

  it('goes on in the next run with whom there was no time for', async () => {
    const { run, to } = await company({ 'E-2001': 1, 'E-3001': 1, 'E-4002': 1 });
    let people = 0;
    const hasTime = () => {
      people += 1;
      return people <= 2;
    };

    expect(await run(MONDAY, { hasTime })).toEqual({ sent: 2, failed: 0, isFinished: false });
    expect(await run('2026-01-05T01:30:00Z')).toEqual({ sent: 1, failed: 0, isFinished: true });
    expect(to()).toEqual(['chen.jing', 'grace.miller', 'wang.qiang']);
  });
});
