import { describe, expect, it } from 'vitest';
import { requisitionDocument } from '../../../functions/procurement/domain/decision-document.ts';

function notesOf(asked: string, agreed: string): readonly string[] {
  const document = requisitionDocument({
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
      },
      receipts: {},
      invoices: {},
      payments: {},
      intended: [],
      failedPayments: {},
    },
  });
  return document.notes.map(({ label }) => label.en);
}

describe('what an approver is shown of a requisition', () => {
  it('says nothing of an agreed price that is the same, however it is written', () => {
    expect(notesOf('680.00', '680')).not.toContain('Agreed price differs');
  });

  it('says when the agreed price differs', () => {
    expect(notesOf('680.00', '679.99')).toContain('Agreed price differs');
  });
});
