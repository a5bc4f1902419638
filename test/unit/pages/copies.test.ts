/** Somebody is copied on a purchase that waits for its manager: what they see by their link and in a session, and cannot do. */
import { describe, expect, it } from 'vitest';
import { createMyPages } from '../../../functions/worklist/my-pages.tsx';
import { sessionCookieOf } from '../../support/session-cookie.ts';
import { hiddenFields } from '../../support/visitors.ts';
import { taskPaths } from '../worklist/open-my-pages.ts';
import { HOST, openDecisionPage } from './open-decision-page.ts';

const MANAGER = 'E-2001';
const HEAD = 'E-3001';
const COLLEAGUE = 'E-1002';
const NOTE = 'It comes out of <your> budget';
/** 124,000 CNY: above what a link alone decides. */
const LARGE = {
  requisition: {
    supplierCode: 'SUP-002',
    lines: [{ productCode: 'P-2001', quantity: '20', unitPrice: '6200.00', amount: '124000.00' }],
    total: '124000.00',
  },
};

/** The manager has copied a colleague, by the form of the page. */
async function copied(changes: object = {}) {
  const opened = await openDecisionPage(changes);
  const { world, event, visit } = opened;
  const managersPath = `/d/${await world.linkOf(MANAGER)}?lang=en`;
  const made = await visit(managersPath, {
    form: { task: 'copy', to: 'daniel.brooks@meridian.example', comment: NOTE },
  });
  await world.run();
  const secret = await world.linkOf(COLLEAGUE);
  const deps = { ...world.urgeDeps(), currency: 'CNY', timeZone: 'Asia/Shanghai' };
  const own = createMyPages(deps);
  /** What somebody sees who is signed in, or what becomes of their form. */
  const inSession = async (employeeId: string) => {
    const cookie = await sessionCookieOf(deps, employeeId);
    return async (path: string, form?: Readonly<Record<string, string>>) => {
      const body = form === undefined ? {} : { method: 'POST', body: new URLSearchParams(form).toString() };
      const headers = { host: HOST, cookie, 'content-type': 'application/x-www-form-urlencoded' };
      const response = await own.request(`https://${HOST}${path}`, { headers, ...body }, { sourceIp: '192.0.2.1' });
      return { status: response.status, text: await response.text() };
    };
  };
  const refusals = async () =>
    (await world.record(event))
      .filter(({ type }) => type === 'DecisionRefused')
      .map(({ actor, facts }) => [actor.id, facts.action, facts.refusal]);
  return { ...opened, made, managersPath, secret, path: `/d/${secret}?lang=en`, inSession, refusals };
}

describe('a copy', () => {
  it('is offered, made, and shown to those who decide, with its note; the record says who copied whom', async () => {
    const { world, event, visit, made, managersPath } = await copied();

    expect([made.status, made.text.includes('Your colleague is copied')]).toEqual([200, true]);
    const page = await visit(managersPath);
    for (const shown of [
      'value="copy"',
      'Copied to',
      'Daniel Brooks',
      'It comes out of &lt;your&gt; budget',
      'name="action"',
    ]) {
      expect(page.text).toContain(shown);
    }
    const entry = (await world.record(event)).find(({ type }) => type === 'TaskCopied');
    expect(entry).toMatchObject({
      actor: { kind: 'person', id: MANAGER },
      facts: { to: COLLEAGUE, via: 'link', level: 0 },
    });
    expect(JSON.stringify(entry)).not.toContain('budget');
    const personal = await world.store.readPersonal((await world.head(event)).processId);
    expect(personal.find(({ sequence }) => sequence === entry?.sequence)?.values).toEqual({ comment: NOTE });
  });

  it('changes neither who decides nor the way: the purchase goes on as if nobody had been copied', async () => {
    const { world, event } = await copied();

    await world.approveOrder();

    expect((await world.head(event)).phase).toBe('Goods receipt');
  });

  it('is made once: again, it is neither recorded nor mailed', async () => {
    const { world, event, visit, managersPath } = await copied();
    const mails = world.mails.length;

    const again = await visit(managersPath, { form: { task: 'copy', to: COLLEAGUE } });
    await world.run();

    expect(again.status).toBe(200);
    expect((await world.entryTypes(event)).filter((type) => type === 'TaskCopied')).toHaveLength(1);
    expect(world.mails).toHaveLength(mails);
  });

  it.each([
    ['the requester', 'E-1001', 'They see it already'],
    ['nobody of that name', 'Nobody', 'It cannot be that person'],
  ])('is refused for %s by name, and recorded', async (_who, to, words) => {
    const { visit, managersPath, refusals } = await copied();

    const { status, text } = await visit(managersPath, { form: { task: 'copy', to } });

    expect([status, text.includes(words)]).toEqual([422, true]);
    expect(await refusals()).toEqual([[MANAGER, 'copy', expect.any(String)]]);
  });

  it('is made by a link above the amount that a link may decide', async () => {
    const { made } = await copied(LARGE);

    expect(made.text).toContain('Your colleague is copied');
  });
});

