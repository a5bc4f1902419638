/** Tells an invoice or a credit note of UBL 2.1 (ISO/IEC 19845), in which EN 16931 invoices are written, from other XML. */
import { type XmlNode, xmlText, xmlTree } from './xml.ts';

/** Elements of the longest invoice that the rules are asked about: about 1,400 lines, for which they need seconds. */
const MAX_ELEMENTS = 20_000;

const NAMESPACES = {
  Invoice: 'urn:oasis:names:specification:ubl:schema:xsd:Invoice-2',
  CreditNote: 'urn:oasis:names:specification:ubl:schema:xsd:CreditNote-2',
} as const;

/** It names the encoding that the bytes had. */
const DECLARATION = /^\s*<\?xml\s[^>]*\?>/;

export interface UblDocument {
  readonly root: keyof typeof NAMESPACES;
  readonly tree: XmlNode;
  /** Without the XML declaration and without a DOCTYPE. */
  readonly text: string;
  /** It has more elements than the rules are asked about. */
  readonly isTooLong: boolean;
}

/** Undefined: it is no UBL invoice, is no well-formed XML, or has a DOCTYPE. */
export function ublDocument(content: Uint8Array): UblDocument | undefined {
  const whole = xmlText(content);
  const root = whole === undefined ? undefined : rootOf(whole);
  const tree = whole === undefined || root === undefined ? undefined : xmlTree(whole);
  if (whole === undefined || root === undefined || tree === undefined) {
    return undefined;
  }
  const text = whole.replace(DECLARATION, '');
  return { root, tree, text, isTooLong: isTooLong(text) };
}

function rootOf(text: string): UblDocument['root'] | undefined {
  const root = /^<(?:([\w.-]+):)?(Invoice|CreditNote)(\s[^>]*)?>/.exec(text.slice(startOfRoot(text)));
  const [, prefix = '', name, attributes = ''] = root ?? [];
  if (name !== 'Invoice' && name !== 'CreditNote') {
    return undefined;
  }
  const declared = new RegExp(`\\sxmlns${prefix === '' ? '' : `:${prefix}`}\\s*=\\s*["']([^"']*)["']`).exec(attributes);
  return declared?.[1] === NAMESPACES[name] ? name : undefined;
}

/** Behind the comments and processing instructions before it. Step by step: one expression for all could try for ever. */
function startOfRoot(text: string): number {
  let at = 0;
  for (;;) {
    at += /^\s*/.exec(text.slice(at, at + MAX_BLANKS))?.[0].length ?? 0;
    const end = PROLOG.find(([opening]) => text.startsWith(opening, at))?.[1];
    const closing = end === undefined ? -1 : text.indexOf(end, at);
    if (end === undefined || closing < 0) {
      return at;
    }
    at = closing + end.length;
  }
}

const MAX_BLANKS = 1_000;
const PROLOG = [
  ['<!--', '-->'],
  ['<?', '?>'],
] as const;

function isTooLong(text: string): boolean {
  let elements = 0;
  for (const _start of text.matchAll(/<[^/!?]/g)) {
    elements++;
    if (elements > MAX_ELEMENTS) {
      return true;
    }
  }
  return false;
}
