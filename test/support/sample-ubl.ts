/**
 * Invoices of EN 16931 in UBL 2.1, made by the published norm and its binding (CEN/TS 16931-3-2), of sellers and buyers that do not
 * exist: none of them was issued. Faults are planted by changing the text.
 */
import { strToU8 } from 'fflate';

const SAID = {
  number: 'INV-2026-17',
  date: '2026-01-01',
  currency: 'EUR',
  net: '150.00',
  tax: '30.00',
  amount: '180.00',
  sellerName: 'Hotel Edelweiß GmbH',
  sellerVat: 'ATU12345675',
  buyerVat: 'DE123456788',
  lines: 1,
};
type Said = typeof SAID;

export function ublInvoice(changes: Partial<Said> = {}): string {
  const said = { ...SAID, ...changes };
  return document('Invoice', said, '<cbc:InvoiceTypeCode>380</cbc:InvoiceTypeCode>', 'InvoiceLine', 'InvoicedQuantity');
}

export function ublCreditNote(changes: Partial<Said> = {}): string {
  const said = { ...SAID, ...changes };
  return document(
    'CreditNote',
    said,
    '<cbc:CreditNoteTypeCode>381</cbc:CreditNoteTypeCode>',
    'CreditNoteLine',
    'CreditedQuantity',
  );
}

export function bytes(xml: string): Uint8Array {
  return strToU8(xml);
}

function document(root: string, said: Said, typeCode: string, line: string, quantity: string): string {
  const { currency, net, tax, amount } = said;
  const money = (name: string, value: string) => `<cbc:${name} currencyID="${currency}">${value}</cbc:${name}>`;
  const scheme = '<cac:TaxScheme><cbc:ID>VAT</cbc:ID></cac:TaxScheme>';
  const party = (name: string, vat: string, country: string) => `<cac:Party>
<cac:PostalAddress><cbc:CityName>Town</cbc:CityName><cac:Country><cbc:IdentificationCode>${country}</cbc:IdentificationCode></cac:Country></cac:PostalAddress>
${vat === '' ? '' : `<cac:PartyTaxScheme><cbc:CompanyID>${vat}</cbc:CompanyID>${scheme}</cac:PartyTaxScheme>`}
<cac:PartyLegalEntity><cbc:RegistrationName>${name}</cbc:RegistrationName><cbc:CompanyID>FN 1234</cbc:CompanyID></cac:PartyLegalEntity></cac:Party>`;
  const lines = Array.from(
    { length: said.lines },
    (_, index) => `<cac:${line}><cbc:ID>${index + 1}</cbc:ID><cbc:${quantity} unitCode="C62">1</cbc:${quantity}>
${money('LineExtensionAmount', index === 0 ? net : '0.00')}
<cac:Item><cbc:Name>Night</cbc:Name><cac:ClassifiedTaxCategory><cbc:ID>S</cbc:ID><cbc:Percent>20</cbc:Percent>${scheme}</cac:ClassifiedTaxCategory></cac:Item>
<cac:Price>${money('PriceAmount', index === 0 ? net : '0.00')}</cac:Price></cac:${line}>`,
  );
  return `<?xml version="1.0" encoding="UTF-8"?>
<${root} xmlns="urn:oasis:names:specification:ubl:schema:xsd:${root}-2" xmlns:cac="urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2" xmlns:cbc="urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2">
<cbc:CustomizationID>urn:cen.eu:en16931:2017</cbc:CustomizationID>
<cbc:ID>${said.number}</cbc:ID><cbc:IssueDate>${said.date}</cbc:IssueDate>${root === 'Invoice' ? '<cbc:DueDate>2026-01-31</cbc:DueDate>' : ''}
${typeCode}<cbc:DocumentCurrencyCode>${currency}</cbc:DocumentCurrencyCode>
<cac:AccountingSupplierParty>${party(said.sellerName, said.sellerVat, 'AT')}</cac:AccountingSupplierParty>
<cac:AccountingCustomerParty>${party('Example GmbH', said.buyerVat, 'DE')}</cac:AccountingCustomerParty>
<cac:TaxTotal>${money('TaxAmount', tax)}<cac:TaxSubtotal>${money('TaxableAmount', net)}${money('TaxAmount', tax)}
<cac:TaxCategory><cbc:ID>S</cbc:ID><cbc:Percent>20</cbc:Percent>${scheme}</cac:TaxCategory></cac:TaxSubtotal></cac:TaxTotal>
<cac:LegalMonetaryTotal>${money('LineExtensionAmount', net)}${money('TaxExclusiveAmount', net)}${money('TaxInclusiveAmount', amount)}${money('PayableAmount', amount)}</cac:LegalMonetaryTotal>
${lines.join('\n')}
</${root}>
`;
}
