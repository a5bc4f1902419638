import { describe, expect, it } from 'vitest';
import {
  approved,
  closed,
  findingsIn,
  found,
  opened,
  processOf,
  refused,
  registered,
  routed,
  type Written,
} from './records.ts';

const decided = (by: string, amount = '9000') =>
  processOf('P2P-1', [
    registered(),
    routed('order', amount),
    opened('order', ['E-2001', 'E-3001']),
    approved('order', 'E-2001', undefined, { outcome: 'next-level' }),
    approved('order', by),
    closed('order'),
  ]);
const LIMITS = { 'E-2001': '5000', 'E-3001': '50000', 'E-3002': '8999.99' };

describe('over-authority', () => {
  it.each([
    ['whose limit is below the amount', 'E-3002'],
    ['who has no limit at all', 'E-9999'],
  ])('finds an order whose last word is of somebody %s', (_, by) => {
    expect(findingsIn([decided(by)], LIMITS)).toMatchObject([
      { detector: 'over-authority', facts: { amount: '9000', approvers: `E-2001, ${by}` }, processIds: ['P2P-1'] },
    ]);
  });

  it.each([
    ['somebody of the approval may commit the company to the amount', decided('E-3001')],
    ['the amount is exactly the limit', decided('E-3001', '50000')],
    ['nobody approved it', processOf('P2P-1', [registered(), routed('order', '9000'), closed('order', 'rejected')])],
    [
      'the question is no question of money',
      processOf('OFF-1', [registered(), routed('office', '9000'), approved('office', 'E-9999'), closed('office')]),
    ],
  ])('finds nothing where %s', (_, process) => {
    expect(findingsIn([process], LIMITS)).toEqual([]);
  });

  it('does not count a signer who was added', () => {
    const added: Written = {
      type: 'SignerAdded',
      facts: { approvalId: 'order-1', level: 0, employeeId: 'E-2001', to: 'E-3001' },
    };
    const process = processOf('P2P-1', [
      registered(),
      routed('order', '9000'),
      added,
      approved('order', 'E-3001'),
      approved('order', 'E-2001'),
      closed('order'),
    ]);

    expect(found(findingsIn([process], LIMITS))).toEqual(['over-authority']);
  });
});

describe('segregation-of-duties', () => {
  it.each([
    ['their own request', [approved('office', 'E-1001')], 'own-request'],
    [
      'their own request through somebody who stands in',
      [approved('office', 'E-2001', undefined, { onBehalfOf: 'E-1001' })],
      'own-request',
    ],
    [
      'the payment of an order that they approved',
      [approved('order', 'E-3001'), approved('payment', 'E-3001')],
      'approved-order',
    ],
    [
      'the payment of an order, for another, that they approved',
      [approved('order', 'E-3001'), approved('payment', 'E-3001', undefined, { onBehalfOf: 'E-4002' })],
      'approved-order',
    ],
    [
      'the payment of an order that they approved for another',
      [approved('order', 'E-3001', undefined, { onBehalfOf: 'E-2001' }), approved('payment', 'E-3001')],
      'approved-order',
    ],
    [
      'the payment of an order that was approved in their name',
      [approved('order', 'E-3001', undefined, { onBehalfOf: 'E-4002' }), approved('payment', 'E-4002')],
      'approved-order',
    ],
    [
      'the payment in the name of whoever approved the order',
      [approved('order', 'E-4002'), approved('payment', 'E-3001', undefined, { onBehalfOf: 'E-4002' })],
      'approved-order',
    ],
    [
      'the payment through one substitute, and the order through another',
      [
        approved('order', 'E-3001', undefined, { onBehalfOf: 'E-4002' }),
        approved('payment', 'E-3002', undefined, { onBehalfOf: 'E-4002' }),
      ],
      'approved-order',
    ],
    [
      'what they were barred from',
      [
        routed('payment', '10', { excluded: [{ employeeId: 'E-4001', reason: 'ordered it' }] }),
        approved('payment', 'E-4001'),
      ],
      'barred',
    ],
  ])('finds somebody who approves %s', (_, written, duty) => {
    expect(findingsIn([processOf('P2P-1', [registered(), ...written])])).toMatchObject([
      { detector: 'segregation-of-duties', facts: { duty } },
    ]);
  });

  it.each([
    ['different people approve order and payment', [approved('order', 'E-3001'), approved('payment', 'E-4002')]],
    [
      'four people have parts in order and payment',
      [
        approved('order', 'E-3001', undefined, { onBehalfOf: 'E-2001' }),
        approved('payment', 'E-4002', undefined, { onBehalfOf: 'E-4001' }),
      ],
    ],
    [
      'who decides on the payment took their yes to the order back',
      [
        approved('order', 'E-3001'),
        { type: 'DecisionTakenBack', facts: { approvalId: 'order-1', level: 0, employeeId: 'E-3001' } },
        approved('order', 'E-2001'),
        approved('payment', 'E-3001'),
      ],
    ],
    [
      'the payment comes first and the order is another question',
      [approved('payment', 'E-3001'), approved('invoice-mismatch', 'E-3001')],
    ],
    [
      'the requester rejects it',
      [{ ...approved('office', 'E-1001'), facts: { ...approved('office', 'E-1001').facts, action: 'reject' } }],
    ],
    ['an operator who asked for it retries a step', [approved('operator', 'E-1001')]],
  ])('finds nothing where %s', (_, written) => {
    expect(findingsIn([processOf('P2P-1', [registered(), ...written])])).toEqual([]);
  });
});

