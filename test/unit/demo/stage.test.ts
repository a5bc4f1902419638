import { describe, expect, it } from 'vitest';
import { standInOrder } from '../../../local/demo/stories/stage.ts';

const entries = [
  ['LevelOpened', { approverIds: ['E-1', 'E-2'] }],
  ['DecisionMade', { employeeId: 'E-1' }],
  ['DecisionMade', { employeeId: 'E-2', onBehalfOf: 'E-3' }],
] as const;
const record = entries.map(([type, facts], index) => ({
  ...{ sequence: index + 1, type, facts, occurredAt: '2026-11-26T00:00:00.000Z', actor: 'approvals' },
}));

describe('what a story expects of a record', () => {
  it.each([
    ['is there in its order, with others between', [['LevelOpened'], ['DecisionMade', { employeeId: 'E-2' }]], true],
    ['has a list among its facts', [['LevelOpened', { approverIds: ['E-1', 'E-2'] }]], true],
    [
      'stands in another order',
      [
        ['DecisionMade', { employeeId: 'E-2' }],
        ['DecisionMade', { employeeId: 'E-1' }],
      ],
      false,
    ],
    ['has another fact', [['DecisionMade', { employeeId: 'E-2', onBehalfOf: 'E-1' }]], false],
    ['is there once and is expected twice', [['LevelOpened'], ['LevelOpened']], false],
    ['is not there', [['ApprovalClosed']], false],
  ] as const)('%s', (_case, expected, isThere) => {
    expect(standInOrder(record, expected)).toBe(isThere);
  });
});