describe('the link of a copy', () => {
  it('shows what is decided, says why, and offers nothing', async () => {
    const { visit, path } = await copied();

    const { status, text } = await visit(path);

    expect(status).toBe(200);
    for (const shown of [
      'For your information',
      'Chairs and paper',
      'CN¥3,400.00',
      'It comes out of &lt;your&gt; budget',
    ]) {
      expect(text).toContain(shown);
    }
    expect(text).not.toContain('<form');
    expect(text).not.toContain('/attach');
  });

  it.each([
    ['a decision', { action: 'approve' }, 'approve'],
    ['a comment', { task: 'comment', comment: 'no!' }, 'comment'],
    ['a further copy', { task: 'copy', to: 'E-4002' }, 'copy'],
  ])('does nothing when %s is sent by it, which is recorded', async (_what, form, action) => {
    const { world, event, visit, path, refusals } = await copied();

    const { status, text } = await visit(path, { form });
    await world.run();

    expect([status, text.includes('For your information')]).toEqual([403, true]);
    expect(await refusals()).toEqual([[COLLEAGUE, action, 'copied-only']]);
    expect((await world.head(event)).phase).toBe('Order approval');
  });

  it('does nothing even once its person is asked: they decide by the link of that mail', async () => {
    const { world, event, visit, path, managersPath, refusals } = await copied();
    await visit(managersPath, { form: { task: 'transfer', to: COLLEAGUE } });
    await world.run();

    expect((await visit(path)).text).not.toContain('<form');
    expect((await visit(path, { form: { action: 'approve' } })).status).toBe(403);
    expect(await refusals()).toEqual([[COLLEAGUE, 'approve', 'copied-only']]);

    await world.decide(COLLEAGUE, 'approve');
    expect(await world.entryTypes(event)).toContain('DecisionMade');
  });

  it('shows how it ended, for 30 days', async () => {
    const { world, visit, path } = await copied();
    await world.decide(MANAGER, 'reject', 'too dear');

    const after = await visit(path);
    expect([after.status, after.text.includes('<p>Rejected</p>'), after.text.includes('too dear')]).toEqual([
      200,
      true,
      true,
    ]);

    await world.advance(31 * 24);
    expect((await visit(path)).status).toBe(410);
  });
});

describe('in a session, whoever was copied', () => {
  it('has it on a page of their own and not among their tasks, and reads it there', async () => {
    const { inSession } = await copied();
    const colleague = await inSession(COLLEAGUE);

    const list = (await colleague('/me/copies?lang=en')).text;
    for (const shown of ['Copied to me', 'Chairs and paper', 'Copied by 王强 Wang Qiang', 'CN¥5,960.00']) {
      expect(list).toContain(shown);
    }
    expect(taskPaths((await colleague('/me/tasks')).text)).toEqual([]);
    const [task = ''] = taskPaths(list);
    const { status, text } = await colleague(`${task}?lang=en`);
    expect([status, text.includes('For your information'), text.includes('<form')]).toEqual([200, true, false]);
    expect((await (await inSession('E-4002'))(task)).status).toBe(404);
    expect((await (await inSession('E-4002'))('/me/copies?lang=en')).text).toContain('Nobody has copied you yet.');
  });

  it('can send nothing that counts, and what they tried is recorded', async () => {
    const { world, event, inSession, refusals } = await copied();
    const colleague = await inSession(COLLEAGUE);
    const [task = ''] = taskPaths((await colleague('/me/copies')).text);
    const { csrf = '' } = hiddenFields((await colleague('/me/absence')).text);

    const sent = await colleague(`${task}?lang=en`, {
      ...{ csrf, level: '0', round: '1', documentVersion: '1', action: 'approve' },
    });

    expect([sent.status, sent.text.includes('For your information')]).toEqual([403, true]);
    expect(await refusals()).toEqual([[COLLEAGUE, 'approve', 'copied-only']]);
    expect((await world.head(event)).phase).toBe('Order approval');
  });

  it('reads not the record of the whole process', async () => {
    const { world, event, inSession } = await copied();
    const { processId } = await world.head(event);

    expect((await (await inSession(COLLEAGUE))(`/me/requests/${processId}`)).status).toBe(404);
    expect((await (await inSession(MANAGER))(`/me/requests/${processId}`)).status).toBe(200);
  });

  it('sees on the list how it ended', async () => {
    const { world, inSession } = await copied();
    await world.decide(MANAGER, 'reject', 'too dear');

    expect((await (await inSession(COLLEAGUE))('/me/copies?lang=en')).text).toContain('Rejected');
  });
});

describe('the head, who is asked after the copy', () => {
  it('sees who was copied', async () => {
    const { world, visit } = await copied();
    await world.decide(MANAGER, 'approve');

    expect((await visit(`/d/${await world.linkOf(HEAD)}?lang=en`)).text).toContain('Daniel Brooks');
  });
});
