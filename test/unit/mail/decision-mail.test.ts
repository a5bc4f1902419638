import { describe, expect, it } from 'vitest';
import { createFileDirectory } from '../../../functions/directory/file-directory.ts';
import type { Mail } from '../../../functions/mail/port.ts';
import { directoryData, requisitionEvent } from '../../support/purchase-company.ts';
import { PurchaseWorld } from '../../support/purchase-world.ts';
import { linksIn, readableHtml } from './read-mail.ts';

const MANAGER = 'wang.qiang@meridian.example';
const HEAD = 'chen.jing@meridian.example';

/** Small enough for the manager alone. */
const PAPER = requisitionEvent({
  requisition: {
    title: 'Paper',
    lines: [{ productCode: 'P-1002', quantity: '10', unitPrice: '128.00', amount: '1280.00' }],
    total: '1280.00',
  },
});

/** More than the year's budget of the cost centre, by 20,000 CNY. */
const NOTEBOOKS = {
  supplierCode: 'SUP-002',
  lines: [{ productCode: 'P-2001', quantity: '100', unitPrice: '6200.00', amount: '620000.00' }],
  total: '620000.00',
};

/** A world whose managers read the given language. */
function worldIn(locale: 'zh-CN' | 'en') {
  const people = directoryData.people.map((person) => ({ ...person, locale }));
  return new PurchaseWorld({ directory: createFileDirectory({ ...directoryData, people }) });
}

function newestTo(world: PurchaseWorld, address: string): Mail {
  const mail = world.mails.findLast(({ to }) => to === address);
  if (mail === undefined) {
    throw new Error(`no mail went to ${address}`);
  }
  return mail;
}

const WORDS = {
  en: {
    requested: 'Please decide: Chairs and paper (CN¥5,960.00)',
    reminder: 'Reminder: Chairs and paper (CN¥5,960.00)',
    escalated: 'Escalated to you: Chairs and paper (CN¥5,960.00)',
    facts: [
      'Requested by',
      'Supplier',
      'Cost centre',
      'Level',
      'Decide by',
      'Reason',
      'On hand',
      'Manager',
      'CN¥680.00',
    ],
    earlier: [
      'CN¥1,280.00 · under way · Paper (PO-1)',
      '1 purchase from this supplier by the same requester in 365 days',
    ],
    budget: ['CN¥600,000.00 · 1 Jan 2026 – 31 Dec 2026', 'leaves CN¥594,040.00'],
    exceeded: 'exceeds the budget by CN¥20,000.00',
    noBudget: 'After this request',
    approved: 'Approved',
    personal: 'Please do not forward this mail.',
  },
  'zh-CN': {
    requested: '请审批：Chairs and paper (¥5,960.00)',
    reminder: '催办：Chairs and paper (¥5,960.00)',
    escalated: '已升级至您：Chairs and paper (¥5,960.00)',
    facts: ['申请人', '供应商', '成本中心', '审批层级', '审批截止', '申请理由', '现有库存', '直属经理', '¥680.00'],
    earlier: ['¥1,280.00 · 进行中 · Paper (PO-1)', '近 365 天内同一申请人向该供应商采购 1 笔'],
    budget: ['¥600,000.00 · 2026年1月1日 – 2026年12月31日', '剩余 ¥594,040.00'],
    exceeded: '超出预算 ¥20,000.00',
    noBudget: '本次申请后',
    approved: '已同意',
    personal: '请勿转发本邮件。',
  },
} as const;

