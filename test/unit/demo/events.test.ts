import { describe, expect, it } from 'vitest';
import { checkRequisition } from '../../../functions/procurement/domain/check-requisition.ts';
import { requisitionOf } from '../../../local/demo/events.ts';

const FILING = { title: 'Wire', costCentre: 'CC-100', supplierCode: 'SUP-002' };

describe("the OA's arithmetic", () => {
  it.each([
    [
      'CNY',
      [
        ['2.5', '71.3500'],
        ['1', '0.005'],
      ],
      ['178.38', '0.01'],
      '178.39',
    ],
    ['JPY', [['3', '0.5']], ['2'], '2'],
  ] as const)('rounds each line in %s as Meridian expects it', (currency, lines, amounts, total) => {
    const requisition = requisitionOf({
      ...FILING,
      currency,
      lines: lines.map(([quantity, unitPrice]) => ({ productCode: 'P-4001', quantity, unitPrice })),
    });

    expect(requisition.lines.map(({ amount }) => amount)).toEqual(amounts);
    expect(requisition.total).toBe(total);
    expect(checkRequisition(requisition).issues).toEqual([]);
  });
});
