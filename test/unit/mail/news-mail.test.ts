import { describe, expect, it } from 'vitest';
import { subjectLine } from '../../../functions/mail/mail-model.ts';
import { newsMail } from '../../../functions/mail/news-mail.ts';
import { renderHtml, renderText } from '../../../functions/mail/render-mail.tsx';
import { requisitionEvent } from '../../support/purchase-company.ts';
import { PurchaseWorld } from '../../support/purchase-world.ts';
import { linksIn, readableHtml } from './read-mail.ts';

const TIME_ZONE = 'Asia/Shanghai';
const en = { language: 'en', timeZone: TIME_ZONE, pagesUrl: 'https://pages.example', hasSignIn: true } as const;
const zh = { language: 'zh-CN', timeZone: TIME_ZONE, pagesUrl: 'https://pages.example', hasSignIn: true } as const;

describe('the news of how a request ended', () => {
  it.each([
    ['paid', 'Chairs: paid', 'the supplier is paid', 'Chairs：已付款', '您的采购已完成'],
    ['refused', 'Chairs: not accepted', 'could not be accepted as filed', 'Chairs：未受理', '申请未被受理'],
    ['rejected', 'Chairs: rejected', 'was rejected', 'Chairs：已驳回', '已被驳回'],
    ['withdrawn', 'Chairs: withdrawn', 'is withdrawn, as you asked', 'Chairs：已撤回', '已按您的要求撤回'],
    ['cancelled', 'Chairs: cancelled', 'is cancelled', 'Chairs：已取消', '采购已取消'],
    ['expired', 'Chairs: expired', 'Nothing was ordered without a decision', 'Chairs：已超时失效', '未经审批不会下单'],
  ])('has words of its own for %s', (outcome, subjectEn, textEn, subjectZh, textZh) => {
    const facts = { title: 'Chairs', outcome };

    const english = newsMail('process-news', facts, en);
    const chinese = newsMail('process-news', facts, zh);

    expect(english.subject).toBe(subjectEn);
    expect(renderText(english)).toContain(textEn);
    expect(chinese.subject).toBe(subjectZh);
    expect(renderText(chinese)).toContain(textZh);
  });

  it('gives the reason in the language of its reader, and leaves out what is not there', () => {
    const facts = { title: 'Chairs', outcome: 'refused', orderNumber: '', reason: 'No price', reasonZh: '缺少单价' };

    expect(renderText(newsMail('process-news', facts, en))).toContain('Reason: No price');
    const chinese = renderText(newsMail('process-news', facts, zh));
    expect(chinese).toContain('原因：缺少单价');
    expect(chinese).not.toContain('采购订单');
  });

  it('reaches the requester at the end of a purchase, with the order that it became', async () => {
    const world = new PurchaseWorld();
    await world.poll();
    await world.submit(requisitionEvent());
    await world.approveOrder();
    await world.deliver();
    await world.pay();

    const mail = world.mails.at(-1);

    expect(mail).toMatchObject({ to: 'li.na@meridian.example', subject: 'Chairs and paper：已付款' });
    for (const fact of ['您的采购已完成', '采购订单', 'PO-1']) {
      expect(mail?.text).toContain(fact);
      expect(readableHtml(mail?.html ?? '')).toContain(fact);
    }
    expect(linksIn(`${mail?.text} ${mail?.html}`)).toEqual([]);
  });

  it('carries the words of who rejected it', async () => {
    const world = new PurchaseWorld();
    await world.submit(requisitionEvent());

    await world.decide('E-2001', 'reject', 'We have chairs in the store');

    const mail = world.mails.findLast(({ to }) => to === 'li.na@meridian.example');
    expect(mail?.subject).toBe('Chairs and paper：已驳回');
    expect(mail?.text).toContain('We have chairs in the store');
    expect(mail?.html).toContain('We have chairs in the store');
  });
});

describe('the news for whoever stands in', () => {
  it.each([
    ['named', 'You stand in for Wang', 'within your own authority', '请代理Wang的审批'],
    ['ended', 'You no longer stand in for Wang', 'stays with you', '您不再代理Wang'],
  ])('says for whom, when and with which tasks (%s)', (news, subject, text, chinese) => {
    const facts = {
      news,
      person: 'Wang',
      begins: '2026-11-30T16:00:00.000Z',
      ends: '2026-12-07T16:00:00.000Z',
      scope: 'order payment',
    };

    const english = newsMail('stand-in', facts, en);

    expect(english.subject).toBe(subject);
    expect(renderText(english)).toContain(text);
    expect(renderText(english)).toContain('From: 1 Dec 2026, 00:00');
    expect(renderText(english)).toContain('Tasks: Purchase approval, Payment approval');
    expect(newsMail('stand-in', facts, zh).subject).toBe(chinese);
    expect(renderText(newsMail('stand-in', { ...facts, scope: '' }, zh))).toContain('全部事项');
  });
});

