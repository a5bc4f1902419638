/** What a suite told of, worked on: read again, mapped, and put on the bus. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { leaveApprovedSchema } from '../../../functions/events/leave-approved.ts';
import { purchaseRequisitionSubmittedSchema } from '../../../functions/events/purchase-requisition-submitted.ts';
import { purchaseRequisitionUrgedSchema } from '../../../functions/events/purchase-requisition-urged.ts';
import { mapForm } from '../../../functions/intake/domain/map-form.ts';
import { parseForms } from '../../../functions/intake/forms-file.ts';
import type { FormInstance, FormRow, QueuedChange } from '../../../functions/intake/port.ts';
import { takeChange } from '../../../functions/intake/take-change.ts';
import type { BusEvent } from '../../../functions/process/event-publisher.ts';
import { ConnectorPermanentError, ConnectorTransientError } from '../../../functions/runtime/errors.ts';
import { SettableClock } from '../../support/ambient.ts';
import { MemoryStore } from '../../support/memory-store.ts';
import { purchaseForm, purchaseInstance } from '../../support/suite-forms.ts';

const CHANGE: QueuedChange = {
  system: 'feishu',
  instanceId: '81D31358-93AF-92D6-7425-01A5D67C4E71',
  form: 'FORM-1',
  change: 'filed',
  occurredAt: '2026-11-25T01:30:00.000Z',
};
const WITHDRAWN = {
  form: 'FORM-1',
  when: 'withdrawn',
  event: 'PurchaseRequisitionWithdrawn',
  fields: { reason: { is: 'Withdrawn in Feishu' } },
};
const URGED = { form: 'FORM-1', when: 'urged', event: 'PurchaseRequisitionUrged', fields: {} };
const LEAVE = {
  form: 'LEAVE',
  when: 'approved',
  event: 'LeaveApproved',
  fields: { from: { from: 'days.start' }, until: { from: 'days.end', dayAfter: true }, scope: { from: 'scope' } },
};

function opened(instance: FormInstance | Error = purchaseInstance(), otherForms: 'keep' | 'ignore' = 'keep') {
  const bus: BusEvent[] = [];
  const read: string[] = [];
  let isBusDown = false;
  const table = parseForms({ otherForms, forms: [purchaseForm, WITHDRAWN, URGED, LEAVE] });
  const instances = {
    async read(instanceId: string) {
      read.push(instanceId);
      if (instance instanceof Error) {
        throw instance;
      }
      return instance;
    },
  };
  const deps = {
    store: new MemoryStore(),
    clock: new SettableClock(),
    publisher: {
      async publish(events: readonly BusEvent[]) {
        if (isBusDown) {
          throw new ConnectorTransientError('EventBridge did not take 1 of 1 events');
        }
        bus.push(...events);
      },
    },
    suiteOf: (system: string) => (system === 'feishu' ? { instances, table } : undefined),
  };
  const take = (change: Partial<QueuedChange> = {}) => takeChange(deps, { ...CHANGE, ...change });
  return { take, bus, read, breakBus: (isDown: boolean) => (isBusDown = isDown) };
}

describe('a form that was filed', () => {
  it('lies on the bus as the event that the table says, with what the suite itself has', async () => {
    const { take, bus } = opened();

    expect(await take()).toEqual({ result: 'put', detailType: 'PurchaseRequisitionSubmitted' });

    expect(bus).toHaveLength(1);
    expect(bus[0]).toMatchObject({ source: 'meridian.oa', detailType: 'PurchaseRequisitionSubmitted' });
    expect(purchaseRequisitionSubmittedSchema.parse(bus[0]?.detail)).toMatchObject({
      metadata: {
        eventId: `${CHANGE.instanceId}-filed`,
        correlationId: CHANGE.instanceId,
        occurredAt: CHANGE.occurredAt,
        schemaVersion: '1.0',
      },
      oa: { system: 'feishu', requestId: CHANGE.instanceId },
      requester: { employeeId: 'E-1001' },
      requisition: {
        costCentre: 'CC-100',
        currency: 'CNY',
        lines: [{ productCode: 'P-100', quantity: '40', unitPrice: '12.50', amount: '500.00' }],
        total: '500.00',
      },
    });
  });

  it('is put once, however often the suite tells it', async () => {
    const { take, bus } = opened();
    await take();

    expect(await take()).toMatchObject({ result: 'put-before' });
    expect(await take({ occurredAt: '2026-11-25T01:31:00.000Z' })).toMatchObject({ result: 'put-before' });
    expect(bus).toHaveLength(1);
  });

  it('comes back to the queue while the bus does not take it, and is put then', async () => {
    const { take, bus, breakBus } = opened();
    breakBus(true);
    await expect(take()).rejects.toMatchObject({ name: 'ConnectorTransientError' });

    breakBus(false);

    expect(await take()).toMatchObject({ result: 'put' });
    expect(bus).toHaveLength(1);
  });

  it('that lacks a field, or has words that the table does not know, is put as it is: the process answers its requester', async () => {
    const { values } = purchaseInstance();
    const { take, bus } = opened(purchaseInstance({ values: { ...values, department: '市场部', supplier: ' ' } }));

    await take();

    expect(bus[0]?.detail).toMatchObject({ requisition: { costCentre: '市场部' } });
    expect(bus[0]?.detail).not.toHaveProperty('requisition.supplierCode');
  });

  it('of a form that no rule names waits for the operators, or is ignored where the table says so', async () => {
    await expect(opened().take({ form: 'OTHER' })).rejects.toMatchObject({
      name: 'ConfigError',
      message: expect.stringContaining('form OTHER of feishu'),
    });

    const { take, bus, read } = opened(purchaseInstance(), 'ignore');
    expect(await take({ form: 'OTHER' })).toEqual({ result: 'ignored', why: 'form' });
    expect([bus, read]).toEqual([[], []]);
  });

  it('of a suite that the company no longer has waits for the operators', async () => {
    await expect(opened().take({ system: 'wecom' })).rejects.toMatchObject({ name: 'ConfigError' });
  });

  it('that the suite does not know is not put', async () => {
    const { take, bus } = opened(new ConnectorPermanentError('Feishu knows no such instance'));

    await expect(take()).rejects.toMatchObject({ name: 'ConnectorPermanentError' });
    expect(bus).toEqual([]);
  });
});

describe('what becomes of a form', () => {
  it('is believed when the suite itself says so, and comes back until then', async () => {
    await expect(opened().take({ change: 'withdrawn' })).rejects.toMatchObject({ name: 'ConnectorTransientError' });

    const { take, bus } = opened(purchaseInstance({ change: 'withdrawn' }));
    expect(await take({ change: 'withdrawn' })).toMatchObject({ result: 'put' });
    expect(bus[0]).toMatchObject({
      detailType: 'PurchaseRequisitionWithdrawn',
      detail: { withdrawnBy: { employeeId: 'E-1001' }, reason: 'Withdrawn in Feishu' },
    });
  });

  it('is nobody’s business where the table has no rule for it', async () => {
    const { take, read } = opened();

    expect(await take({ change: 'approved' })).toEqual({ result: 'ignored', why: 'change' });
    expect(read).toEqual([]);
  });

  it('is forgotten when the form was withdrawn meanwhile', async () => {
    const { take, bus } = opened(purchaseInstance({ change: 'withdrawn' }));

    expect(await take({ form: 'LEAVE', change: 'approved' })).toEqual({ result: 'ignored', why: 'overtaken' });
    expect(bus).toEqual([]);
  });

  it('makes a leave of days, the last of them included', async () => {
    const values = { days: { start: '2026-12-01', end: '2026-12-07' }, scope: ['order', 'payment'] };
    const { take, bus } = opened(purchaseInstance({ change: 'approved', values }));

    await take({ form: 'LEAVE', change: 'approved' });

    expect(leaveApprovedSchema.parse(bus[0]?.detail)).toMatchObject({
      employee: { employeeId: 'E-1001' },
      from: '2026-12-01T00:00:00+08:00',
      until: '2026-12-08T00:00:00+08:00',
      scope: ['order', 'payment'],
    });
  });
});

describe('a value of a form', () => {
  const one = (
    kind: 'text' | 'date' | 'instant' | 'whole' | 'flag' | 'list',
    value: FormRow[string],
    dayAfter = false,
  ) => mapForm([{ path: 'x', kind, from: 'w', dayAfter }], { w: value }).x;

  it.each([
    ['text', ' 1250.50 ', '1250.50'],
    ['text', ['A', 'B'], 'A, B'],
    ['date', '2026-12-01', '2026-12-01'],
    ['date', '2026-12-01T09:30:00+08:00', '2026-12-01'],
    ['date', '2026-11-30T16:00:00Z', '2026-12-01'],
    ['date', 'soon', 'soon'],
    ['instant', '2026-12-01', '2026-12-01T00:00:00+08:00'],
    ['instant', '2026-12-01 09:30', '2026-12-01T09:30:00+08:00'],
    ['instant', '2026-12-01T09:30:15+09:00', '2026-12-01T09:30:15+09:00'],
    ['instant', '2026-11-30T16:00:00.000Z', '2026-12-01T00:00:00+08:00'],
    ['instant', '25:00', '25:00'],
    ['whole', '3', 3],
    ['whole', '3.0', 3],
    ['whole', '3.5', '3.5'],
    ['flag', true, true],
    ['flag', 'false', false],
    ['flag', '是', '是'],
    ['list', 'order', ['order']],
    ['list', ['order'], ['order']],
    ['text', '', undefined],
  ] as const)('as %s, %j is %j', (kind, value, expected) => {
    expect(one(kind, value)).toEqual(expected);
  });

  it('of the last day is the day after it, over the ends of months and years', () => {
    expect([one('date', '2026-12-31', true), one('instant', '2028-02-28 18:00', true)]).toEqual([
      '2027-01-01',
      '2028-02-29T00:00:00+08:00',
    ]);
  });

  it('never makes the mapping fail, nor reach a name that the table does not say', () => {
    const text = fc.oneof(fc.string(), fc.constantFrom('__proto__', 'constructor', '2026-13-45', '9'.repeat(40)));
    const leaf = fc.oneof(text, fc.boolean(), fc.array(text), fc.record({ start: text, end: text }));
    const values = fc.dictionary(text, fc.oneof(leaf, fc.array(fc.dictionary(text, leaf))));
    const { rules } = parseForms({ forms: [purchaseForm, LEAVE] });
    fc.assert(
      fc.property(values, fc.dictionary(fc.constantFrom('title', 'items', 'days', 'total'), leaf), (others, named) => {
        for (const { fields } of rules) {
          expect(Object.keys(mapForm(fields, { ...others, ...named })).sort()).toEqual(
            expect.toSatisfy((keys: string[]) =>
              keys.every((key) => ['requisition', 'from', 'until', 'scope'].includes(key)),
            ),
          );
        }
      }),
    );
  });
});

describe('a form that is urged', () => {
  it('lies on the bus each time that the suite tells of it, once for each', async () => {
    const { take, bus } = opened();
    const again = { change: 'urged', occurredAt: '2026-11-25T02:30:00.000Z' } as const;

    expect(await take({ change: 'urged' })).toEqual({ result: 'put', detailType: 'PurchaseRequisitionUrged' });
    expect(await take({ change: 'urged' })).toMatchObject({ result: 'put-before' });
    expect(await take(again)).toMatchObject({ result: 'put' });

    const urgings = bus.map(({ detail }) => purchaseRequisitionUrgedSchema.parse(detail));
    expect(new Set(urgings.map(({ metadata }) => metadata.eventId)).size).toBe(2);
    expect(urgings[0]).toMatchObject({ oa: { requestId: CHANGE.instanceId }, urgedBy: { employeeId: 'E-1001' } });
  });

  it.each(['approved', 'rejected', 'withdrawn'] as const)('and is %s by now is urged no more', async (change) => {
    const { take, bus } = opened(purchaseInstance({ change }));

    expect(await take({ change: 'urged' })).toEqual({ result: 'ignored', why: 'overtaken' });
    expect(bus).toEqual([]);
  });
});
