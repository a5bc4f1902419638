/** A company's purchase form in a suite, and what its file of forms says of it. */
import type { FormInstance } from '../../functions/intake/port.ts';

export const purchaseForm = {
  name: '采购申请',
  form: 'FORM-1',
  when: 'filed',
  event: 'PurchaseRequisitionSubmitted',
  fields: {
    'requisition.title': { from: 'title' },
    'requisition.costCentre': { from: 'department', values: { 研发部: 'CC-100' } },
    'requisition.supplierCode': { from: 'supplier' },
    'requisition.currency': { is: 'CNY' },
    'requisition.total': { from: 'total' },
    'requisition.lines': {
      rows: 'items',
      fields: {
        productCode: { from: 'product' },
        quantity: { from: 'quantity' },
        unitPrice: { from: 'price' },
        amount: { from: 'amount' },
      },
    },
  },
};

/** The form as somebody filled it in. */
export function purchaseInstance(changes: Partial<FormInstance> = {}): FormInstance {
  return {
    change: 'filed',
    userId: 'E-1001',
    values: {
      title: 'Packing material for December',
      department: '研发部',
      supplier: 'S-100',
      total: '500.00',
      items: [{ product: 'P-100', quantity: '40', price: '12.50', amount: '500.00' }],
      remark: 'nothing that is mapped',
    },
    ...changes,
  };
}
