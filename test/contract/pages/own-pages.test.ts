/**
 * The pages of one's own tasks and requests, and the mail of the morning, judged by axe.
 * @module-tag long
 */
import { assert, expect, it } from 'vitest';
import { renderHtml } from '../../../functions/mail/render-mail.tsx';
import type { Text } from '../../../functions/pages/language.ts';
import { ABSENCE_LABELS, NOT_NAMED } from '../../../functions/worklist/absence-words.ts';
import { digestMail } from '../../../functions/worklist/digest-mail.ts';
import { LABELS } from '../../../functions/worklist/words.ts';
import { LOCALES, lookAt, lookAtOurs, NOTHING_FOUND } from '../../support/axe.ts';
import { useBrowser } from '../../support/e2e-phone.ts';
import { openPages } from '../../support/open-pages.ts';
import { PAGES_URL } from '../../support/purchase-company.ts';
import { hiddenFields } from '../../support/visitors.ts';
import { keepTasks, manyTasks } from '../../unit/approvals/many-tasks.ts';
import { firstTask, openMyPages } from '../../unit/worklist/open-my-pages.ts';

const WANG_QIANG = { en: '王强 Wang Qiang', zh: '王强 Wang Qiang' };

const COPIED = { en: 'Copied to', zh: '抄送' };
const FOR_INFORMATION = { en: 'For your information', zh: '抄送知悉' };

const browser = useBrowser();

it.each(LOCALES)('axe finds nothing in %s', async (locale) => {
  const { world, signIn } = await openMyPages();
  await keepTasks(world.store, manyTasks(30, 'E-4003'));
  const people = { manager: await signIn('E-2001'), busy: await signIn('E-4003'), requester: await signIn('E-1001') };
  let person = people.manager;
  let refused: string | undefined;
  const page = await openPages(
    browser(),
    async (request) => {
      const { pathname, search } = new URL(request.url);
      const { status, headers, text } = await person.get(`${pathname}${search}`);
      const body = refused ?? text;
      refused = undefined;
      return new Response(body, { status, headers });
    },
    { locale },
  );
  const language = `lang=${locale === 'en' ? 'en' : 'zh'}`;
  const look = (path: string, wanted: Text) => lookAtOurs(page, path, locale, wanted);

  expect(await look('/me/tasks', LABELS.overdueAfter), 'my tasks').toEqual(NOTHING_FOUND);
  expect(await look(firstTask((await person.get('/me/tasks')).text), { en: 'Approve', zh: '同意' }), 'a task').toEqual(
    NOTHING_FOUND,
  );
  expect(await look('/me/tasks?subject=payment', LABELS.noTasks), 'no tasks').toEqual(NOTHING_FOUND);
  expect(await look('/me/absence', ABSENCE_LABELS.noOwn), 'no absence').toEqual(NOTHING_FOUND);
  const absence = { do: 'name', from: '2000-01-01', to: 'x', person: 'E-2001' };
  const token = hiddenFields((await person.get('/me/absence')).text);
  refused = (await person.post(`/me/absence?${language}`, { ...token, ...absence })).text;
  expect(await look('/me/absence', NOT_NAMED), 'a refused substitute').toEqual(NOTHING_FOUND);
  const days = [1, 7].map((count) =>
    new Date(world.decisionDeps().clock.now().getTime() + count * 86_400_000).toISOString().slice(0, 10),
  );
  const [from = '', to = ''] = days;
  const named = await person.post('/me/absence', {
    ...token,
    ...absence,
    from,
    to,
    person: 'E-4003',
    scope: 'payment',
  });
  expect(named.status).toBe(200);
  expect(await look('/me/absence', ABSENCE_LABELS.end), 'an absence').toEqual(NOTHING_FOUND);
  expect(await look('/me/decided', LABELS.noDecided), 'nothing decided').toEqual(NOTHING_FOUND);
  expect(await look('/me/copies', LABELS.noCopies), 'nobody copied me').toEqual(NOTHING_FOUND);
  await world.act('E-2001', { kind: 'copy', to: 'E-4003', comment: 'Your budget' });
  expect(await look(firstTask((await person.get('/me/tasks')).text), COPIED), 'a task with copies').toEqual(
    NOTHING_FOUND,
  );
  const today = world.decisionDeps().clock.now().toISOString().slice(0, 10);
  const away = { ...token, ...absence, from: today, to: today, person: 'E-4003', scope: 'order' };
  expect((await person.post('/me/absence', away)).status).toBe(200);
  person = people.busy;
  expect(await look('/me/tasks', LABELS.standInTasks), 'tasks of whom I stand in for').toEqual(NOTHING_FOUND);
  expect(await look('/me/copies', LABELS.copiedBy), 'copied to me').toEqual(NOTHING_FOUND);
  expect(await look(firstTask((await person.get('/me/copies')).text), FOR_INFORMATION), 'a copy').toEqual(
    NOTHING_FOUND,
  );
  expect(await look('/me/absence', WANG_QIANG), 'somebody else’s absence').toEqual(NOTHING_FOUND);
  expect(await look('/me/tasks', LABELS.more), 'many tasks').toEqual(NOTHING_FOUND);
  person = people.requester;
  expect(await look('/me/requests', LABELS.started), 'my requests').toEqual(NOTHING_FOUND);
  const [, record] = /href="(\/me\/requests\/[^"]+)"/.exec((await person.get('/me/requests')).text) ?? [];
  assert(record !== undefined, 'the list of requests has no link to a record');
  expect(await look(record, { en: 'The record is whole', zh: '记录完整' }), 'the record').toEqual(NOTHING_FOUND);
  const [, withdrawal] = /href="(\/me\/requests\?withdraw=[^"]+)"/.exec((await person.get('/me/requests')).text) ?? [];
  assert(withdrawal !== undefined, 'the list of requests has no link to a withdrawal');
  expect(await look(withdrawal, LABELS.withdrawalHint), 'a withdrawal').toEqual(NOTHING_FOUND);
  const form = hiddenFields((await person.get(withdrawal)).text);
  const withdraw = { ...form, withdraw: new URLSearchParams(withdrawal.split('?')[1]).get('withdraw') ?? '' };
  refused = (await person.post(`/me/requests?${language}`, { ...withdraw, reason: '' })).text;
  expect(await look(withdrawal, LABELS.reasonMissing), 'a withdrawal without a reason').toEqual(NOTHING_FOUND);
  await world.decide('E-2001', 'reject', 'No');
  person = people.manager;
  expect(await look('/me/decided', { en: 'Rejected', zh: '已驳回' }), 'what I decided').toEqual(NOTHING_FOUND);
  person = people.requester;
  expect(await look(withdrawal, LABELS.cannotWithdraw), 'a withdrawal that is too late').toEqual(NOTHING_FOUND);
  await page.context().close();
});

it.each(['zh-CN', 'en'] as const)('axe finds nothing in the mail of the morning in %s', async (locale) => {
  const page = await openPages(browser(), async () => new Response(''), { locale });
  await page.setContent(
    renderHtml(
      digestMail({
        tasks: manyTasks(15).map((task) => ({ task, name: 'Li Na' })),
        hasMore: true,
        url: `${PAGES_URL}/me/tasks`,
        language: locale,
        timeZone: 'Asia/Shanghai',
      }),
    ),
  );

  expect(await lookAt(page)).toEqual(NOTHING_FOUND);
  await page.context().close();
});
