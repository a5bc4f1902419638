import type { ExpenseClaim } from '../../../../functions/events/expense-claim-submitted.ts';
import type { LeaveRequest } from '../../../../functions/events/leave-request-submitted.ts';
import { createClerks } from '../../../tryton/clerks.ts';
import { createPeopleReader } from '../../../tryton/people-reader.ts';
import { decideByMail } from '../../approver.ts';
import { resubmitClaim, submitClaim, withdrawClaim } from '../../claims.ts';
import { submitLeave } from '../../leave-requests.ts';
import { newRequestId } from '../../put-event.ts';
import { waitFor } from '../../wait-for.ts';
import { companyToday, workingDaysFrom } from '../company-days.ts';
import { demand, type Story } from '../stage.ts';
import { hotelReceipt, trainReceipt } from './papers.ts';

const EMPLOYEE = 'E-1001';
const COLLEAGUE = 'E-1004';
const MANAGER = 'E-2001';

export const journey: Story = {
  title:
    'A journey (差旅): approved and in the time sheets; its claim checked receipt by receipt, approved, in the books, paid by the bank',
  async play(stage) {
    const { endpoint, tryton } = stage.cloud;
    const [requestId, again] = [newRequestId('EX'), newRequestId('EX')];
    const journeyId = newRequestId('LV');
    await submitLeave(
      endpoint,
      stage.busName,
      { requestId: journeyId, employeeId: EMPLOYEE },
      await requestOfJourney(),
    );
    await decideByMail(await stage.mailTo(MANAGER, `travel ${companyToday()}`), 'approve');
    const travelled = await stage.answer(journeyId, 'recorded');
    stage.say('the journey is approved and stands in the time sheets; the traveller stays asked on the way');

    const right = claimOfJourney(requestId, journeyId);
    await submitClaim(endpoint, stage.busName, { requestId, employeeId: EMPLOYEE }, { ...right, total: '1673.01' });
    const returned = await stage.answer(requestId, 'returned');
    demand(returned.text.en.includes('claim.total'), `the claim was returned without its field: ${returned.text.en}`);
    await stage.newsTo(EMPLOYEE, requestId, 'claim.total');
    stage.say('one cent too much: the claim went back to the employee before anybody was asked, by mail and in the OA');

    const replacesVersion = Number(returned.facts.version);
    await resubmitClaim(endpoint, stage.busName, { requestId, employeeId: EMPLOYEE, replacesVersion }, right);
    const mail = await stage.mailTo(MANAGER, requestId);
    stage.say('it was sent again, is complete, and its two receipts are reserved for it alone');

    const hotelOnly = { ...right, title: `Hotel ${again}`, receipts: [hotelReceipt(requestId)], total: '1120.00' };
    const second = { requestId: again, employeeId: COLLEAGUE };
    const lines = right.lines.filter(({ category }) => category === 'accommodation');
    await submitClaim(endpoint, stage.busName, second, { ...hotelOnly, lines });
    const taken = await stage.answer(again, 'returned');
    demand(
      taken.text.en.includes('another claim'),
      `the second claim was returned for another reason: ${taken.text.en}`,
    );
    stage.say('a colleague filed the same hotel invoice: it stands on another claim, and is not told whose');
    await withdrawClaim(endpoint, stage.busName, second, 'It was for both of us');
    const withdrawn = await stage.answer(again, 'withdrawn');

    await decideByMail(mail, 'approve', 'The customer signed');
    const { facts, processId } = await stage.answer(requestId, 'posted');
    const entryNumber = String(facts.entryNumber);
    const reader = createPeopleReader(tryton, tryton.logins.admin);
    const entry = await reader.readEntry(entryNumber);
    demand(entry?.state === 'posted', `entry ${entryNumber} is "${entry?.state}" in Tryton, not "posted"`);
    const sides = entry.lines.map(({ account, party, debit, credit }) => `${account} ${party} ${debit}/${credit}`);
    stage.say(`Tryton has entry ${entryNumber}: ${sides.join(', ')}`);

    const payment = await waitFor(`a payment of entry ${entryNumber} that is on its way`, async () =>
      (await reader.paymentsOf(entryNumber)).find(({ state }) => state === 'processing'),
    );
    demand(Number(payment.amount) === 1673, `${payment.amount} is to be paid, and 1673.00 was claimed`);
    const clerks = createClerks(tryton, tryton.logins, () => companyToday());
    await clerks.confirmPayment(payment.paymentNumber);
    const { facts: end } = await stage.answer(requestId, 'paid');
    demand(end.paymentNumber === payment.paymentNumber, `the OA was told of payment ${end.paymentNumber}`);
    stage.say(`the bank paid ${payment.amount} as ${payment.paymentNumber}, and the OA and the employee were told`);
    return [
      { processId: travelled.processId, expected: [['LeaveRequestChecked', { kind: 'travel' }], ['AbsenceRecorded']] },
      {
        processId,
        expected: [
          ['ClaimRegistered'],
          ['ReturnedByCheck', { version: 1 }],
          ['ClaimResubmitted', { replacesVersion: 1 }],
          ['ClaimChecked'],
          ['DecisionMade', { employeeId: MANAGER, action: 'approve' }],
          ['PostingIntended'],
          ['EntryPosted', { entryNumber }],
          ['PaymentIntended'],
          ['PaymentCompleted', { paymentNumber: payment.paymentNumber }],
          ['ClaimClosed', { outcome: 'paid' }],
        ],
      },
      {
        processId: withdrawn.processId,
        expected: [['ReturnedByCheck'], ['Withdrawn'], ['ClaimClosed', { outcome: 'withdrawn' }]],
      },
    ];
  },
};

/** From today to a day that is worked, two nights later or more. */
async function requestOfJourney(): Promise<LeaveRequest> {
  const [to = ''] = await workingDaysFrom(2, 1);
  const whole = { startsAtNoon: false, endsAtNoon: false };
  return {
    kind: 'travel',
    from: companyToday(),
    to,
    ...whole,
    destination: 'Suzhou',
    reason: 'Acceptance of the line',
  };
}

/** Two nights and the train, 1,673.00 CNY. */
function claimOfJourney(requestId: string, journey: string): ExpenseClaim {
  const both = { date: companyToday(), currency: 'CNY', description: '', journey };
  return {
    title: `Two days at a customer's ${requestId}`,
    justification: 'Acceptance of the line in Suzhou',
    costCentre: 'CC-100',
    legalEntity: 'CN01',
    lines: [
      { ...both, category: 'travel', units: 1, amount: '553.00', receiptIds: ['train'] },
      { ...both, category: 'accommodation', units: 2, amount: '1120.00', receiptIds: ['hotel'] },
    ],
    receipts: [trainReceipt(requestId), hotelReceipt(requestId)],
    total: '1673.00',
  };
}
