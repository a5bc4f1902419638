import { describe, expect, it } from 'vitest';
import {
  calendarEnding,
  overdue,
  policiesEnding,
  policiesExpired,
  vacantPosts,
} from '../../../functions/compliance/domain/company-detectors.ts';
import { caseIdOf } from '../../../functions/compliance/domain/finding.ts';

const NOW = new Date('2026-11-20T08:00:00.000Z');
const WAIT = {
  processId: 'P2P-1',
  waitId: 'w-1',
  kind: 'payment',
  owner: 'E-4003',
  deadline: '2026-11-18T08:00:00.000Z',
  graceUntil: '2026-11-20T07:59:59.999Z',
  sequence: 31,
};

describe('overdue', () => {
  it('finds a wait that is open beyond its grace', () => {
    expect(overdue([WAIT], NOW)).toMatchObject([
      { detector: 'overdue', processIds: ['P2P-1'], evidence: [{ sequence: 31 }], facts: { owner: 'E-4003' } },
    ]);
  });

  it('finds nothing where the grace is not over', () => {
    expect(overdue([{ ...WAIT, graceUntil: NOW.toISOString() }], NOW)).toEqual([]);
  });

  it('lets a clock that jumped back find nothing new', () => {
    expect(overdue([WAIT], new Date('2026-11-19T08:00:00.000Z'))).toEqual([]);
  });
});

describe('vacant-post', () => {
  const post = { postId: 'payment-approver', tables: ['link-limit', 'approval-levels'] };

  it('finds a post that the tables name and nobody holds, once a month', () => {
    const [first] = vacantPosts([{ ...post, holders: 0 }], NOW);
    const [next] = vacantPosts([{ ...post, holders: 0 }], new Date('2026-12-01T00:00:00Z'));
    const [again] = vacantPosts([{ ...post, holders: 0 }], new Date('2026-11-01T00:00:00Z'));

    expect(first).toMatchObject({ facts: { post: 'payment-approver', tables: 'approval-levels, link-limit' } });
    expect(again).toEqual(first);
    expect(next?.subject).not.toBe(first?.subject);
  });

  it('finds nothing where somebody holds it', () => {
    expect(vacantPosts([{ ...post, holders: 1 }], NOW)).toEqual([]);
  });
});

describe('calendar-ending', () => {
  it.each([
    ['finds a calendar that ends within the days of the rule', '2026-12-31', 1],
    ['finds one that is over', '2025-12-31', 1],
    ['finds nothing where the next year is known', '2027-12-31', 0],
  ])('%s', (_, lastDay, count) => {
    expect(calendarEnding({ calendar: 'China 2', lastDay }, 60, NOW)).toHaveLength(count);
  });
});

describe('policy-ending', () => {
  const end = { table: 'approval-levels', validUntil: '2026-12-20' };

  it.each([
    ['finds a table whose last day comes within the days of the rule', '2026-11-21', 1],
    ['finds one whose last day is today', '2026-12-20', 1],
    ['finds nothing while more days are left', '2026-11-20', 0],
    ['leaves one that is over to the other detector', '2026-12-21', 0],
  ])('%s', (_, today, count) => {
    expect(policiesEnding([end], 30, today)).toHaveLength(count);
  });

  it('is one case until the last day changes', () => {
    const subjectOn = (today: string, validUntil: string) =>
      policiesEnding([{ ...end, validUntil }], 30, today)[0]?.subject;
    expect(subjectOn('2026-12-01', '2026-12-20')).toBe(subjectOn('2026-12-19', '2026-12-20'));
    expect(subjectOn('2026-12-01', '2026-12-21')).not.toBe(subjectOn('2026-12-01', '2026-12-20'));
  });
});

describe('policy-expired', () => {
  const end = { table: 'approval-levels', validUntil: '2026-12-20' };

  it('finds a table that counts although its last day is over, again each month', () => {
    const [first] = policiesExpired([end], '2026-12-21');
    expect(first).toMatchObject({ processIds: [], facts: { table: 'approval-levels', lastDay: '2026-12-20' } });
    expect(policiesExpired([end], '2026-12-31')).toEqual([first]);
    expect(policiesExpired([end], '2027-01-01')[0]?.subject).not.toBe(first?.subject);
  });

  it('finds nothing on the last day, before it, or where there is none', () => {
    expect(policiesExpired([end], '2026-12-20')).toEqual([]);
    expect(policiesExpired([end], '2026-01-01')).toEqual([]);
    expect(policiesExpired([], '2027-01-01')).toEqual([]);
  });
});

describe('the id of a case', () => {
  it('is one for what is found again, and another for any other detector or subject', () => {
    const finding = { detector: 'overdue', subject: 'a' } as const;
    expect(caseIdOf(finding)).toBe(caseIdOf({ ...finding }));
    expect(caseIdOf({ ...finding, subject: 'b' })).not.toBe(caseIdOf(finding));
    expect(caseIdOf({ ...finding, detector: 'vacant-post' })).not.toBe(caseIdOf(finding));
  });
});
