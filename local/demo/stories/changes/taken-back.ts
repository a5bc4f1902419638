import { createBillsReader } from '../../../tryton/bills-reader.ts';
import { actByMail, decideByMail } from '../../approver.ts';
import { resubmitChange, submitChange, withdrawChange } from '../../engineering-changes.ts';
import { newRequestId } from '../../put-event.ts';
import { companyToday, workingDaysFrom } from '../company-days.ts';
import { demand, type Story } from '../stage.ts';
import { ENGINEER, everybodyDecides, PRODUCT } from './product.ts';

const ENGINEERING = 'E-3002';
const PURCHASING = 'E-4001';

export const changeTakenBack: Story = {
  title:
    'An engineering change that is returned, approved for a later day and taken back; another that purchasing rejects',
  async play(stage) {
    const { endpoint, tryton } = stage.cloud;
    const bills = createBillsReader(tryton, tryton.logins.admin);
    const before = JSON.stringify(await bills.billOf(PRODUCT));
    const filed = { requestId: newRequestId('EC'), employeeId: ENGINEER };
    const [later = ''] = await workingDaysFrom(5, 1);
    const change = {
      title: `One sensor more ${filed.requestId}`,
      reason: '',
      productCode: PRODUCT,
      effectiveOn: companyToday(),
      components: [{ productCode: 'P-3001', quantity: '2' }],
    };
    await submitChange(endpoint, stage.busName, filed, change);
    await actByMail(await stage.mailTo(ENGINEERING, filed.requestId), 'return-to-requester', {
      comment: 'Not before the shop floor is ready',
    });
    const { facts } = await stage.answer(filed.requestId, 'returned');
    const replacesVersion = Number(facts.version);
    // Links to the version before are dead: the new title tells the mails apart.
    const again = `later ${filed.requestId}`;
    await resubmitChange(
      endpoint,
      stage.busName,
      { ...filed, replacesVersion },
      { ...change, title: `One sensor more, ${again}`, effectiveOn: later },
    );
    stage.say(`engineering returned it with words, and it was filed again for ${later}`);

    await everybodyDecides(stage, again);
    const { processId } = await stage.answer(filed.requestId, 'recorded');
    await withdrawChange(endpoint, stage.busName, filed, 'The customer wants it as it was');
    await stage.answer(filed.requestId, 'withdrawn');
    demand(JSON.stringify(await bills.billOf(PRODUCT)) === before, `Tryton makes ${PRODUCT} otherwise than before`);
    stage.say('it was taken back before its day: Tryton makes the product as before');

    const other = { requestId: newRequestId('EC'), employeeId: ENGINEER };
    await submitChange(endpoint, stage.busName, other, { ...change, title: `Two sensors ${other.requestId}` });
    await decideByMail(await stage.mailTo(PURCHASING, other.requestId), 'reject', 'The sensor is out of production');
    const rejected = await stage.answer(other.requestId, 'rejected');
    stage.say(`purchasing rejected another: ${rejected.text.en}`);
    return [
      {
        processId,
        expected: [
          ['ReturnedToRequester'],
          ['EngineeringChangeResubmitted', { replacesVersion }],
          ['BomVersionPrepared'],
          ['Withdrawn'],
          ['BomVersionDiscarded'],
          ['EngineeringChangeClosed', { outcome: 'withdrawn' }],
        ],
      },
      { processId: rejected.processId, expected: [['EngineeringChangeClosed', { outcome: 'rejected' }]] },
    ];
  },
};