describe('fast-approval', () => {
  const decidedAfter = (minutes: number) =>
    processOf('P2P-1', [registered(), opened('office', ['E-2001'], 100), approved('office', 'E-2001', 100 + minutes)]);

  it('finds a decision that came sooner than anybody reads', () => {
    expect(findingsIn([decidedAfter(4 / 60)])).toMatchObject([{ detector: 'fast-approval', facts: { seconds: '4' } }]);
  });

  it.each([
    ['it took as long as the rule asks for', decidedAfter(5 / 60)],
    ['the clock went back between question and decision', decidedAfter(-10)],
    [
      'the task came to them long after the level opened for others',
      processOf('P2P-1', [registered(), opened('office', ['E-2001'], 100), approved('office', 'E-7777', 100)]),
    ],
  ])('finds nothing where %s', (_, process) => {
    expect(findingsIn([process])).toEqual([]);
  });

  it('counts from when the task was handed on', () => {
    const handed: Written = {
      type: 'TaskTransferred',
      facts: { approvalId: 'office-1', employeeId: 'E-2001', to: 'E-2002' },
      minute: 200,
    };
    const process = processOf('P2P-1', [
      registered(),
      opened('office', ['E-2001'], 100),
      handed,
      approved('office', 'E-2002', 200),
    ]);

    expect(found(findingsIn([process]))).toEqual(['fast-approval']);
  });
});

describe('refused-attempts', () => {
  const attempts = (minutes: readonly number[], refusal?: string) =>
    processOf('P2P-1', [registered(), ...minutes.map((minute) => refused('E-1002', minute, refusal))]);

  it('finds five attempts within the hour, over several processes', () => {
    const other = processOf('P2P-2', [registered(), refused('E-1002', 3), refused('E-1002', 4)]);

    expect(findingsIn([attempts([0, 1, 2]), other])).toMatchObject([
      {
        detector: 'refused-attempts',
        subject: 'E-1002#2026-03-02',
        processIds: ['P2P-1', 'P2P-2'],
        facts: { employeeId: 'E-1002' },
      },
    ]);
  });

  it('is one case for a person and a day, however many follow', () => {
    expect(findingsIn([attempts([0, 1, 2, 3, 4, 5, 6])])).toMatchObject([{ evidence: { length: 7 } }]);
  });

  it.each([
    ['there are four', attempts([0, 1, 2, 3])],
    ['they are spread over the day', attempts([0, 20, 40, 60, 80])],
    ['they are of haste: what was decided is decided again', attempts([0, 1, 2, 3, 4, 5], 'already-decided')],
  ])('finds nothing where %s', (_, process) => {
    expect(findingsIn([process])).toEqual([]);
  });

  it('does not add up different people', () => {
    const other = processOf('P2P-2', [registered(), refused('E-1003', 3), refused('E-1003', 4)]);
    expect(findingsIn([attempts([0, 1, 2]), other])).toEqual([]);
  });
});
