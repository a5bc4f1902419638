import { describe, expect, it } from 'vitest';
import type { ApprovalLevelRule } from '../../../functions/approvals/domain/level-rule.ts';
import { createFileDirectory } from '../../../functions/directory/file-directory.ts';
import type { ObservedWaits, PastLevel } from '../../../functions/insight/domain/way.ts';
import { type PastApproval, whatIf } from '../../../functions/insight/what-if.ts';
import { chanceOf } from '../../../local/history/chance.ts';
import { linesOf } from '../../../local/tools/insight/what-if-words.ts';
import { companyPolicies, directoryData } from '../../support/purchase-company.ts';

const COSTS = { minutesPerAnswer: 6, hourlyRate: 100 };
const people = directoryData.people.map(({ absences: _away, ...person }) => person);
const [DESIGN, QUALITY, WORKS] = ['E-2001', 'E-3001', 'E-4001'];

/** A level as the changed tables name it. */
function rule(level: string, approver: string, isParallel = false): ApprovalLevelRule {
  return {
    ...{ level, approvers: [{ rule: approver, weight: 1 }], mode: { kind: 'any' }, isParallel },
    ...{ remindAfterHours: 24, escalateAfterHours: 48, expireAfterHours: 240 },
  };
}

/** A level as it was. */
function level(name: string, by = DESIGN, isParallel = false): PastLevel {
  return { name, approverIds: [by], isParallel };
}

function past(processId: string, ...levels: readonly PastLevel[]): PastApproval {
  return {
    processId,
    question: {
      ...{ subject: 'engineering-change', requesterId: 'E-1001', amount: '0', costCentre: '' },
      scope: { lines: [{ category: '', currency: 'CNY' }] },
    },
    excluded: [],
    levels,
  };
}

/** Every wait of a level was as long, so that what is drawn is known. */
const WAITS: ObservedWaits = new Map(
  Object.entries({ Design: 2, Quality: 10, Works: 7 }).map(([name, hours]) => [
    `engineering-change/${name}`,
    [hours, hours, hours],
  ]),
);

function replay(history: readonly PastApproval[], rules: readonly ApprovalLevelRule[]) {
  async function* approvals() {
    yield* history;
  }
  const policies = { ...companyPolicies, approvalLevels: async () => rules };
  const deps = { policies, directory: createFileDirectory({ ...directoryData, people }) };
  return whatIf(deps, { approvals: approvals(), waits: WAITS, costs: COSTS, random: chanceOf('small').next });
}

describe('levels beside each other', () => {
  it('wait as long as the slowest of them, and not one after the other', async () => {
    const inTurn = past('EC-1', level('Design'), level('Quality', QUALITY), level('Works', WORKS));
    const beside = [
      rule('Design', `person:${DESIGN}`),
      rule('Quality', `person:${QUALITY}`, true),
      rule('Works', `person:${WORKS}`, true),
    ];

    const result = await replay([inTurn], beside);

    // 2 + 10 + 7 hours one after the other, 10 side by side.
    expect(result.hoursSaved).toMatchObject({ expected: 9 });
    expect(result).toMatchObject({ changed: 1, answers: { before: 3, after: 3 } });
    expect(result.examples[0]?.after).toBe('Design (E-2001) ∥ Quality (E-3001) ∥ Works (E-4001)');
  });

  it('save nothing by one of them that falls away while a slower one stays', async () => {
    const beside = past('EC-1', level('Design'), level('Quality', QUALITY, true));
    const result = await replay([beside], [rule('Quality', `person:${QUALITY}`)]);

    expect(result.hoursSaved).toMatchObject({ expected: 0, low: 0, high: 0 });
    expect(result.answers).toEqual({ before: 2, after: 1 });
  });

  it('add what they took beside each other where they are asked one after the other instead', async () => {
    const beside = past('EC-1', level('Design'), level('Quality', QUALITY, true));
    const inTurn = [rule('Design', `person:${DESIGN}`), rule('Quality', `person:${QUALITY}`)];

    expect((await replay([beside], inTurn)).hoursSaved).toMatchObject({ expected: -2 });
  });
});

describe('approvals that nobody could give', () => {
  const lost = (processId: string): PastApproval => ({
    ...past(processId, level('Design'), level('Quality', QUALITY)),
    excluded: people.map(({ employeeId }) => ({ employeeId, reason: 'has a part in it' })),
  });
  const history = [lost('EC-1'), past('EC-2', level('Design'), level('Quality', QUALITY)), lost('EC-3')];
  const same = [rule('Design', `person:${DESIGN}`), rule('Quality', `person:${QUALITY}`)];

  it('save no answer, no hour and no money', async () => {
    const result = await replay(history, same);

    expect(result).toMatchObject({ approvals: 3, changed: 0, answers: { before: 2, after: 2 } });
    expect(result.hoursSaved).toMatchObject({ expected: 0 });
    expect(result.cost.after).toBe(result.cost.before);
    expect(result.levels.every(({ before, after }) => before === after)).toBe(true);
  });

  it('are exceptions, each named by its request under what would stop it', async () => {
    const result = await replay(history, same);
    const lines = linesOf(result, 'en', 'CNY').join('\n');

    expect(result.impossible.map(({ processId }) => processId)).toEqual(['EC-1', 'EC-3']);
    expect(lines).toContain('which are counted in no saving: 2');
    expect(lines).toMatch(/: EC-1, EC-3/);
    expect(linesOf(result, 'zh-CN', 'CNY').join('\n')).toContain('不计入任何节省');
  });
});