describe.each(['en', 'zh-CN'] as const)('a mail that asks for a decision, in %s', (locale) => {
  const words = WORDS[locale];

  it('has everything that a decision needs, in text and HTML alike', async () => {
    const world = worldIn(locale);
    await world.submit(requisitionEvent());

    const { subject, text, html } = newestTo(world, MANAGER);

    expect(subject).toBe(words.requested);
    const shown = ['Chairs and paper', '李娜 Li Na', '(SUP-001)', '(CC-100)', 'New colleagues', '2,560.00', 'GMT+8'];
    for (const fact of [...shown, ...words.facts, words.personal]) {
      expect(text).toContain(fact);
      expect(readableHtml(html)).toContain(fact);
    }
    expect(html).toContain(`<html lang="${locale}">`);
  });

  it('carries one link, the same in text and HTML, that opens the page', async () => {
    const world = worldIn(locale);
    await world.submit(requisitionEvent());

    const { text, html, subject, reference } = newestTo(world, MANAGER);

    const links = linksIn(text);
    expect(links).toHaveLength(1);
    expect(linksIn(html)).toEqual(links);
    expect(links[0]).toMatch(/^https:\/\/pages\.meridian\.example\/d\/[\w-]{43}$/);
    const secret = links[0]?.split('/d/')[1] ?? 'none';
    expect(`${subject} ${reference}`).not.toContain(secret);
    expect(await world.clickByLink(secret, 'approve')).toMatchObject({ kind: 'decided' });
  });

  it('says who has decided so far, and when', async () => {
    const world = worldIn(locale);
    await world.submit(requisitionEvent());
    expect(newestTo(world, MANAGER).text).not.toContain(words.approved);

    await world.decide('E-2001', 'approve');

    const { text, html } = newestTo(world, HEAD);
    expect(text).toMatch(new RegExp(`${words.approved} · 王强 Wang Qiang · .*GMT\\+8`));
    expect(readableHtml(html)).toContain(`${words.approved} · 王强 Wang Qiang · `);
  });

  it('says what may still be spent for the cost centre, and what would be left', async () => {
    const world = worldIn(locale);
    await world.submit(requisitionEvent());

    const { text, html } = newestTo(world, MANAGER);

    for (const fact of words.budget) {
      expect(text).toContain(fact);
      expect(readableHtml(html)).toContain(fact);
    }
  });

  it('says by how much the budget would be exceeded', async () => {
    const world = worldIn(locale);
    await world.submit(requisitionEvent({ requisition: NOTEBOOKS }));

    const { text, html } = newestTo(world, MANAGER);

    expect(text).toContain(words.exceeded);
    expect(readableHtml(html)).toContain(words.exceeded);
  });

  it('says nothing of a budget where the cost centre has none', async () => {
    const world = worldIn(locale);
    await world.submit(requisitionEvent({ requisition: { costCentre: 'CC-900' } }));

    const { text } = newestTo(world, MANAGER);

    expect(text).toContain('(CC-900)');
    expect(text).not.toContain(words.noBudget);
  });

  it('says what the requester bought from the supplier before', async () => {
    const world = worldIn(locale);
    await world.submit(PAPER);
    for (const earlier of words.earlier) {
      expect(newestTo(world, MANAGER).text).not.toContain(earlier);
    }
    await world.decide('E-2001', 'approve');
    await world.submit(requisitionEvent({ requestId: 'PR-2' }));

    const { text, html } = newestTo(world, MANAGER);

    for (const earlier of words.earlier) {
      expect(text).toContain(earlier);
      expect(readableHtml(html)).toContain(earlier);
    }
  });

  it('says when it reminds, and when it comes because others did not answer', async () => {
    const world = worldIn(locale);
    await world.submit(requisitionEvent());
    const secrets = [await world.linkOf('E-2001')];

    await world.advance(24);
    expect(newestTo(world, MANAGER).subject).toBe(words.reminder);
    secrets.push(await world.linkOf('E-2001'));
    await world.advance(24);
    const escalated = world.mails.find(({ subject }) => subject === words.escalated);
    expect(escalated?.to).not.toBe(MANAGER);
    secrets.push(linksIn(escalated?.text ?? '')[0] ?? '');

    expect(new Set(secrets).size).toBe(3);
  });
});

describe('a mail that asks for a decision', () => {
  it('shows the amount in both currencies where they differ', async () => {
    const world = worldIn('en');
    const lines = [{ productCode: 'P-3001', quantity: '100', unitPrice: '45.50', amount: '4550.00' }];
    await world.submit(
      requisitionEvent({ requisition: { supplierCode: 'SUP-003', currency: 'USD', lines, total: '4550.00' } }),
    );

    const { text, html } = newestTo(world, MANAGER);

    expect(text).toContain('$4,550.00 (≈ CN¥32,760.00)');
    expect(readableHtml(html)).toContain('$4,550.00≈ CN¥32,760.00');
  });

  it('leaves the end of a long list to the page', async () => {
    const world = worldIn('en');
    const lines = Array.from({ length: 20 }, (_, index) => ({
      productCode: 'P-1002',
      quantity: '1',
      unitPrice: `${10 + index}.00`,
      amount: `${10 + index}.00`,
    }));
    await world.submit(requisitionEvent({ requisition: { lines, total: '390.00' } }));

    const { text, html } = newestTo(world, MANAGER);

    expect(text).toContain('and 8 more lines');
    expect(readableHtml(html)).toContain('and 8 more lines');
    expect(text).toContain('CN¥21.00');
    expect(text).not.toContain('CN¥22.00');
  });

  it('lets no title write a header, a line or markup of its own', async () => {
    const world = worldIn('en');
    const title = 'Chairs <img src="https://evil.example/x">& more';
    await world.submit(requisitionEvent({ requisition: { title } }));

    const { html, subject } = newestTo(world, MANAGER);

    expect(html).not.toContain('<img');
    expect(html).toContain('&lt;img src=&quot;https://evil.example/x&quot;&gt;&amp; more');
    expect(subject).toBe(`Please decide: ${title} (CN¥5,960.00)`);
  });
});
