/** The functions that the purchase's machines call, by name: the inputs of their handlers, the real use-cases. */
import * as awaitFactsHandler from '../../functions/procurement/await-facts.handler.ts';
import { awaitFacts } from '../../functions/procurement/await-facts.ts';
import * as closePurchaseHandler from '../../functions/procurement/close-purchase.handler.ts';
import { closePurchase } from '../../functions/procurement/close-purchase.ts';
import { createOrder } from '../../functions/procurement/create-order.ts';
import { enrichRequisition } from '../../functions/procurement/enrich-requisition.ts';
import { matchPurchase } from '../../functions/procurement/match-invoices.ts';
import { requestPayment } from '../../functions/procurement/request-payment.ts';
import * as routeApprovalHandler from '../../functions/procurement/route-approval.handler.ts';
import { routeApproval } from '../../functions/procurement/route-approval.ts';
import { undoPurchase } from '../../functions/procurement/undo-purchase.ts';
import { validateRequisition } from '../../functions/procurement/validate-requisition.ts';
import { parseInput } from '../../functions/runtime/parse.ts';
import { callCommonFunction, type FunctionParts, processIdIn } from './common-functions.ts';

/** What the deployed function of a name would return; it throws as the function would. */
export async function callFunction(parts: FunctionParts, functionName: string, payload: unknown): Promise<unknown> {
  const { deps, erp, books, directory, alarms, waitClock, policies, company, pagesUrl } = parts;
  const processId = processIdIn(payload);
  const recordUrl = async (id: string) => `${pagesUrl}/record/${id}`;
  switch (functionName) {
    case 'ValidateRequisition':
      await validateRequisition({ ...deps, directory }, processId);
      return { outcome: 'valid' };
    case 'EnrichRequisition':
      await enrichRequisition({ ...deps, erp, directory, policies, company }, processId);
      return { outcome: 'enriched' };
    case 'RouteApproval':
      return routeApproval({ ...deps, directory, policies, company }, parseInput(routeApprovalHandler.input, payload));
    case 'CreateOrder':
      return createOrder({ ...deps, erp, company }, processId);
    case 'AwaitFacts':
      await awaitFacts(
        { ...deps, erp, alarms, waitClock, policies, directory },
        parseInput(awaitFactsHandler.input, payload),
      );
      return null;
    case 'MatchInvoices':
      return matchPurchase({ ...deps, policies }, processId);
    case 'RequestPayment':
      return requestPayment({ ...deps, erp, books, directory, policies, waitClock, company }, processId);
    case 'UndoPurchase':
      return undoPurchase({ ...deps, erp }, processId);
    case 'ClosePurchase':
      return closePurchase({ ...deps, erp, recordUrl }, parseInput(closePurchaseHandler.input, payload));
    default:
      return callCommonFunction(parts, functionName, payload);
  }
}
