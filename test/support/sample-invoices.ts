/**
 * Electronic invoices made by the published formats, of sellers and buyers that do not exist: none of them was issued, and
 * none carries a signature. The XML has the element names of the tax administration's `EInvoice`; the OFD has the parts that
 * GB/T 33190-2016 names and an `eInvoice` of 2019 as its attachment.
 */
import { strToU8, zipSync } from 'fflate';

/** What an invoice says; the defaults are those of the receipt of the tests' company. */
const SAID = {
  number: '24312000000012345678',
  date: '2026-01-01',
  amount: '180.00',
  sellerName: 'Lotus Restaurant',
  sellerTaxId: '91310000MA1K00001A',
  buyerTaxId: '91310000MA1K00009X',
};
type Said = typeof SAID;

const DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>';

export function digitalInvoiceXml(changes: Partial<Said> = {}): Uint8Array {
  const said = { ...SAID, ...changes };
  return strToU8(`${DECLARATION}
<EInvoice><Header><EIid>${said.number}</EIid><EInvoiceTag>SWEI3200</EInvoiceTag><Version>0.2</Version></Header>
<EInvoiceData>
<SellerInformation><SellerIdNum>${said.sellerTaxId}</SellerIdNum><SellerName>${said.sellerName}</SellerName></SellerInformation>
<BuyerInformation><BuyerIdNum>${said.buyerTaxId}</BuyerIdNum><BuyerName>示例科技有限公司</BuyerName></BuyerInformation>
<BasicInformation><TotalAmWithoutTax>169.81</TotalAmWithoutTax><TotalTaxAm>10.19</TotalTaxAm>
<TotalTax-includedAmount>${said.amount}</TotalTax-includedAmount></BasicInformation>
<IssuItemInformation><ItemName>*餐饮服务*餐费</ItemName><Amount>169.81</Amount><TaxRate>0.06</TaxRate></IssuItemInformation>
</EInvoiceData>
<TaxSupervisionInfo><InvoiceNumber>${said.number}</InvoiceNumber><IssueTime>${said.date}</IssueTime></TaxSupervisionInfo>
</EInvoice>`);
}

/** Of the platform of 2019: a code of 12 digits and a number of 8. */
export function earlierInvoiceXml(changes: Partial<Said> = {}): Uint8Array {
  const said = { ...SAID, number: '12345678', date: '2026年01月01日', ...changes };
  return strToU8(`${DECLARATION}
<fp:eInvoice xmlns:fp="http://www.edrm.org.cn/schema/e-invoice/2019">
<fp:InvoiceCode>031002600111</fp:InvoiceCode><fp:InvoiceNo>${said.number}</fp:InvoiceNo><fp:IssueDate>${said.date}</fp:IssueDate>
<fp:Buyer><fp:BuyerName>示例科技有限公司</fp:BuyerName><fp:BuyerTaxID>${said.buyerTaxId}</fp:BuyerTaxID></fp:Buyer>
<fp:Seller><fp:SellerName>${said.sellerName}</fp:SellerName><fp:SellerTaxID>${said.sellerTaxId}</fp:SellerTaxID></fp:Seller>
<fp:TaxInclusiveTotalAmount>${said.amount}</fp:TaxInclusiveTotalAmount>
</fp:eInvoice>`);
}

const OFD_NAMES = 'xmlns:ofd="http://www.ofdspec.org/2016"';

/** @param fileLoc - where its list of attachments says that the invoice is */
export function ofdParts(original: Uint8Array, fileLoc = 'original_invoice.xml'): Record<string, Uint8Array> {
  const part = (text: string) => strToU8(`${DECLARATION}${text}`);
  return {
    'OFD.xml': part(
      `<ofd:OFD ${OFD_NAMES} Version="1.0"><ofd:DocBody><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>`,
    ),
    'Doc_0/Document.xml': part(
      `<ofd:Document ${OFD_NAMES}><ofd:Attachments>Attachs/Attachments.xml</ofd:Attachments></ofd:Document>`,
    ),
    'Doc_0/Attachs/Attachments.xml': part(
      `<ofd:Attachments ${OFD_NAMES}><ofd:Attachment ID="1" Name="original_invoice" Format="xml"><ofd:FileLoc>${fileLoc}</ofd:FileLoc></ofd:Attachment></ofd:Attachments>`,
    ),
    'Doc_0/Attachs/original_invoice.xml': original,
  };
}

export function ofdInvoice(changes: Partial<Said> = {}): Uint8Array {
  return zipSync(ofdParts(earlierInvoiceXml(changes)));
}
