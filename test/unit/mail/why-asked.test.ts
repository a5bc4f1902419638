import { describe, expect, it } from 'vitest';
import { createFileDirectory } from '../../../functions/directory/file-directory.ts';
import { directoryData, requisitionEvent } from '../../support/purchase-company.ts';
import { PurchaseWorld } from '../../support/purchase-world.ts';
import { linksIn, readableHtml } from './read-mail.ts';

const MANAGER = 'E-2001';
const HEAD = 'E-3001';
const COLLEAGUE = 'E-1002';
const MANAGERS_ADDRESS = 'wang.qiang@meridian.example';
const COLLEAGUES_ADDRESS = 'daniel.brooks@meridian.example';

/** A request that waits for the manager; everybody reads the given language. */
async function askedIn(locale: 'zh-CN' | 'en') {
  const people = directoryData.people.map((person) => ({ ...person, locale }));
  const world = new PurchaseWorld({ directory: createFileDirectory({ ...directoryData, people }) });
  await world.submit(requisitionEvent());
  return { world, newest: (address: string) => world.mails.findLast(({ to }) => to === address) };
}

const WORDS = {
  en: {
    reminder: ['Reminder (your opinion, please): Chairs and paper', 'still waits for your opinion'],
    decide: 'still waits for your decision',
    advised: ['Opinion given, please decide: Chairs and paper', 'The opinion that you asked for has arrived'],
    opinionOf: 'Opinion of: Daniel Brooks',
    returned: ['Sent back, please decide: Chairs and paper', 'This was sent back and is decided anew'],
    sentBackBy: 'Sent back by: 陈静 Chen Jing',
  },
  'zh-CN': {
    reminder: ['催办（请提供意见）：Chairs and paper', '同事仍在等待您的意见'],
    decide: '该事项仍在等待您的审批',
    advised: ['已收到意见，请审批：Chairs and paper', '您征求的意见已收到'],
    opinionOf: '意见提供人：Daniel Brooks',
    returned: ['已退回，请审批：Chairs and paper', '该事项已被退回，需重新审批'],
    sentBackBy: '退回人：陈静 Chen Jing',
  },
} as const;

describe.each(['en', 'zh-CN'] as const)('a mail says why somebody is asked, in %s', (locale) => {
  const words = WORDS[locale];

  it('reminds of an opinion as of an opinion', async () => {
    const { world, newest } = await askedIn(locale);
    await world.act(MANAGER, { kind: 'delegate', to: COLLEAGUE, comment: 'what do you think?' });

    await world.advance(24);

    const mail = newest(COLLEAGUES_ADDRESS);
    const [subject, text] = words.reminder;
    expect(mail?.subject).toContain(subject);
    expect(mail?.text).toContain(text);
    expect(mail?.text).not.toContain(words.decide);
    expect(linksIn(mail?.text ?? '')).toHaveLength(1);
  });

  it('tells whoever asked for an opinion that it has arrived, and from whom; the words stay on the page', async () => {
    const { world, newest } = await askedIn(locale);
    await world.act(MANAGER, { kind: 'delegate', to: COLLEAGUE, comment: 'what do you think?' });

    await world.act(COLLEAGUE, { kind: 'give-back', comment: 'We have chairs in the store' });

    const mail = newest(MANAGERS_ADDRESS);
    const [subject, text] = words.advised;
    expect(mail?.subject).toContain(subject);
    for (const shown of [text, words.opinionOf]) {
      expect(mail?.text).toContain(shown);
    }
    expect(readableHtml(mail?.html ?? '')).toContain('Daniel Brooks');
    expect(mail?.text).not.toContain('We have chairs in the store');
  });

  it('tells a level to which it was sent back by whom; the reason stays on the page', async () => {
    const { world, newest } = await askedIn(locale);
    await world.decide(MANAGER, 'approve');

    await world.act(HEAD, { kind: 'return-to-level', target: 0, comment: 'Why so dear?' });

    const mail = newest(MANAGERS_ADDRESS);
    const [subject, text] = words.returned;
    expect(mail?.subject).toContain(subject);
    for (const shown of [text, words.sentBackBy]) {
      expect(mail?.text).toContain(shown);
    }
    expect(readableHtml(mail?.html ?? '')).toContain('陈静 Chen Jing');
    expect(mail?.text).not.toContain('Why so dear?');
    expect(linksIn(mail?.text ?? '')).toHaveLength(1);
  });
});
