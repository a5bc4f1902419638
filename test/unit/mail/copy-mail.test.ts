import { describe, expect, it } from 'vitest';
import { createFileDirectory } from '../../../functions/directory/file-directory.ts';
import { directoryData, requisitionEvent } from '../../support/purchase-company.ts';
import { PurchaseWorld } from '../../support/purchase-world.ts';
import { linksIn, readableHtml } from './read-mail.ts';

const MANAGER = 'E-2001';
const COLLEAGUE = 'E-1002';
const ADDRESS = 'daniel.brooks@meridian.example';

/** The manager has copied a colleague who reads the given language. */
async function copiedIn(locale: 'zh-CN' | 'en') {
  const people = directoryData.people.map((person) => ({ ...person, locale }));
  const world = new PurchaseWorld({ directory: createFileDirectory({ ...directoryData, people }) });
  const event = requisitionEvent();
  await world.submit(event);
  await world.act(MANAGER, { kind: 'copy', to: COLLEAGUE, comment: 'your budget' });
  return { world, event, mails: () => world.mails.filter(({ to }) => to === ADDRESS) };
}

const WORDS = {
  en: {
    subject: 'For your information: Chairs and paper (CN¥5,960.00)',
    facts: ['You were copied', 'Requested by', 'Supplier', 'Cost centre', 'Level', 'Copied by', 'On hand', 'CN¥680.00'],
    button: 'View',
    missing: ['Decide by', 'decide in your name', 'View and decide'],
    small: ['for 30 days, and decides nothing', 'do not forward'],
    ended: ['For your information: Chairs and paper: rejected', 'It has ended: rejected.'],
    approved: 'It has ended: approved.',
  },
  'zh-CN': {
    subject: '抄送：Chairs and paper (¥5,960.00)',
    facts: ['该事项抄送给您', '申请人', '供应商', '成本中心', '审批层级', '抄送人', '现有库存', '¥680.00'],
    button: '查看',
    missing: ['审批截止', '以您的名义', '查看并审批'],
    small: ['30 天内查阅，不能用于审批', '请勿转发'],
    ended: ['抄送：Chairs and paper：已驳回', '结果：已驳回'],
    approved: '结果：已批准',
  },
} as const;

describe.each(['en', 'zh-CN'] as const)('the mail to whoever is copied, in %s', (locale) => {
  const words = WORDS[locale];

  it('has the facts of what is decided, and asks nothing', async () => {
    const { mails } = await copiedIn(locale);

    const [mail, ...others] = mails();

    expect([mail?.subject, others]).toEqual([words.subject, []]);
    for (const fact of ['王强 Wang Qiang', 'New colleagues', ...words.facts, ...words.small]) {
      expect(mail?.text).toContain(fact);
      expect(readableHtml(mail?.html ?? '')).toContain(fact);
    }
    expect(readableHtml(mail?.html ?? '')).toContain(words.button);
    for (const absent of words.missing) {
      expect(mail?.text).not.toContain(absent);
    }
    expect(linksIn(mail?.text ?? '')).toHaveLength(1);
  });

  it('is followed by one that says how it ended, and by no other', async () => {
    const { world, mails } = await copiedIn(locale);

    await world.decide(MANAGER, 'reject', 'too dear');

    const [, news, ...others] = mails();
    const [subject, text] = words.ended;
    expect([news?.subject, others]).toEqual([subject, []]);
    expect(news?.text).toContain(text);
    expect(linksIn(news?.text ?? '')).toEqual([]);
  });

  it('comes at the end of all levels, and not at each', async () => {
    const { world, mails } = await copiedIn(locale);

    await world.decide(MANAGER, 'approve');
    expect(mails()).toHaveLength(1);
    await world.decide('E-3001', 'approve');

    expect(mails()).toHaveLength(2);
    expect(mails()[1]?.text).toContain(words.approved);
  });
});

describe('whoever was copied', () => {
  it('and was asked meanwhile hears of the end as those do who are asked, and not twice', async () => {
    const { world, event, mails } = await copiedIn('en');
    await world.act(MANAGER, { kind: 'transfer', to: COLLEAGUE, comment: '' });
    const before = mails().length;

    await world.withdraw(event);

    expect(
      mails()
        .slice(before)
        .map(({ subject }) => subject),
    ).toEqual(['Nothing left to do: Chairs and paper']);
  });

  it('is told when the requester withdraws it', async () => {
    const { world, event, mails } = await copiedIn('en');

    await world.withdraw(event);

    expect(mails().at(-1)?.text).toContain('It has ended: withdrawn.');
  });

  it('has their mail in the record by employee id', async () => {
    const { world, event } = await copiedIn('en');

    const sent = (await world.record(event)).filter(({ type, facts }) => type === 'MailSent' && facts.to === COLLEAGUE);

    expect(sent).toMatchObject([{ facts: { template: 'decision-copied', level: 0 } }]);
  });
});
