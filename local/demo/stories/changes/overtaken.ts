import { createBillsReader } from '../../../tryton/bills-reader.ts';
import { submitChange } from '../../engineering-changes.ts';
import { newRequestId } from '../../put-event.ts';
import { companyToday } from '../company-days.ts';
import { demand, type Story } from '../stage.ts';
import { ENGINEER, everybodyDecides, PRODUCT } from './product.ts';

export const overtaken: Story = {
  title: 'An engineering change that was overtaken: somebody altered the bill in Tryton while people decided',
  async play(stage) {
    const { endpoint, tryton } = stage.cloud;
    const bills = createBillsReader(tryton, tryton.logins.admin);
    const requestId = newRequestId('EC');
    await submitChange(
      endpoint,
      stage.busName,
      { requestId, employeeId: ENGINEER },
      {
        title: `Without wire ${requestId}`,
        reason: '',
        productCode: PRODUCT,
        effectiveOn: companyToday(),
        components: [{ productCode: 'P-3001', quantity: '1' }],
      },
    );
    await stage.answer(requestId, 'accepted');
    await bills.alter(PRODUCT, 'P-4001', 0.9);
    stage.say('meanwhile an engineer alters the bill in Tryton: 0.9 kg of wire');

    await everybodyDecides(stage, requestId);
    const { processId, text } = await stage.answer(requestId, 'cancelled');
    const wire = (await bills.billOf(PRODUCT)).find(({ productCode }) => productCode === 'P-4001');
    demand(
      wire?.quantity === '0.9',
      `Tryton makes ${PRODUCT} with ${wire?.quantity} kg of wire, not as the engineer typed`,
    );
    stage.say(`nothing was changed, and the OA was told: ${text.en}`);
    return [
      {
        processId,
        expected: [
          ['EngineeringChangeChecked'],
          ['BomFoundChanged', { productCode: PRODUCT }],
          ['EngineeringChangeClosed', { outcome: 'stale' }],
        ],
      },
    ];
  },
};
