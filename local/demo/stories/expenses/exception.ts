import { decideByMail } from '../../approver.ts';
import { submitClaim } from '../../claims.ts';
import { newRequestId } from '../../put-event.ts';
import { companyToday } from '../company-days.ts';
import type { Story } from '../stage.ts';
import { taxiReceipt } from './papers.ts';

const EMPLOYEE = 'E-1004';
const MANAGER = 'E-2006';
const ACCOUNTING = 'E-4003';

export const exception: Story = {
  title: 'An exception (例外复核): more than the limit of a day is judged by accounting before the manager is asked',
  async play(stage) {
    const requestId = newRequestId('EX');
    await submitClaim(
      stage.cloud.endpoint,
      stage.busName,
      { requestId, employeeId: EMPLOYEE },
      {
        title: `Taxi to the airport ${requestId}`,
        justification: 'The parts had to be on the evening plane',
        costCentre: 'CC-110',
        legalEntity: 'CN01',
        lines: [
          {
            category: 'transport',
            date: companyToday(),
            description: 'Late in the evening',
            units: 1,
            amount: '260.00',
            currency: 'CNY',
            receiptIds: ['taxi'],
          },
        ],
        receipts: [taxiReceipt(requestId)],
        total: '260.00',
      },
    );
    await decideByMail(await stage.mailTo(ACCOUNTING, requestId), 'accept', 'No train runs at that hour');
    stage.say('accounting accepted 260.00 where 200.00 is the limit, and said why');
    await decideByMail(await stage.mailTo(MANAGER, requestId), 'reject', 'The courier was paid for');
    const { processId } = await stage.answer(requestId, 'rejected');
    stage.say('the manager rejected it: nothing is in the books, and the receipt may be filed again');
    return [
      {
        processId,
        expected: [
          ['ClaimChecked'],
          ['DecisionMade', { employeeId: ACCOUNTING, action: 'accept' }],
          ['DecisionMade', { employeeId: MANAGER, action: 'reject' }],
          ['ClaimClosed', { outcome: 'rejected' }],
        ],
      },
    ];
  },
};
