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

/** The five entities that XML itself defines; a DOCTYPE, which could define more, is refused. */
const ENTITIES: Readonly<Record<string, string>> = {
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&apos;': "'",
  '&amp;': '&',
};

/** Undefined: it is no well-formed XML, has a DOCTYPE, or is in an encoding that is not known. */
export function readXml(bytes: Uint8Array): XmlNode | undefined {
  try {
    const text = decode(bytes);
    if (/<!(DOCTYPE|ENTITY)/i.test(text) || XMLValidator.validate(text) !== true) return undefined;
    const tree: unknown = parser.parse(text);
    return isNode(tree) ? tree : undefined;
  } catch {
    // Unknown encoding, bytes that are not of it, or nesting past the bound: to the claimant all the same.
    return undefined;
  }
}

/** The text at a path of local names; the first of a list. Undefined: nothing stands there. */
export function textAt(node: unknown, ...path: readonly string[]): string | undefined {
  const found = nodesAt(node, ...path)[0];
  const value = isNode(found) ? found['#text'] : found;
  if (typeof value !== 'string') return undefined;
  const text = value.replace(/&(lt|gt|quot|apos|amp);/g, (entity) => ENTITIES[entity] ?? entity).trim();
  return text === '' ? undefined : text;
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
