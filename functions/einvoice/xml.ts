/** The XML of an invoice as a tree of texts: no DOCTYPE, no entities of its own, numbers kept as they stand. */
import { XMLParser, XMLValidator } from 'fast-xml-parser';

/** An element: texts, elements and lists of both by local name (the namespace's prefix is left out). */
export type XmlNode = { readonly [name: string]: unknown };

/** Deepest nesting of an invoice's elements; the published formats need under 12. */
const MAX_DEPTH = 40;

const parser = new XMLParser({
  ignoreAttributes: false,
  attributeNamePrefix: '@',
  removeNSPrefix: true,
  parseTagValue: false,
  parseAttributeValue: false,
  processEntities: false,
  maxNestedTags: MAX_DEPTH,
});

/** The five entities that XML itself defines, beside references by number; a DOCTYPE, which could define more, is refused. */
const ENTITIES: Readonly<Record<string, string>> = {
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&apos;': "'",
  '&amp;': '&',
};

/** Undefined: it is no well-formed XML, has a DOCTYPE, or is in an encoding that is not known. */
export function readXml(bytes: Uint8Array): XmlNode | undefined {
  const text = xmlText(bytes);
  return text === undefined ? undefined : xmlTree(text);
}

/**
 * The text of what may be XML. Undefined: it has a DOCTYPE, which is all that would make a parser fetch or unfold anything, or
 * is in an encoding that is not known.
 */
export function xmlText(bytes: Uint8Array): string | undefined {
  try {
    const text = decode(bytes);
    return /<!(DOCTYPE|ENTITY)/i.test(text) ? undefined : text;
  } catch {
    // Unknown encoding, or bytes that are not of it: to the claimant all the same.
    return undefined;
  }
}

/** @param text - of {@link xmlText}. Undefined: it is not well-formed, or nested past the bound. */
export function xmlTree(text: string): XmlNode | undefined {
  try {
    const tree: unknown = XMLValidator.validate(text) === true ? parser.parse(text) : undefined;
    return isNode(tree) ? tree : undefined;
  } catch {
    return undefined;
  }
}

/** The text at a path of local names; the first of a list. Undefined: nothing stands there. */
export function textAt(node: unknown, ...path: readonly string[]): string | undefined {
  const found = nodesAt(node, ...path)[0];
  const value = isNode(found) ? found['#text'] : found;
  if (typeof value !== 'string') return undefined;
  const text = value.replace(/&(?:lt|gt|quot|apos|amp|#\d{1,7}|#x[0-9A-Fa-f]{1,6});/g, unfolded).trim();
  return text === '' ? undefined : text;
}

function unfolded(reference: string): string {
  const [, hexadecimal, decimal] = /^&#(?:x([0-9A-Fa-f]+)|(\d+));$/.exec(reference) ?? [];
  const point = hexadecimal === undefined ? Number(decimal) : Number.parseInt(hexadecimal, 16);
  return ENTITIES[reference] ?? (point <= 0x10ffff ? String.fromCodePoint(point) : reference);
}

/** All that stands at a path, lists laid flat. */
export function nodesAt(node: unknown, ...path: readonly string[]): readonly unknown[] {
  return path.reduce<readonly unknown[]>(
    (nodes, name) => nodes.flatMap((each) => (isNode(each) && Object.hasOwn(each, name) ? each[name] : [])),
    [node],
  );
}

function isNode(value: unknown): value is XmlNode {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** By the byte order mark, else as the XML declaration says, else UTF-8 (XML 1.0, appendix F). */
function decode(bytes: Uint8Array): string {
  const declared = /^<\?xml[^>]*\sencoding\s*=\s*["']([A-Za-z0-9._-]+)["']/.exec(
    new TextDecoder('latin1').decode(bytes.subarray(0, 200)),
  )?.[1];
  const [first, second] = bytes;
  const mark =
    first === 0xfe && second === 0xff ? 'utf-16be' : first === 0xff && second === 0xfe ? 'utf-16le' : undefined;
  return new TextDecoder(mark ?? declared ?? 'utf-8', { fatal: true }).decode(bytes);
}
