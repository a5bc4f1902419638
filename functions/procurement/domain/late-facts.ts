/** What the ERP shows of a purchase that has ended already: nobody waits for it, so somebody must be told. Pure. */

import type { NewEntry } from '../../audit/domain/record.ts';
import { operatorNotice } from '../../process/domain/operator-notice.ts';
import type { Effect } from '../../process/domain/process.ts';
import type { PurchaseHead } from './purchase.ts';

/** The documents that bind the company or that it counts on, by the type of their entry. */
const DOCUMENTS: { readonly [type: string]: { readonly name: string; readonly fact: string } } = {
  GoodsReceived: { name: 'receipt', fact: 'receiptNumber' },
  SupplierInvoiceReceived: { name: "supplier's invoice", fact: 'invoiceId' },
  PaymentFailed: { name: 'failed payment', fact: 'paymentNumber' },
};

/**
 * One notice to the operators for all of them; none for a purchase that goes on.
 * @param entries - what is new
 */
export function lateFactsNotice(head: PurchaseHead, entries: readonly NewEntry[]): readonly Effect[] {
  const documents = head.status === 'ended' ? entries.flatMap(documentOf) : [];
  if (documents.length === 0) {
    return [];
  }
  const problem = {
    en: `The ERP shows something new on purchase ${head.processId}, which has ended (${head.outcome}): nothing follows from it by itself. See to it by hand.`,
    zh: `采购流程 ${head.processId} 已结束（${head.outcome}），ERP 中又出现新单据：系统不会自动处理，请人工跟进。`,
  };
  const facts = {
    documents: documents.join(', '),
    orderNumber: head.state.order?.orderNumber ?? '',
    request: head.oa.requestId,
  };
  return [operatorNotice(problem, facts)];
}

function documentOf({ type, facts }: NewEntry): readonly string[] {
  const document = DOCUMENTS[type];
  return document === undefined ? [] : [`${document.name} ${String(facts[document.fact])}`];
}
