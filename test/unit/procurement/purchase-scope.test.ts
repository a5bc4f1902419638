import { describe, expect, it } from 'vitest';
import { requisitionSchema } from '../../../functions/events/purchase-requisition-submitted.ts';
import { requisitionDocument } from '../../../functions/procurement/domain/decision-document.ts';
import type { Enrichment } from '../../../functions/procurement/domain/purchase.ts';
import { purchaseScope } from '../../../functions/procurement/domain/purchase-scope.ts';
import { requisitionEvent } from '../../support/purchase-company.ts';

const NOTHING_YET = {
  filed: {},
  filedDigest: '',
  receipts: {},
  invoices: {},
  payments: {},
  intended: [],
  failedPayments: {},
};
const PLAIN = { unit: 'Unit', onHand: '0' };
const ENRICHMENT: Enrichment = {
  supplierName: 'Supplier',
  rate: '8',
  baseTotal: { amount: '80.00', currency: 'CNY' },
  products: [
    { code: 'P-1', name: 'One', ...PLAIN, categories: ['custom-made', 'tools'] },
    { code: 'P-2', name: 'Two', ...PLAIN },
  ],
};

function requisition(categories: readonly (string | undefined)[], more: object = {}) {
  const lines = categories.map((category, index) => ({
    productCode: `P-${index + 1}`,
    ...{ quantity: '1', unitPrice: '5.00', amount: '5.00' },
    ...(category === undefined ? {} : { category }),
  }));
  return requisitionSchema.parse({ ...requisitionEvent().requisition, currency: 'EUR', lines, ...more });
}

const categoriesOf = (categories: readonly (string | undefined)[], enrichment: Enrichment | undefined = ENRICHMENT) =>
  purchaseScope({ requisition: requisition(categories), ...(enrichment && { enrichment }) }, 'CNY').lines.map(
    ({ category }) => category,
  );

describe('what the rules tell purchases apart by', () => {
  it.each([
    { what: 'what the ERP says of the products', filed: [undefined, undefined], wanted: ['', 'custom-made', 'tools'] },
    {
      what: 'what the requester says, of any line',
      filed: [undefined, 'furniture'],
      wanted: ['custom-made', 'furniture', 'tools'],
    },
    {
      what: 'both, where they differ',
      filed: ['furniture', undefined],
      wanted: ['', 'custom-made', 'furniture', 'tools'],
    },
    { what: 'each once', filed: ['tools', 'tools'], wanted: ['custom-made', 'tools'] },
  ])('is $what', ({ filed, wanted }) => {
    expect(categoriesOf(filed)).toEqual(wanted);
  });

  it('is the currency of the requisition, and the legal entity that it names', () => {
    const scope = purchaseScope({ requisition: requisition([undefined], { legalEntity: 'DE01' }) }, 'CNY');

    expect(scope).toEqual({ legalEntity: 'DE01', lines: [{ category: '', currency: 'EUR' }] });
    expect(purchaseScope({}, 'CNY')).toEqual({ lines: [{ category: '', currency: 'CNY' }] });
  });

  it('is shown to whoever decides', () => {
    const shown = { requesterName: 'Zhao', baseCurrency: 'CNY' };
    const state = {
      ...NOTHING_YET,
      requisition: requisition(['furniture', undefined], { legalEntity: 'DE01' }),
      enrichment: ENRICHMENT,
    };
    const document = requisitionDocument({ ...shown, state });

    const noteOf = (name: string) => document.notes.find(({ label }) => label.en === name)?.value;
    expect([noteOf('Categories'), noteOf('Legal entity')]).toEqual(['custom-made, furniture, tools', 'DE01']);
  });
});
