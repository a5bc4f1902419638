/** What an invoice of EN 16931 in UBL 2.1 says of itself: the business terms (BT) of the norm by its binding to UBL (CEN/TS 16931-3-2). */
import { type UblDocument, ublDocument } from '../../einvoice/ubl.ts';
import { nodesAt, textAt } from '../../einvoice/xml.ts';
import { europeanInvoiceOf, type ReadInvoice } from '../domain/read-invoice.ts';

/** Undefined: it is no UBL invoice. `invoice` undefined: it is one, and not whole. */
export function readUbl(
  content: Uint8Array,
): { readonly root: UblDocument['root']; readonly invoice: ReadInvoice | undefined } | undefined {
  const document = ublDocument(content);
  return document && { root: document.root, invoice: invoiceIn(document) };
}

function invoiceIn({ root, tree }: UblDocument): ReadInvoice | undefined {
  const at = (...path: readonly string[]) => textAt(tree, root, ...path);
  const seller = nodesAt(tree, root, 'AccountingSupplierParty', 'Party')[0];
  const buyer = nodesAt(tree, root, 'AccountingCustomerParty', 'Party')[0];
  return europeanInvoiceOf({
    number: at('ID'), // BT-1
    code: undefined,
    date: at('IssueDate'), // BT-2
    currency: at('DocumentCurrencyCode'), // BT-5
    amount: at('LegalMonetaryTotal', 'TaxInclusiveAmount'), // BT-112
    sellerName: textAt(seller, 'PartyLegalEntity', 'RegistrationName') ?? textAt(seller, 'PartyName', 'Name'), // BT-27, BT-28
    sellerTaxId: vatId(seller), // BT-31
    buyerTaxId: vatId(buyer), // BT-48
  });
}

/** Of the tax schemes of a party the one of VAT. */
function vatId(party: unknown): string | undefined {
  const scheme = nodesAt(party, 'PartyTaxScheme').find((one) => textAt(one, 'TaxScheme', 'ID') === 'VAT');
  return textAt(scheme, 'CompanyID');
}
