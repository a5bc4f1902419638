import type { STORIES } from './purchase-stories.ts';

/** How each story ends: what record, ERP and OA say, as `handInPurchase` words it. */
export const ENDS: Readonly<Record<keyof typeof STORIES, readonly [record: string, erp: string, oa: string]>> = {
  'a purchase whose event comes twice is paid once': [
    'approve approve approve paid',
    'PO-1 done, PAY-1 completed 5960.00, PO-1 linked',
    'accepted approved ordered received matched payment-requested paid',
  ],
  'a requisition with a wrong total is refused': ['refused', 'nothing', 'refused'],
  'a requisition for an unknown supplier is refused': ['refused', 'nothing', 'accepted refused'],
  'a rejected order ends': ['reject rejected', 'nothing', 'accepted rejected'],
  'an interruption between approval and order leaves no order': [
    'approve approve withdrawn',
    'nothing',
    'accepted approved withdrawn',
  ],
  'a hold before the order waits for its release, and the withdrawal ends it': [
    'approve approve withdrawn',
    'nothing',
    'accepted approved withdrawn',
  ],
  'a hold that is over when the wait opens goes on with the order': [
    'approve approve !AwaitRelease retry (Goods receipt)',
    'PO-1 confirmed',
    'accepted approved ordered',
  ],
  'a hold that is over when the wait opens goes on with the payment': [
    'approve approve approve !AwaitRelease retry (Payment)',
    'PO-1 confirmed, PAY-1 processing 5960.00',
    'accepted approved ordered received matched payment-requested',
  ],
  'a hold that nobody releases goes to the operators': [
    'approve approve !AwaitRelease (Waiting for an operator)',
    'nothing',
    'accepted approved',
  ],
  'a wait that was opened before its state failed is over when the purchase is': [
    'approve approve !AwaitGoodsReceipt cancel cancelled',
    'PO-1 cancelled, PO-1 linked',
    'accepted approved ordered cancelled',
  ],
  'goods that do not come are given up by an operator': [
    'approve approve !AwaitGoodsReceipt cancel cancelled',
    'PO-1 cancelled, PO-1 linked',
    'accepted approved ordered cancelled',
  ],
  'goods that come in part are accepted by an operator': [
    'approve approve !AwaitGoodsReceipt skip (Supplier invoice)',
    'PO-1 confirmed',
    'accepted approved ordered',
  ],
  'waits whose alarms are lost end by the backstop of their state': ['expired', 'nothing', 'accepted expired'],
  'a wait for goods whose alarms are lost keeps its deadline': [
    'approve approve !AwaitGoodsReceipt (Waiting for an operator)',
    'PO-1 confirmed',
    'accepted approved ordered',
  ],
  'a wait for an invoice whose alarms are lost keeps its deadline': [
    'approve approve !AwaitSupplierInvoice (Waiting for an operator)',
    'PO-1 confirmed',
    'accepted approved ordered received',
  ],
  'a wait for the bank whose alarms are lost keeps its deadline': [
    'approve approve approve !AwaitPayment (Waiting for an operator)',
    'PO-1 confirmed, PAY-1 processing 5960.00',
    'accepted approved ordered received matched payment-requested',
  ],
  'a hold whose alarms are lost keeps its deadline': [
    'approve approve !AwaitRelease (Waiting for an operator)',
    'nothing',
    'accepted approved',
  ],
  'a mismatch that cannot be routed is asked about when it can': [
    'approve approve !RouteMismatch retry accept approve paid',
    'PO-1 done, PAY-1 completed 6160.00, PO-1 linked',
    'accepted approved ordered received under-review matched payment-requested paid',
  ],
  'a mismatch whose question cannot be opened is asked about when it can': [
    'approve approve !RouteMismatch retry accept approve paid',
    'PO-1 done, PAY-1 completed 6160.00, PO-1 linked',
    'accepted approved ordered received under-review matched payment-requested paid',
  ],
  'an order whose cancellation fails at first is cancelled by a retry': [
    'approve approve !UndoPurchase retry withdrawn',
    'PO-1 cancelled, PO-1 linked',
    'accepted approved ordered withdrawn',
  ],
  'an order that is cancelled in the ERP while the invoice is awaited ends the purchase': [
    'approve approve cancelled',
    'PO-1 cancelled, PO-1 linked',
    'accepted approved ordered received cancelled',
  ],
  'an invoice that never comes goes to the operators': [
    'approve approve !AwaitSupplierInvoice retry approve paid',
    'PO-1 done, PAY-1 completed 5960.00, PO-1 linked',
    'accepted approved ordered received matched payment-requested paid',
  ],
  'a mismatch is accepted': [
    'approve approve accept approve paid',
    'PO-1 done, PAY-1 completed 6160.00, PO-1 linked',
    'accepted approved ordered received under-review matched payment-requested paid',
  ],
  'a mismatch is corrected': [
    'approve approve correct approve paid',
    'PO-1 done, PAY-1 completed 5960.00, PO-1 linked',
    'accepted approved ordered received under-review matched payment-requested paid',
  ],
  'a mismatch is corrected in the ERP before anybody answers: the question goes, and the invoice is matched': [
    'approve approve approve paid',
    'PO-1 done, PAY-1 completed 5960.00, PO-1 linked',
    'accepted approved ordered received under-review matched payment-requested paid',
  ],
  'an invoice that changes while its payment is asked about is compared again before anybody decides': [
    'approve approve accept approve paid',
    'PO-1 done, PAY-1 completed 6160.00, PO-1 linked',
    'accepted approved ordered received matched under-review matched payment-requested paid',
  ],
  'a mismatch is the end': [
    'approve approve cancel cancelled',
    'PO-1 confirmed, PO-1 linked',
    'accepted approved ordered received under-review cancelled',
  ],
  'a mismatch that nobody looks at goes to the operators, who have it asked again': [
    'approve approve !RouteMismatch retry accept approve paid',
    'PO-1 done, PAY-1 completed 6160.00, PO-1 linked',
    'accepted approved ordered received under-review matched payment-requested paid',
  ],
  'a payment that nobody approves goes to the operators, who have it asked again': [
    'approve approve !RoutePaymentApproval retry approve paid',
    'PO-1 done, PAY-1 completed 5960.00, PO-1 linked',
    'accepted approved ordered received matched payment-requested paid',
  ],
  'a payment that is rejected ends the purchase; the goods are there, so the order stands': [
    'approve approve reject rejected',
    'PO-1 confirmed, PO-1 linked',
    'accepted approved ordered received matched rejected',
  ],
  'an invoice that changes after its approval is matched and approved anew': [
    'approve approve approve approve (Payment)',
    'PO-1 confirmed, PAY-1 processing 5955.00',
    'accepted approved ordered received matched matched payment-requested',
  ],
  'a payment that the bank refuses is tried again': [
    'approve approve approve !RequestPayment retry paid',
    'PO-1 done, PAY-1 failed 5960.00, PAY-2 completed 5960.00, PO-1 linked',
    'accepted approved ordered received matched payment-requested payment-refused payment-requested paid',
  ],
  'a payment that the ERP refuses is made by hand': [
    'approve approve approve !RequestPayment skip paid',
    'PO-1 confirmed, PO-1 linked',
    'accepted approved ordered received matched paid',
  ],
  'a purchase that is cancelled in the ERP before its payment pays nothing': [
    'approve approve approve cancelled',
    'PO-1 cancelled, PO-1 linked',
    'accepted approved ordered received matched cancelled',
  ],
  'a payment that the bank never confirms goes to the operators': [
    'approve approve approve !AwaitPayment (Waiting for an operator)',
    'PO-1 confirmed, PAY-1 processing 5960.00',
    'accepted approved ordered received matched payment-requested',
  ],
  'a link that the ERP never takes is left out by an operator': [
    'approve approve approve !ClosePurchase skip paid',
    'PO-1 done, PAY-1 completed 5960.00',
    'accepted approved ordered received matched payment-requested paid',
  ],
  'an order that cannot be cancelled is left by an operator, and that is said': [
    'approve approve !UndoPurchase skip withdrawn',
    'PO-1 confirmed, PO-1 linked, order-state: cancelled is confirmed',
    'accepted approved ordered withdrawn',
  ],
  'a returned order is changed, refused twice, sent right, and paid': [
    'return approve approve approve paid',
    'PO-1 done, PAY-1 completed 5960.00, PO-1 linked',
    'accepted returned resubmission-refused accepted resubmission-refused accepted approved ordered received matched payment-requested paid',
  ],
  'a returned order that nobody changes expires': ['return expired', 'nothing', 'accepted returned expired'],
  'a returned order whose alarms are lost expires by the backstop of its state': [
    'return expired',
    'nothing',
    'accepted returned expired',
  ],
  'a returned order whose wait cannot be opened waits for an operator': [
    'return !AwaitRework retry (Rework)',
    'nothing',
    'accepted returned',
  ],
  'an operator who does not answer is asked again': [
    '!EnrichRequisition !EnrichRequisition retry (Order approval)',
    'nothing',
    'accepted',
  ],
};
