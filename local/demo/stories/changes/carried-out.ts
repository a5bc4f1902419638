import { createBillsReader } from '../../../tryton/bills-reader.ts';
import { submitChange } from '../../engineering-changes.ts';
import { newRequestId } from '../../put-event.ts';
import { companyToday } from '../company-days.ts';
import { demand, type Story } from '../stage.ts';
import { ENGINEER, everybodyDecides, PRODUCT } from './product.ts';

export const carriedOut: Story = {
  title:
    'Engineering change (工程变更): four departments beside each other, and the bill of materials in Tryton on its day',
  async play(stage) {
    const { endpoint, tryton } = stage.cloud;
    const bills = createBillsReader(tryton, tryton.logins.admin);
    const before = await bills.billOf(PRODUCT);
    const requestId = newRequestId('EC');
    const components = before.map(({ productCode, quantity }) => ({
      productCode,
      quantity: productCode === 'P-4001' ? String(Number(quantity) + 0.01) : quantity,
    }));
    await submitChange(
      endpoint,
      stage.busName,
      { requestId, employeeId: ENGINEER },
      { title: `Longer leads ${requestId}`, reason: '', productCode: PRODUCT, effectiveOn: companyToday(), components },
    );
    stage.say(`${PRODUCT} is to have more wire from today on: ${shown(before)} becomes ${shown(components)}`);

    await everybodyDecides(stage, requestId);
    const { processId } = await stage.answer(requestId, 'implemented');
    const after = await bills.billOf(PRODUCT);
    demand(shown(after) === shown(components), `Tryton makes ${PRODUCT} of ${shown(after)}`);
    stage.say(`Tryton makes ${PRODUCT} of ${shown(after)} from now on`);
    return [
      {
        processId,
        expected: [
          ['EngineeringChangeRegistered'],
          ['EngineeringChangeChecked'],
          ['ApprovalRouted', { subject: 'engineering-change' }],
          ['BomVersionPrepared'],
          ['BomChanged', { productCode: PRODUCT }],
          ['EngineeringChangeClosed', { outcome: 'implemented' }],
        ],
      },
    ];
  },
};

function shown(bill: readonly { readonly productCode: string; readonly quantity: string }[]): string {
  return bill.map(({ productCode, quantity }) => `${quantity} ${productCode}`).join(', ');
}
