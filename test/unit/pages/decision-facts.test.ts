import { describe, expect, it } from 'vitest';
import type { BudgetFacts, EarlierRequests } from '../../../functions/approvals/domain/decision-facts.ts';
import type { DecisionDocument } from '../../../functions/approvals/domain/plan.ts';
import { budgetFacts, earlierFacts, sinceFacts } from '../../../functions/pages/decision-facts.ts';

const document: DecisionDocument = {
  title: 'Chairs and paper',
  currency: 'USD',
  total: '1000',
  baseTotal: '7200',
  baseCurrency: 'CNY',
  lines: [],
  notes: [],
};
const english = { language: 'en', timeZone: 'Asia/Shanghai' } as const;
const chinese = { language: 'zh-CN', timeZone: 'Asia/Shanghai' } as const;

describe('a budget in words', () => {
  const budget: BudgetFacts = {
    from: '2026-01-01',
    to: '2026-12-31',
    currency: 'CNY',
    budgeted: '100000.00',
    used: '40000.00',
    committed: '10000.50',
    leftAfter: '42799.50',
  };

  it('says what there is, what is spent, and what the request would leave', () => {
    expect(budgetFacts({ ...document, budget }, english)).toEqual([
      { label: 'Budget', value: 'CN¥100,000.00 · 1 Jan 2026 – 31 Dec 2026' },
      { label: 'Used so far', value: 'CN¥40,000.00' },
      { label: 'Ordered, not invoiced yet', value: 'CN¥10,000.50' },
      { label: 'After this request', value: 'leaves CN¥42,799.50' },
    ]);
    expect(budgetFacts({ ...document, budget }, chinese)).toEqual([
      { label: '预算', value: '¥100,000.00 · 2026年1月1日 – 2026年12月31日' },
      { label: '已使用', value: '¥40,000.00' },
      { label: '已下单未开票', value: '¥10,000.50' },
      { label: '本次申请后', value: '剩余 ¥42,799.50' },
    ]);
  });

  it('warns where the request would exceed it, and not where it would use it up', () => {
    const exceeded = { ...document, budget: { ...budget, leftAfter: '-0.01' } };
    const usedUp = { ...document, budget: { ...budget, leftAfter: '0.00' } };

    expect(budgetFacts(exceeded, english).at(-1)).toEqual({
      label: 'After this request',
      value: 'exceeds the budget by CN¥0.01',
      isWarning: true,
    });
    expect(budgetFacts(exceeded, chinese).at(-1)).toMatchObject({ value: '超出预算 ¥0.01', isWarning: true });
    expect(budgetFacts(usedUp, english).at(-1)).toEqual({ label: 'After this request', value: 'leaves CN¥0.00' });
  });

  it('leaves out what the ERP cannot tell and what cannot be compared', () => {
    const { committed: _untold, leftAfter: _incomparable, ...bare } = budget;

    expect(budgetFacts({ ...document, budget: bare }, english).map(({ label }) => label)).toEqual([
      'Budget',
      'Used so far',
    ]);
  });

  it('is nothing where there is none', () => {
    expect(budgetFacts(document, english)).toEqual([]);
  });
});

describe('earlier purchases in words', () => {
  const earlierRequests: EarlierRequests = {
    of: 'purchases',
    days: 365,
    count: 1,
    total: '5960',
    latest: [
      { number: 'P2P-2', title: '', amount: '20.5', at: '2026-01-02T16:00:00.000Z' },
      { number: 'PO-1', title: 'Desks', amount: '5960', at: '2026-01-01T00:00:00.000Z', outcome: 'paid' },
    ],
  };

  it('say how many there were, for how much, and what became of the latest', () => {
    expect(earlierFacts({ ...document, earlierRequests }, english)).toEqual([
      {
        label: 'Earlier purchases',
        value: '1 purchase from this supplier by the same requester in 365 days, CN¥5,960.00 in all',
      },
      { label: '3 Jan 2026, 00:00 GMT+8', value: 'CN¥20.50 · under way · P2P-2' },
      { label: '1 Jan 2026, 08:00 GMT+8', value: 'CN¥5,960.00 · Paid · Desks (PO-1)' },
    ]);
    expect(earlierFacts({ ...document, earlierRequests }, chinese)).toEqual([
      { label: '历史采购', value: '近 365 天内同一申请人向该供应商采购 1 笔，合计 ¥5,960.00' },
      { label: '2026年1月3日 00:00 GMT+8', value: '¥20.50 · 进行中 · P2P-2' },
      { label: '2026年1月1日 08:00 GMT+8', value: '¥5,960.00 · 已付款 · Desks (PO-1)' },
    ]);
  });

  it('say that there may be more', () => {
    const many = { ...document, earlierRequests: { ...earlierRequests, count: 50, isMore: true } as const };

    expect(earlierFacts(many, english)[0]?.value).toMatch(/^at least 50 purchases from/);
    expect(earlierFacts(many, chinese)[0]?.value).toContain('至少 50 笔');
  });

  it.each([
    [
      'claims',
      'Earlier claims',
      '2 claims by the same employee in 365 days, CN¥5,960.00 in all',
      '近 365 天内该员工报销 2 笔，合计 ¥5,960.00',
    ],
    [
      'changes',
      'Earlier changes',
      '2 changes of this bill of materials in 365 days, CN¥5,960.00 of stock and orders needed no more',
      '近 365 天内该物料清单变更 2 次，涉及不再需要的库存与在途订单金额 ¥5,960.00',
    ],
  ] as const)('say which of %s they are', (of, label, en, zh) => {
    const row = { ...document, earlierRequests: { ...earlierRequests, of, count: 2 } };

    expect(earlierFacts(row, english)[0]).toEqual({ label, value: en });
    expect(earlierFacts(row, chinese)[0]?.value).toBe(zh);
  });

  it('are nothing where there are none', () => {
    expect(earlierFacts(document, english)).toEqual([]);
  });
});

describe('what came since a question was asked, in words', () => {
  const latest = [{ number: 'PR-2', title: 'Desks', amount: '20.50', at: '2026-01-02T16:00:00.000Z' }];

  it('says how many and which, in both languages', () => {
    const since = { of: 'purchases', count: 1, latest } as const;

    expect(sinceFacts(document, since, english)).toEqual([
      { label: 'Asked for since then', value: '1 more purchase from this supplier by the same requester' },
      { label: '3 Jan 2026, 00:00 GMT+8', value: 'CN¥20.50 · under way · Desks (PR-2)' },
    ]);
    expect(sinceFacts(document, since, chinese)[0]).toEqual({
      label: '此后提交的申请',
      value: '同一申请人向该供应商采购 1 笔',
    });
    expect(sinceFacts(document, { ...since, of: 'changes', count: 4 }, english)[0]?.value).toBe(
      '4 more changes of this bill of materials',
    );
  });

  it('is nothing where nothing came', () => {
    expect(sinceFacts(document, undefined, english)).toEqual([]);
  });
});
