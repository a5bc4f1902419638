/** Claims that the stories of `claims-and-leave.ts` and `outages.ts` file. */
import { companyToday } from '../../local/demo/stories/company-days.ts';
import { taxiReceipt } from '../../local/demo/stories/expenses/papers.ts';

/** A dinner of 180.00, as the sample invoice says. */
export function claimOfDinner(requestId: string, { number, date }: { number: string; date: string }, fileId: string) {
  const money = { amount: '180.00', currency: 'CNY' };
  const seller = { sellerName: 'Lotus Restaurant', sellerTaxId: '91310000MA1K00001A' };
  return {
    title: `Dinner ${requestId}`,
    justification: '',
    costCentre: 'CC-100',
    legalEntity: 'CN01',
    lines: [{ category: 'meals', date, description: '', units: 2, ...money, receiptIds: ['r1'] }],
    receipts: [{ receiptId: 'r1', number, date, ...money, ...seller, fileId }],
    total: '180.00',
  };
}

/** A taxi of 20 euros, with a total that nobody can have reckoned. */
export function claimInEuro(requestId: string) {
  return { ...claimOfTaxi(requestId, 'EUR'), title: `Taxi in Berlin ${requestId}`, total: '1.00' };
}

export function claimOfTaxi(requestId: string, currency = 'CNY') {
  return {
    title: `Taxi ${requestId}`,
    justification: '',
    costCentre: 'CC-100',
    legalEntity: 'CN01',
    lines: [
      {
        category: 'transport',
        date: companyToday(),
        description: '',
        units: 1,
        amount: '20.00',
        currency,
        receiptIds: ['taxi'],
      },
    ],
    receipts: [{ ...taxiReceipt(requestId), amount: '20.00', currency }],
    total: '20.00',
  };
}