describe('the news that nothing is left to decide', () => {
  it('reaches who was asked when the requester withdraws, without a link', async () => {
    const world = new PurchaseWorld();
    const event = requisitionEvent();
    await world.submit(event);

    await world.withdraw(event);

    const mail = world.mails.findLast(({ to }) => to === 'wang.qiang@meridian.example');
    expect(mail?.subject).toBe('无需处理：Chairs and paper');
    expect(mail?.text).toContain('已有结果（已撤回）');
    expect(readableHtml(mail?.html ?? '')).toContain('已有结果（已撤回）');
    expect(linksIn(`${mail?.text} ${mail?.html}`)).toEqual([]);
  });

  it.each([
    ['TaskClaimed', 'A colleague has taken it up', '同事已接手'],
    ['TaskDelegated', 'A colleague has taken it up', '同事已接手'],
    ['SignerAdded', 'A colleague has taken it up', '同事已接手'],
    ['DelegationRecalled', 'Your opinion is no longer waited for', '不再需要您的意见'],
    ['SignerRemoved', 'You need not sign it any more', '您无需再签署'],
    ['DecisionTakenBack', 'A decision before yours was taken back', '前一位审批人取回了决定'],
    ['ReturnedToLevel', 'It went back to an earlier level', '已退回之前的层级'],
    ['TaskRerouted', 'The rules or the organisation have changed', '审批规则或组织架构已变更'],
    ['SubstituteAsked', 'whoever stands in for you has taken it over', '您的代理人已接手'],
    ['TaskHandedOver', 'It was handed over to somebody else', '该事项已移交他人'],
    ['AmountRaised', 'are judged together now, and somebody with more authority', '现合并审批，由权限更高的人员决定'],
    ['ReturnedToRequester', 'It went back to the requester', '已退回申请人修改'],
  ])('says of a task that is gone by %s where it is, and not that it is settled', (outcome, english, chinese) => {
    const facts = { title: 'Chairs', outcome };

    const mail = renderText(newsMail('task-gone', facts, en));
    expect(mail).toContain(english);
    expect(mail).not.toContain('settled');
    expect(mail).not.toContain(outcome);
    expect(renderText(newsMail('task-gone', facts, zh))).toContain(chinese);
  });

  it('names who has it now', () => {
    const facts = { title: 'Chairs', outcome: 'TaskHandedOver', nowWith: 'Zhou Min' };

    expect(renderText(newsMail('task-gone', facts, en))).toContain('Now with: Zhou Min');
    expect(renderText(newsMail('task-gone', facts, zh))).toContain('现由：Zhou Min');
  });

  it('says what whoever took it over decided at once', () => {
    const facts = { title: 'Chairs', outcome: 'SubstituteAsked', decided: 'approve' };

    expect(renderText(newsMail('task-gone', facts, en))).toContain('Decided: Approved');
    expect(renderText(newsMail('task-gone', facts, zh))).toContain('审批结果：已同意');
  });

  it('is said in English to who reads English', () => {
    const mail = newsMail('task-gone', { title: 'Chairs', outcome: 'reject' }, en);

    expect(mail.subject).toBe('Nothing left to do: Chairs');
    expect(renderText(mail)).toContain('It is settled now (Rejected)');
  });
});

describe('the news that something is overdue', () => {
  it('reaches who answers for it, with what is waited for and since when', async () => {
    const world = new PurchaseWorld();
    const event = requisitionEvent();
    await world.submit(event);
    await world.approveOrder();
    const before = world.mails.length;

    await world.advance(24 * 40);

    const overdue = world.mails.slice(before).find(({ text }) => text.includes('PO-1') && text.includes('收货'));
    expect(overdue?.subject).toBe('逾期提醒：收货（PO-1）');
    for (const fact of ['涉及单据', 'PR-1', (await world.head(event)).processId, '开始等待', '等待截止', 'GMT+8']) {
      expect(overdue?.text).toContain(fact);
      expect(readableHtml(overdue?.html ?? '')).toContain(fact);
    }
  });

  it('is said in English to who reads English', () => {
    const facts = { waitingFor: 'payment', subject: 'PO-1', since: '2026-01-01T00:00:00Z', deadline: 'soon' };

    const mail = newsMail('wait-overdue', facts, en);

    expect(mail.subject).toBe('Overdue: the payment (PO-1)');
    expect(mail.heading).toBe('Still waiting for the payment');
    expect(renderText(mail)).toContain('Waiting since: 1 Jan 2026, 08:00 GMT+8');
    expect(renderText(mail)).toContain('Ends at: soon');
  });
});

describe('a notice for the operators', () => {
  it('says the problem first and whatever else helps, known or not', () => {
    const facts = { problem: 'The OA is silent', process: 'P2P-1', attempts: '7' };

    const mail = newsMail('operator-notice', facts, en);

    expect(mail.subject).toBe('Meridian needs an operator: The OA is silent');
    for (const body of [renderText(mail), readableHtml(renderHtml(mail))]) {
      expect(body).toContain('The OA is silent');
      expect(body).toContain('P2P-1');
      expect(body).toContain('attempts');
    }
    expect(newsMail('operator-notice', facts, zh).subject).toBe('需要运维处理：The OA is silent');
  });
});

describe('a subject', () => {
  it('is one line without control characters, and not too long', () => {
    expect(subjectLine('Chairs\r\nBcc: everybody@evil.example\u0000 ')).toBe('Chairs Bcc: everybody@evil.example');
    const long = subjectLine('字'.repeat(400));
    expect(long).toHaveLength(150);
    expect(long.endsWith('…')).toBe(true);
  });

  it('is never cut through the middle of a character', () => {
    expect(subjectLine(`${'a'.repeat(148)}😀😀`)).toBe(`${'a'.repeat(148)}…`);
  });
});
