import { describe, expect, it } from 'vitest';
import { replaceApproval } from '../../../functions/approvals/approval-store.ts';
import { newApproval } from '../../../functions/approvals/domain/approval.ts';
import type { ApprovalState } from '../../../functions/approvals/domain/approval-state.ts';
import { type OpenTask, openTasks } from '../../../functions/approvals/domain/open-tasks.ts';
import { ACTIONS, MAX_VOICES } from '../../../functions/approvals/domain/plan.ts';
import { listTasks, TASK_SUBJECTS, taskChanges } from '../../../functions/approvals/task-list.ts';
import { approvalKey } from '../../../functions/process/keys.ts';
import { MemoryStore } from '../../support/memory-store.ts';
import { acted, add, invoiceQuestion, yes } from './acting.ts';
import { level, opened, openNext, plan } from './approvals.ts';
import { keepTasks, manyTasks } from './many-tasks.ts';

describe('the list of what somebody is asked', () => {
  it('has every kind of question but those to the operators', () => {
    expect(TASK_SUBJECTS).toEqual(Object.keys(ACTIONS).filter((subject) => subject !== 'operator'));
    const question = opened({ subject: 'operator', levels: [level('Operator', ['operators'])] });
    expect(openTasks('P2P-1', question)).toEqual([]);
  });

  it('shows what is asked, of how much, since when and until when', () => {
    expect(openTasks('P2P-1', opened())).toEqual([
      {
        employeeId: 'M',
        processId: 'P2P-1',
        approvalId: 'order-1',
        subject: 'order',
        level: 0,
        levelName: 'Manager',
        isForOpinion: false,
        title: 'Paper',
        currency: 'CNY',
        total: '4000.00',
        since: '2026-01-01T00:00:00.000Z',
        deadline: '2026-01-04T00:00:00.000Z',
      },
    ]);
  });

  it('moves with the task: to whoever is asked for an opinion, to a signer, and to nobody once it is decided', () => {
    const asked = (state: ApprovalState) =>
      openTasks('P', state).map(({ employeeId, isForOpinion }) => `${employeeId}${isForOpinion ? ' opinion' : ''}`);
    const question = invoiceQuestion();

    expect(asked(question)).toEqual(['A', 'B']);
    expect(asked(acted(question, ['A', { kind: 'delegate', to: 'X', comment: '' }]))).toEqual(['X opinion']);
    expect(asked(acted(question, ['A', add('S', 'before')]))).toEqual(['S']);
    expect(asked(acted(question, ['A', yes]))).toEqual([]);
    expect(asked(openNext(acted(question, ['A', yes])))).toEqual(['C']);
  });

  it('is written with the approval, all of it in one transaction, however many are asked at once', () => {
    const everybody = Array.from({ length: MAX_VOICES }, (_, index) => `E-${index}`);
    const before = newApproval(plan({ levels: [level('All', everybody, { mode: { kind: 'all' } })] }));
    const after = openNext(before);
    const item = { key: approvalKey('P2P-1', 'order-1'), version: 1, value: before };

    const changes = replaceApproval('P2P-1', item, after);

    expect(changes).toHaveLength(1 + MAX_VOICES);
    // Beside them a mail and, at most, the entry of a substitute for each, and the head, its entries and notes.
    expect(changes.length + 2 * MAX_VOICES).toBeLessThanOrEqual(92);
  });

  it('gives pages by deadline over all kinds, or of one kind, without leaving one out or showing it twice', async () => {
    const store = new MemoryStore();
    const all = manyTasks(45);
    await keepTasks(store, all);
    const walked = async (subject?: OpenTask['subject']) => {
      const tasks: OpenTask[] = [];
      let after: string | undefined;
      do {
        const page = await listTasks(store, 'E-1', { limit: 10, subject, after });
        expect(page.tasks.length).toBeGreaterThan(0);
        tasks.push(...page.tasks);
        after = page.next;
      } while (after !== undefined);
      return tasks.map(({ processId }) => processId);
    };
    const byDeadline = all.toSorted((one, other) => (one.deadline < other.deadline ? -1 : 1));

    expect(await walked()).toEqual(byDeadline.map(({ processId }) => processId));
    expect(await walked('payment')).toEqual(
      byDeadline.filter(({ subject }) => subject === 'payment').map(({ processId }) => processId),
    );
    expect(await listTasks(store, 'E-2', { limit: 10 })).toEqual({ tasks: [] });
  });

  it('goes on behind a task that was decided while its page was read', async () => {
    const store = new MemoryStore();
    const all = manyTasks(20);
    await keepTasks(store, all);
    const first = await listTasks(store, 'E-1', { limit: 10 });
    const last = first.tasks.slice(-1);
    await store.commit({ entries: [], personal: [], changes: taskChanges(last, []) });

    const second = await listTasks(store, 'E-1', { limit: 10, after: first.next });

    const shown = [...first.tasks, ...second.tasks].map(({ processId }) => processId);
    expect(new Set(shown).size).toBe(20);
  });
});
