import { describe, expect, it } from 'vitest';
import type { AnswerRow, EventLogAnswers, ReportQuery } from '../../../functions/insight/log-answers.ts';
import { reportOf } from '../../../functions/insight/report.ts';

const ANSWERS: { readonly [query in ReportQuery]: readonly AnswerRow[] } = {
  'cycle-times': [
    { kind: 'procure-to-pay', outcome: 'paid', processes: 12, mean_hours: 30, median_hours: 20, p90_hours: 90 },
  ],
  'level-waits': [
    {
      kind: 'procure-to-pay',
      subject: 'order',
      level_name: 'Manager',
      visits: 40,
      total_hours: 400,
      mean_hours: 10,
      median_hours: 8,
      p90_hours: 30.25,
      escalated: 2,
      slowest_process: 'P2P-1',
    },
    {
      kind: 'procure-to-pay',
      subject: 'operator',
      level_name: 'Operator',
      visits: 4,
      total_hours: 900,
      mean_hours: 10,
      median_hours: 8,
      p90_hours: 30,
      escalated: 0,
      slowest_process: 'P2P-2',
    },
  ],
  waits: [
    {
      kind: 'leave-request',
      wait_kind: 'leave-start',
      visits: 9,
      total_hours: 999,
      mean_hours: 1,
      median_hours: 1,
      p90_hours: 1,
      slowest_process: 'LVR-1',
    },
    {
      kind: 'procure-to-pay',
      wait_kind: 'goods-receipt',
      visits: 9,
      total_hours: 90,
      mean_hours: 10,
      median_hours: 9,
      p90_hours: 20,
      slowest_process: 'P2P-3',
    },
  ],
  'level-answers': [
    {
      kind: 'procure-to-pay',
      subject: 'payment',
      level_name: 'Payment approval',
      answers: 300,
      yes: 300,
      no: 0,
      sent_back: 0,
    },
    { kind: 'procure-to-pay', subject: 'order', level_name: 'Manager', answers: 300, yes: 299, no: 0, sent_back: 1 },
    { kind: 'leave-request', subject: 'leave', level_name: 'Manager', answers: 29, yes: 29, no: 0, sent_back: 0 },
  ],
  rework: [{ kind: 'expense-to-posting', cost_centre: 'CC-100', processes: 10, reworked: 2, times: 3 }],
  'in-turn': [
    {
      subject: 'order',
      first_level: 'Manager',
      then_level: 'Department head',
      first_person: 'E-2001',
      then_person: 'E-3001',
      times: 25,
      hours_side_by_side: 120,
    },
    {
      subject: 'order',
      first_level: 'Manager',
      then_level: 'Department head',
      first_person: 'E-2002',
      then_person: 'E-3002',
      times: 9,
      hours_side_by_side: 900,
    },
  ],
  'approver-load': [
    { employee_id: 'E-2001', answers: 40, total_hours: 100, mean_hours: 2.5, median_hours: 2 },
    { employee_id: 'E-3001', answers: 35, total_hours: 90, mean_hours: 2.5, median_hours: 50 },
    { employee_id: 'E-3002', answers: 3, total_hours: 900, mean_hours: 300, median_hours: 300 },
  ],
  failures: [],
};

const log: EventLogAnswers = { ask: async (query) => ANSWERS[query] };
const names = new Map([['E-2001', 'Wang Qiang']]);
const nameOf = (id: string) => names.get(id) ?? id;

describe('the report', () => {
  it('says in plain words where approvals wait, with figures and an example', async () => {
    const report = await reportOf(log, { language: 'en', nameOf });
    expect(report.map(({ findings }) => findings.length)).toEqual([1, 1, 1, 2, 1, 1, 1, 0]);
    expect(report[1]?.findings).toEqual([
      'Purchase approval, Manager: asked 40 times, 400 h of waiting in all; half of the answers came within 8.0 h, nine in ten within 30.3 h; escalated 2 times. The slowest: P2P-1',
    ]);
  });

  it('says of a level only then that it never says no when it was asked often enough', async () => {
    const [, , , , never] = await reportOf(log, { language: 'en', nameOf });
    expect(never?.findings).toEqual([
      'Payment approval, Payment approval: asked 300 times, said yes 300 times. If it ever says no, then less than 1.0 % of the time (95 % confidence)',
    ]);
  });

  it('names people as the directory does, slowest first, and leaves out who answered seldom', async () => {
    const [, , , slow, , turns] = await reportOf(log, { language: 'en', nameOf });
    expect(slow?.findings.map((finding) => finding.split(':')[0])).toEqual(['E-3001', 'Wang Qiang']);
    expect(turns?.findings).toEqual([
      'Purchase approval: E-3001 was asked after Wang Qiang 25 times; asked side by side, 120 h of waiting would not have been',
    ]);
  });

  it('says the same in Chinese', async () => {
    const report = await reportOf(log, { language: 'zh-CN', nameOf });
    expect(report[6]).toEqual({
      title: '返工',
      findings: ['报销（CC-100）：10 件中 2 件（20%）至少退回一次，共 3 次'],
    });
    expect(
      report.flatMap(({ title, findings }) => [title, ...findings]).filter((text) => !/\p{Script=Han}/u.test(text)),
    ).toEqual([]);
  });
});
