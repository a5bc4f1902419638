/** A process head as the tests of this folder begin with. */
import { EMPTY_CHAIN, type NewEntry } from '../../../functions/audit/domain/record.ts';
import type { ProcessHead, Wait } from '../../../functions/process/domain/process.ts';

export interface Counter {
  readonly count: number;
  readonly by: readonly string[];
}

export function newHead(changes: Partial<ProcessHead<Counter>> = {}): ProcessHead<Counter> {
  return {
    processId: 'P2P-1',
    kind: 'test',
    executionId: 'execution-1',
    oa: { system: 'oa', requestId: 'PR-1' },
    requesterId: 'E-1001',
    chain: EMPTY_CHAIN,
    status: 'running',
    phase: 'Registration',
    startedAt: '2026-01-01T00:00:00.000Z',
    waits: {},
    answers: {},
    holds: [],
    state: { count: 0, by: [] },
    ...changes,
  };
}

export function newWait(waitId: string, token = `token of ${waitId}`): Wait {
  return {
    waitId,
    kind: 'approval',
    subject: 'order-1',
    token,
    openedAt: '2026-01-01T00:00:00.000Z',
    deadline: '2026-01-08T00:00:00.000Z',
    owner: 'E-1002',
  };
}

export function noted(facts: NewEntry['facts'] = {}): NewEntry {
  return { type: 'Noted', actor: { kind: 'meridian', id: 'test' }, facts };
}
