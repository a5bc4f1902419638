/** Receipts of the stories: the number of each is made of the request that first files it, so that no other has it. */
import type { ClaimedReceipt } from '../../../../functions/events/expense-claim-submitted.ts';
import { companyToday } from '../company-days.ts';

export function trainReceipt(requestId: string): ClaimedReceipt {
  return paper('train', `T-${requestId}`, '553.00', 'China Railway');
}

export function hotelReceipt(requestId: string): ClaimedReceipt {
  return paper('hotel', `H-${requestId}`, '1120.00', 'Garden Hotel Suzhou');
}

export function taxiReceipt(requestId: string): ClaimedReceipt {
  return paper('taxi', `X-${requestId}`, '260.00', 'Dazhong Taxi');
}

function paper(receiptId: string, number: string, amount: string, sellerName: string): ClaimedReceipt {
  return { receiptId, number, date: companyToday(), amount, currency: 'CNY', sellerName };
}
