import { describe, expect, it } from 'vitest';
import type { ApprovalLevelRule } from '../../../functions/approvals/domain/level-rule.ts';
import { companyPolicies } from '../../support/purchase-company.ts';
import { openDecisionPage } from './open-decision-page.ts';

const TIMES = { remindAfterHours: 24, escalateAfterHours: 48, expireAfterHours: 120 };
const level = (name: string, rule: string, kind: 'any' | 'claim' | 'all'): ApprovalLevelRule => ({
  level: name,
  approvers: rule.split(', ').map((one) => ({ rule: one, weight: 1 })),
  mode: { kind },
  isParallel: false,
  ...TIMES,
});

/** The page of a purchase whose levels are these. */
async function asked(...rules: readonly ApprovalLevelRule[]) {
  const opened = await openDecisionPage({}, { policies: { ...companyPolicies, approvalLevels: async () => rules } });
  const { world, visit } = opened;
  const pathOf = async (id: string) => `/d/${await world.linkOf(id)}?lang=en`;
  const post = async (id: string, form: Readonly<Record<string, string>>) => {
    const answer = await visit(await pathOf(id), { form });
    await world.run();
    return answer;
  };
  return { ...opened, pathOf, post };
}

describe('the decision page', () => {
  it('offers a claim first, and the decision to whoever has claimed', async () => {
    const { visit, pathOf, post } = await asked(level('Group', 'department-head, post:finance-director', 'claim'));
    const before = await visit(await pathOf('E-3001'));
    expect(before.text).toContain('value="claim"');
    expect(before.text).not.toContain('name="action"');

    expect((await post('E-3001', { task: 'claim' })).text).toContain('The task is yours');

    expect((await visit(await pathOf('E-3001'))).text).toContain('name="action"');
    const other = await visit(await pathOf('E-3003'));
    expect(other.text).toContain('A colleague has taken this up');
    expect(other.text).not.toContain('name="action"');
  });

  it('shows an opinion to who asked for it, with its words, and asks for nothing but the opinion before', async () => {
    const { visit, pathOf, post } = await asked(level('Head', 'department-head', 'any'));
    await post('E-3001', { task: 'delegate', to: 'grace miller', comment: 'a fair price?' });
    const opinion = await visit(await pathOf('E-4002'));
    expect(opinion.text).toContain('a fair price?');
    expect(opinion.text).toContain('value="give-back"');
    expect(opinion.text).not.toContain('name="action"');

    await post('E-4002', { task: 'give-back', comment: 'It is <fair>.' });

    const page = await visit(await pathOf('E-3001'));
    expect(page.text).toContain('Opinion · Grace Miller');
    expect(page.text).toContain('It is &lt;fair&gt;.');
    expect(page.text).toContain('name="action"');
  });

  it('says for whom somebody decided, there and in the mail to whoever decides next', async () => {
    const { world, visit, pathOf, post } = await asked(
      level('Manager', 'manager', 'any'),
      level('Head', 'department-head', 'any'),
    );
    await post('E-2001', { task: 'transfer', to: 'grace miller', comment: 'away' });
    expect((await post('E-4002', { action: 'approve', comment: 'fine' })).status).toBe(200);

    const path = await pathOf('E-3001');
    expect((await visit(path)).text).toContain('Approved · Grace Miller on behalf of 王强 Wang Qiang');
    expect((await visit(path.replace('lang=en', 'lang=zh'))).text).toContain(
      '已同意 · Grace Miller（代王强 Wang Qiang）',
    );
    const mail = world.mails.findLast(({ text }) => text.includes('王强 Wang Qiang'));
    expect(mail?.text).toMatch(/Grace Miller（代王强 Wang Qiang）|Grace Miller on behalf of 王强 Wang Qiang/);
    expect(mail?.html).toMatch(/Grace Miller（代王强 Wang Qiang）|Grace Miller on behalf of 王强 Wang Qiang/);
  });

  it('offers what somebody who has decided can still do, and what counts no more is said to', async () => {
    const { visit, pathOf, post } = await asked(level('Signers', 'manager, department-head', 'all'));
    const used = await pathOf('E-2001');
    await post('E-2001', { action: 'approve', comment: 'fine' });
    expect((await visit(await pathOf('E-2001'))).text).toContain('value="take-back"');

    expect((await post('E-2001', { task: 'take-back' })).text).toContain('Your decision is taken back');

    const page = await visit(await pathOf('E-3001'));
    expect(page.text).toContain('counts no more');
    const old = await visit(used);
    expect(old.text).not.toContain('value="transfer"');
    expect(old.text).toContain('value="comment"');
    expect((await visit(await pathOf('E-2001'))).text).toContain('name="action"');
  });

  it('asks whoever decides last who is asked next, and only where they say yes', async () => {
    const { world, event, visit, pathOf, post } = await asked(
      level('Head', 'department-head', 'any'),
      level('Director', 'previous@post:managing-director', 'any'),
    );
    const page = await visit(await pathOf('E-3001'));
    expect(page.text).toContain('Who decides next (Director)');
    expect(page.text).toContain('<option value="E-3102">Stefan Roth</option>');

    const unsaid = await post('E-3001', { action: 'approve', comment: 'fine', next: '' });
    expect(unsaid.status).toBe(422);
    expect(unsaid.text).toContain('Please choose who is asked next');
    expect(unsaid.text).toContain('fine</textarea>');
    expect((await post('E-3001', { action: 'approve', comment: '', next: 'E-4001' })).status).toBe(422);
    expect(await world.entryTypes(event)).not.toContain('DecisionMade');

    expect((await post('E-3001', { action: 'approve', comment: '', next: 'E-3102' })).status).toBe(200);

    await expect(world.linkOf('E-3101')).rejects.toThrow();
    expect((await post('E-3102', { action: 'approve', comment: '' })).status).toBe(200);
  });

  it.each([
    ['nobody of that name', { task: 'transfer', to: 'Nobody' }, 422],
    ['a level that does not exist', { task: 'return-to-level', target: '7', comment: 'x' }, 422],
    ['a task that the page does not have', { task: 'approve-for-all' }, 403],
    ['a place that no signer has', { task: 'add-signer', to: 'E-4001', where: 'instead' }, 403],
    ['a level that is left blank', { task: 'return-to-level', target: '', comment: 'x' }, 403],
    ['a level that is no number', { task: 'return-to-level', target: 'first', comment: 'x' }, 403],
  ])('refuses %s, and nothing changes', async (_, form, status) => {
    const { world, event, post } = await asked(level('Head', 'department-head', 'any'));

    expect((await post('E-3001', form)).status).toBe(status);

    expect((await world.head(event)).phase).toBe('Order approval');
    expect(await world.entryTypes(event)).not.toContain('TaskTransferred');
  });
});
