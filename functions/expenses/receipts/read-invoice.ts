/**
 * A Chinese electronic invoice in a file: the XML of the fully digital one (数电票, root `EInvoice`, as the tax
 * administration's platform gives it), and OFD (GB/T 33190-2016), a zip in which `Attachments.xml` names the attachment
 * `original_invoice.xml`: an `eInvoice` of the public platform of 2019 (`http://www.edrm.org.cn/schema/e-invoice/2019`), or
 * an `EInvoice`. What its signature says is not checked.
 */
import { posix } from 'node:path';
import { nodesAt, readXml, textAt, type XmlNode } from '../../einvoice/xml.ts';
import { invoiceOf, type ReadInvoice } from '../domain/read-invoice.ts';
import { unzip } from './unzip.ts';

export const OFD = 'application/ofd';
export const XML = 'application/xml';

const ORIGINAL = 'original_invoice.xml';

/** Undefined: it is no OFD, or no XML of an invoice. Says what it is to be, not that all is there. */
export function invoiceMediaType(content: Uint8Array): typeof OFD | typeof XML | undefined {
  if (isZip(content)) {
    return unzip(content)?.has('OFD.xml') === true ? OFD : undefined;
  }
  const tree = readXml(content);
  return tree !== undefined && (Object.hasOwn(tree, 'EInvoice') || Object.hasOwn(tree, 'eInvoice')) ? XML : undefined;
}

/** Undefined: it is no invoice that can be read; damaged, past a bound, with a DOCTYPE, of another root, or not whole. */
export function readInvoice(content: Uint8Array): ReadInvoice | undefined {
  const original = isZip(content) ? originalOf(content) : content;
  const tree = original && readXml(original);
  return tree && (digitalInvoice(tree) ?? earlierInvoice(tree));
}

function isZip(content: Uint8Array): boolean {
  return Buffer.from(content.subarray(0, 4)).toString('latin1') === 'PK\u0003\u0004';
}

/** By the way that the standard has: the document of `OFD.xml`, its list of attachments, and the file that it names. */
function originalOf(archive: Uint8Array): Uint8Array | undefined {
  const files = unzip(archive);
  const root = 'OFD.xml';
  const document = files && located(files, root, textAt(xmlAt(files, root), 'OFD', 'DocBody', 'DocRoot'));
  const list = files && document && located(files, document, textAt(xmlAt(files, document), 'Document', 'Attachments'));
  if (!list) {
    return undefined;
  }
  const places = nodesAt(xmlAt(files, list), 'Attachments', 'Attachment').map((one) => textAt(one, 'FileLoc') ?? '');
  const original = located(
    files,
    list,
    places.find((place) => posix.basename(place) === ORIGINAL),
  );
  return original === undefined ? undefined : files.get(original);
}

function xmlAt(files: ReadonlyMap<string, Uint8Array>, name: string): XmlNode | undefined {
  const content = files.get(name);
  return content && readXml(content);
}

/** A place is meant from the folder of the file that names it; some producers mean it from the root, with a slash or without. */
function located(files: ReadonlyMap<string, Uint8Array>, from: string, place = ''): string | undefined {
  const plain = place.replace(/^\/+/, '');
  return [posix.join(posix.dirname(from), plain), posix.normalize(plain)].find((name) => files.has(name));
}

function digitalInvoice(tree: XmlNode): ReadInvoice | undefined {
  const at = (...path: readonly string[]) => textAt(tree, 'EInvoice', ...path);
  return invoiceOf({
    number: at('TaxSupervisionInfo', 'InvoiceNumber') ?? at('Header', 'EIid'),
    code: undefined,
    date: at('TaxSupervisionInfo', 'IssueTime'),
    amount: at('EInvoiceData', 'BasicInformation', 'TotalTax-includedAmount'),
    sellerName: at('EInvoiceData', 'SellerInformation', 'SellerName'),
    sellerTaxId: at('EInvoiceData', 'SellerInformation', 'SellerIdNum'),
    buyerTaxId: at('EInvoiceData', 'BuyerInformation', 'BuyerIdNum'),
  });
}

function earlierInvoice(tree: XmlNode): ReadInvoice | undefined {
  const at = (...path: readonly string[]) => textAt(tree, 'eInvoice', ...path);
  return invoiceOf({
    number: at('InvoiceNo'),
    code: at('InvoiceCode'),
    date: at('IssueDate'),
    amount: at('TaxInclusiveTotalAmount'),
    sellerName: at('Seller', 'SellerName'),
    sellerTaxId: at('Seller', 'SellerTaxID'),
    buyerTaxId: at('Buyer', 'BuyerTaxID'),
  });
}
