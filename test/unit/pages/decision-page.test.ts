import { describe, expect, it } from 'vitest';
import { createDecisionPage } from '../../../functions/approvals/decision-page.tsx';
import { createFileDirectory } from '../../../functions/directory/file-directory.ts';
import { STYLES_HASH } from '../../../functions/pages/styles.ts';
import { ConcurrencyError } from '../../../functions/runtime/errors.ts';
import { directoryData, requisitionEvent } from '../../support/purchase-company.ts';
import { openDecisionPage } from './open-decision-page.ts';

/** 124,000 CNY: above what a link alone decides. */
const LARGE = {
  requisition: {
    supplierCode: 'SUP-002',
    lines: [{ productCode: 'P-2001', quantity: '20', unitPrice: '6200.00', amount: '124000.00' }],
    total: '124000.00',
  },
};

const OVER_BUDGET = {
  supplierCode: 'SUP-002',
  lines: [{ productCode: 'P-2001', quantity: '100', unitPrice: '6200.00', amount: '620000.00' }],
  total: '620000.00',
};

describe('opening a decision link', () => {
  it('shows everything that a decision needs, in the language of the approver', async () => {
    const { world, visit } = await openDecisionPage();

    const { status, text } = await visit(`/d/${await world.linkOf('E-2001')}`);

    expect(status).toBe(200);
    expect(text).toContain('<html lang="zh-CN">');
    for (const shown of [
      'Chairs and paper',
      '李娜 Li Na',
      '¥5,960.00',
      '¥3,400.00',
      '采购审批',
      '直属经理',
      '审批截止',
    ]) {
      expect(text).toContain(shown);
    }
    expect(text).toContain('New colleagues');
    expect(text).toMatch(/<button type="submit" name="action" value="approve"[^>]*>同意</);
    expect(text).toMatch(/<button type="submit" name="action" value="reject"[^>]*>驳回</);
    expect(text).toContain('此链接仅供王强 Wang Qiang本人使用，请勿转发。');
  });

  it('shows the budget of the cost centre, and warns where the request would exceed it', async () => {
    const { world, visit } = await openDecisionPage(LARGE);
    const path = `/d/${await world.linkOf('E-2001')}`;
    const { text: within } = await visit(path);
    await world.submit(requisitionEvent({ requestId: 'PR-2', requisition: OVER_BUDGET }));
    const second = `/d/${await world.linkOf('E-2001')}`;

    const { text: chinese } = await visit(second);
    const { text: english } = await visit(`${second}?lang=en`);

    expect(within).toContain('<h2 id="budget">成本中心预算</h2>');
    expect(within).toContain('<dd>剩余 ¥476,000.00</dd>');
    expect(chinese).toContain('<dd class="wrong">超出预算 ¥20,000.00</dd>');
    expect(english).toContain('<h2 id="budget">Budget of the cost centre</h2>');
    expect(english).toContain('<dd class="wrong">exceeds the budget by CN¥20,000.00</dd>');
  });

  it('shows what came into the same row since, which its document cannot know', async () => {
    const { world, visit } = await openDecisionPage();
    const path = `/d/${await world.linkOf('E-2001')}`;
    const { text: before } = await visit(path);
    await world.submit(requisitionEvent({ requestId: 'PR-2', requisition: { title: 'More chairs' } }));

    const { text: chinese } = await visit(path);
    const { text: english } = await visit(`${path}?lang=en`);

    expect(before).not.toContain('id="requests-since"');
    expect(chinese).toContain('<h2 id="requests-since">后续申请</h2>');
    expect(english).toMatch(/What came since<.*1 more purchase from this supplier.*More chairs \(PR-2\)/s);
  });

  it('shows no budget where the cost centre has none', async () => {
    const { world, visit } = await openDecisionPage({ requisition: { costCentre: 'CC-900' } });

    const { text } = await visit(`/d/${await world.linkOf('E-2001')}`);

    expect(text).toContain('(CC-900)');
    expect(text).not.toContain('id="budget"');
  });

  it('shows what the requester asked for from the supplier before, and nothing where there was nothing', async () => {
    const { world, visit } = await openDecisionPage();
    expect((await visit(`/d/${await world.linkOf('E-2001')}`)).text).not.toContain('earlier-purchases');
    await world.submit(requisitionEvent({ requestId: 'PR-2' }));
    const path = `/d/${await world.linkOf('E-2001')}`;

    const { text: chinese } = await visit(path);
    const { text: english } = await visit(`${path}?lang=en`);

    expect(chinese).toContain('<h2 id="earlier-requests">历史记录</h2>');
    expect(chinese).toContain('采购 1 笔，合计 ¥5,960.00');
    expect(english).toContain('<h2 id="earlier-requests">What came before</h2>');
    expect(english).toMatch(/CN¥5,960.00 · under way · Chairs and paper \(PR-1\)/);
  });

  it('speaks English to who asks for it, whatever the browser prefers', async () => {
    const { world, visit } = await openDecisionPage();

    const { text } = await visit(`/d/${await world.linkOf('E-2001')}?lang=en`, {
      headers: { 'accept-language': 'zh-CN' },
    });

    expect(text).toContain('<html lang="en">');
    expect(text).toContain('This link is for 王强 Wang Qiang only.');
    expect(text).toContain('<a href="?lang=zh" hreflang="zh-CN"');
  });

  it.each(['GET', 'HEAD'])('by %s writes nothing, however often and from wherever', async (method) => {
    const { world, visit } = await openDecisionPage();
    const path = `/d/${await world.linkOf('E-2001')}`;
    const commits = world.store.commits;

    for (let scanner = 0; scanner < 40; scanner += 1) {
      const { status, text } = await visit(path, { method, address: `192.0.2.${scanner % 3}` });
      expect(status).toBe(200);
      expect(text === '').toBe(method === 'HEAD');
    }

    expect(world.store.commits).toBe(commits);
  });

  it.each(['PUT', 'PATCH', 'DELETE', 'OPTIONS'])('by %s is refused and writes nothing', async (method) => {
    const { world, visit } = await openDecisionPage();
    const commits = world.store.commits;

    const { status } = await visit(`/d/${await world.linkOf('E-2001')}?action=approve`, { method });

    expect(status).toBe(404);
    expect(world.store.commits).toBe(commits);
  });

  it('shows what people wrote as text, never as markup', async () => {
    const { world, visit } = await openDecisionPage({
      requisition: { title: '<script>alert(1)</script>', justification: '"><img src=x onerror=alert(2)>' },
    });

    const { text } = await visit(`/d/${await world.linkOf('E-2001')}`);

    expect(text).toContain('<title>&lt;script&gt;alert(1)&lt;/script&gt; · Meridian</title>');
    expect(text).toContain('&lt;img src=x onerror=alert(2)&gt;');
    expect(text).not.toMatch(/<script|<img/);
  });

  it('brings no script, nothing from elsewhere, and no link that leads away', async () => {
    const { world, visit } = await openDecisionPage();

    const { text } = await visit(`/d/${await world.linkOf('E-2001')}`);

    expect(text).not.toMatch(/<script|javascript:|\son[a-z]+=|<iframe|https?:\/\//i);
    expect(text).toMatch(/<form method="post"(?![^>]*action=)/);
  });

  it.each([
    ['the document', (secret: string) => `/d/${secret}`, 200],
    ['an unknown link', () => `/d/${'A'.repeat(43)}`, 404],
    ['an unknown page', () => '/elsewhere', 404],
  ])('answers with headers that keep %s to its reader', async (_, pathOf, status) => {
    const { world, visit } = await openDecisionPage();

    const answer = await visit(pathOf(await world.linkOf('E-2001')));

    expect(answer.status).toBe(status);
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      'cache-control': 'no-store',
      'referrer-policy': 'no-referrer',
      'strict-transport-security': 'max-age=31536000',
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
      'x-robots-tag': 'noindex, nofollow, noarchive',
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin',
    });
    const policy = answer.headers.get('content-security-policy') ?? '';
    expect(policy.split('; ')).toEqual([
      "default-src 'none'",
      `style-src '${STYLES_HASH}'`,
      'img-src data:',
      "form-action 'self'",
      "base-uri 'none'",
      "frame-ancestors 'none'",
    ]);
    expect(answer.headers.get('set-cookie')).toBeNull();
  });
});

