import { describe, expect, it } from 'vitest';
import type { Budget } from '../../../functions/connectors/erp/port.ts';
import { requisitionDocument } from '../../../functions/procurement/domain/decision-document.ts';
import type { Enrichment } from '../../../functions/procurement/domain/purchase.ts';

function notesOf(asked: string, agreed: string): readonly string[] {
  return documentOf(asked, agreed).notes.map(({ label }) => label.en);
}

function documentOf(asked: string, agreed: string, enrichment: Partial<Enrichment> = {}) {
  return requisitionDocument({
    requesterName: 'Li Na',
    baseCurrency: 'CNY',
    state: {
      filed: {},
      filedDigest: '',
      requisition: {
        title: 'Chairs',
        justification: '',
        costCentre: 'CC-100',
        supplierCode: 'S-1',
        currency: 'CNY',
        lines: [{ productCode: 'P-1', quantity: '1', unitPrice: asked, amount: '680.00' }],
        total: '680.00',
      },
      enrichment: {
        supplierName: 'Supplier',
        products: [
          {
            code: 'P-1',
            name: 'Chair',
            unit: 'Unit',
            onHand: '3',
            supplierPrice: { amount: agreed, currency: 'CNY' },
          },
        ],
        rate: '1',
        baseTotal: { amount: '680.00', currency: 'CNY' },
        ...enrichment,
      },
      receipts: {},
      invoices: {},
      payments: {},
      intended: [],
      failedPayments: {},
    },
  });
}

describe('what an approver is shown of a requisition', () => {
  it('says nothing of an agreed price that is the same, however it is written', () => {
    expect(notesOf('680.00', '680')).not.toContain('Agreed price differs');
  });

  it('says when the agreed price differs', () => {
    expect(notesOf('680.00', '679.99')).toContain('Agreed price differs');
  });
});

describe('what an approver is shown of a budget', () => {
  const money = (amount: string, currency = 'CNY') => ({ amount, currency });
  const budget: Budget = { from: '2026-01-01', to: '2026-12-31', budgeted: money('1000.00'), used: money('100.25') };
  const shown = (changes: Partial<Budget> = {}) => documentOf('1', '1', { budget: { ...budget, ...changes } }).budget;

  it('is what is left after the request, what is used and what is ordered', () => {
    expect(shown()).toMatchObject({ used: '100.25', leftAfter: '219.75' });
    expect(shown({ committed: money('219.75') })).toMatchObject({ committed: '219.75', leftAfter: '0.00' });
    expect(shown({ committed: money('219.76') })).toMatchObject({ leftAfter: '-0.01' });
  });

  it('is not compared with a request of another currency', () => {
    const other = shown({ budgeted: money('1000.00', 'EUR'), used: money('0.00', 'EUR') });

    expect(other).toEqual({ from: '2026-01-01', to: '2026-12-31', currency: 'EUR', budgeted: '1000.00', used: '0.00' });
  });

  it('is nothing where there is none', () => {
    expect(documentOf('1', '1')).not.toHaveProperty('budget');
  });
});