describe('the form of the decision page', () => {
  it('decides, says what follows, and the process goes on', async () => {
    const { world, event, visit } = await openDecisionPage();
    const path = `/d/${await world.linkOf('E-2001')}`;

    const { status, text } = await visit(path, {
      form: { action: 'approve', comment: 'Fine\r\nOrder soon' },
      headers: { origin: 'null', 'sec-fetch-site': 'same-origin' },
    });
    await world.run();

    expect(status).toBe(200);
    expect(text).toContain('已同意');
    expect(text).toContain('接下来将通知下一级审批人。');
    expect(text).toMatch(/记录第 \d+ 条/);
    expect(text).not.toContain('name="action"');
    const made = (await world.record(event)).find((entry) => entry.type === 'DecisionMade');
    expect(made?.facts).toMatchObject({ employeeId: 'E-2001', action: 'approve', via: 'link' });
    const personal = await world.store.readPersonal((await world.head(event)).processId);
    expect(personal.find(({ sequence }) => sequence === made?.sequence)?.values).toEqual({
      comment: 'Fine\nOrder soon',
    });
    expect(await world.linkOf('E-3001')).toMatch(/^[\w-]{43}$/);
  });

  it('shows the next approver what was decided before, with its comment', async () => {
    const { world, visit } = await openDecisionPage();
    await world.decide('E-2001', 'approve', 'The old chairs are broken');

    const { text } = await visit(`/d/${await world.linkOf('E-3001')}?lang=en`);

    expect(text).toContain('Decided so far');
    expect(text).toContain('Approved · 王强 Wang Qiang');
    expect(text).toContain('The old chairs are broken');
  });

  it('asks for the reason that is missing, keeps the form, and decides nothing', async () => {
    const { world, event, visit } = await openDecisionPage();
    const path = `/d/${await world.linkOf('E-2001')}`;

    const missing = await visit(path, { form: { action: 'reject', comment: ' \r\n ' } });
    expect(missing.status).toBe(422);
    expect(missing.text).toContain('请先填写理由。');
    expect(missing.text).toContain('aria-invalid="true"');
    expect(missing.text).toContain('value="reject"');
    expect((await world.head(event)).status).toBe('running');

    const given = await visit(path, { form: { action: 'reject', comment: 'Too expensive' } });
    await world.run();
    expect(given.status).toBe(200);
    expect(await world.head(event)).toMatchObject({ outcome: 'rejected' });
  });

  it('that is refused again and again is stopped before it fills the record', async () => {
    const { world, event, visit } = await openDecisionPage();
    const path = `/d/${await world.linkOf('E-2001')}`;
    const statuses = [];
    for (let attempt = 0; attempt < 25; attempt += 1) {
      statuses.push((await visit(path, { form: { action: 'reject', comment: '' } })).status);
    }

    expect(statuses).toEqual([...Array.from({ length: 20 }, () => 422), 429, 429, 429, 429, 429]);
    expect((await world.entryTypes(event)).filter((type) => type === 'DecisionRefused')).toHaveLength(20);
  });

  it('keeps the comment of who pressed a button that is none', async () => {
    const { world, event, visit } = await openDecisionPage();

    const { status, text } = await visit(`/d/${await world.linkOf('E-2001')}?lang=en`, {
      form: { action: 'approve-all', comment: '</textarea><script>' },
    });

    expect(status).toBe(422);
    expect(text).toContain('That cannot be decided here');
    expect(text).toMatch(/<textarea[^>]*>&lt;\/textarea&gt;&lt;script&gt;<\/textarea>/);
    expect(await world.entryTypes(event)).not.toContain('DecisionMade');
  });

  it('decides once: afterwards the link says what was decided, and when', async () => {
    const { world, event, visit } = await openDecisionPage();
    const path = `/d/${await world.linkOf('E-2001')}?lang=en`;
    await visit(path, { form: { action: 'approve', comment: 'Fine' } });
    await world.run();

    const again = await visit(path, { form: { action: 'reject', comment: 'No' } });
    const shown = await visit(path);

    expect(again.status).toBe(409);
    expect(shown.status).toBe(200);
    for (const { text } of [again, shown]) {
      expect(text).toContain('This is decided already');
      expect(text.split('Fine')).toHaveLength(2);
      expect(text).not.toContain('name="action"');
    }
    const refused = (await world.record(event)).find((entry) => entry.type === 'DecisionRefused');
    expect(refused?.facts).toMatchObject({ refusal: 'already-decided', message: 'the link was used before' });
    expect((await world.entryTypes(event)).filter((type) => type === 'DecisionMade')).toHaveLength(1);
  });

  it('is not offered above the amount that a link alone decides, and its post does not count', async () => {
    const { world, event, visit } = await openDecisionPage(LARGE);
    const path = `/d/${await world.linkOf('E-2001')}?lang=en`;

    const shown = await visit(path);
    expect(shown.status).toBe(200);
    expect(shown.text).toContain('A link alone is not enough for this amount');
    expect(shown.text).not.toContain('name="action"');

    const posted = await visit(path, { form: { action: 'approve', comment: '' } });
    expect(posted.status).toBe(403);
    expect(await world.entryTypes(event)).toContain('DecisionRefused');
    expect(await world.entryTypes(event)).not.toContain('DecisionMade');
  });

  it('lets who may not commit the company to the amount still reject it', async () => {
    const lines = [{ productCode: 'P-1001', quantity: '5', unitPrice: '680.00', amount: '3400.00' }];
    const { world, event } = await openDecisionPage({ requisition: { lines, total: '3400.00' } });
    const people = directoryData.people.map((person) => ({ ...person, approvalLimit: '100' }));
    const directory = createFileDirectory({ ...directoryData, people });
    const page = createDecisionPage({ ...world.decisionDeps(), directory, timeZone: 'Asia/Shanghai' });
    const path = `/d/${await world.linkOf('E-2001')}?lang=en`;
    const post = (form: Readonly<Record<string, string>>) =>
      page.request(path, { method: 'POST', body: new URLSearchParams(form) }, { sourceIp: '192.0.2.1' });

    const shown = await (await page.request(path, {}, { sourceIp: '192.0.2.1' })).text();
    expect(shown).toContain('The amount is above your approval limit');
    expect(shown).not.toContain('value="approve"');
    expect(shown).toContain('value="reject"');

    expect((await post({ action: 'approve', comment: '' })).status).toBe(403);
    expect((await post({ action: 'reject', comment: 'Not now' })).status).toBe(200);
    await world.run();
    expect(await world.head(event)).toMatchObject({ outcome: 'rejected' });
  });

  it('shows instants on the clocks of whoever reads it', async () => {
    const people = directoryData.people.map((person) => ({ ...person, timeZone: 'America/New_York' }));
    const directory = createFileDirectory({ ...directoryData, people });
    const { world, visit } = await openDecisionPage({}, { directory });

    const { text } = await visit(`/d/${await world.linkOf('E-2001')}?lang=en`);

    expect(text).toContain('5 Jan 2026, 19:00 GMT-5');
    expect(text).not.toContain('GMT+8');
  });

  it('asks the operators what is to become of a step that failed, and their choice counts', async () => {
    const { world, event, visit } = await openDecisionPage(
      {},
      {
        fault: (_, name) => (name === 'CreateOrder' ? 'refused' : undefined),
      },
    );
    await world.approveOrder();
    const path = `/d/${await world.linkOf('operators')}?lang=en`;

    const { text } = await visit(path);
    expect(text).toContain('Step that needs a person');
    expect(text).toContain('This link is for the operators on duty only.');
    expect(text).toContain('a person must look');
    for (const action of ['retry', 'cancel']) {
      expect(text).toContain(`value="${action}"`);
    }

    const { status } = await visit(path, { form: { action: 'cancel', comment: 'The supplier is gone' } });
    await world.run();
    expect(status).toBe(200);
    expect(await world.head(event)).toMatchObject({ outcome: 'cancelled' });
  });

  it('decides nothing after the deadline, and says so', async () => {
    const { world, visit } = await openDecisionPage();
    const path = `/d/${await world.linkOf('E-2001')}?lang=en`;
    await world.advance(24 * 8);

    const { status, text } = await visit(path, { form: { action: 'approve', comment: '' } });

    expect(status).toBe(410);
    expect(text).toContain('The time to decide is over');
  });

  it('shows nothing of the document once the link itself is too old', async () => {
    const { world, visit } = await openDecisionPage();
    const path = `/d/${await world.linkOf('E-2001')}`;
    await world.advance(24 * 30);

    for (const answer of [await visit(path), await visit(path, { form: { action: 'approve', comment: '' } })]) {
      expect(answer.status).toBe(410);
      expect(answer.text).toContain('链接已过期');
      expect(answer.text).not.toContain('Chairs and paper');
    }
  });

  it('shows nothing to somebody who has left', async () => {
    const { world, visit, event } = await openDecisionPage();
    const people = directoryData.people.map((person) => ({ ...person, active: person.employeeId !== 'E-2001' }));
    const secret = await world.linkOf('E-2001');
    const directory = createFileDirectory({ ...directoryData, people });
    const page = createDecisionPage({ ...world.decisionDeps(), directory, timeZone: 'Asia/Shanghai' });

    const answer = await page.request(`/d/${secret}?lang=en`, {}, { sourceIp: '192.0.2.1' });

    expect(answer.status).toBe(410);
    expect(await answer.text()).not.toContain('Chairs and paper');
    expect((await visit(`/d/${secret}`)).status).toBe(200);
    expect((await world.head(event)).phase).toBe('Order approval');
  });

  it('says that our own failure decided nothing', async () => {
    const { world, visit } = await openDecisionPage();
    const path = `/d/${await world.linkOf('E-2001')}?lang=en`;
    world.store.commit = async () => {
      throw new ConcurrencyError('somebody else wrote first');
    };

    const { status, text } = await visit(path, { form: { action: 'approve', comment: '' } });

    expect(status).toBe(500);
    expect(text).toContain('A decision counts only once this page has confirmed it.');
    expect(text).not.toContain('somebody else');
  });
});
