/** The XML of WeCom's callbacks as a tree of texts: no DOCTYPE, no entities of its own, a few levels deep. */
import { XMLParser, XMLValidator } from 'fast-xml-parser';

/** The published messages need under 8. */
const MAX_DEPTH = 16;

const parser = new XMLParser({
  ignoreAttributes: true,
  parseTagValue: false,
  processEntities: false,
  maxNestedTags: MAX_DEPTH,
});

/** Undefined: it is not well-formed, nested past the bound, or has a DOCTYPE. */
export function readCallbackXml(text: string): unknown {
  // Before the parser walks through it: what is nested a hundred thousand times ends a program that does.
  if (/<!(DOCTYPE|ENTITY)/i.test(text) || openTags(text) > MAX_DEPTH) {
    return undefined;
  }
  try {
    return XMLValidator.validate(text) === true ? parser.parse(text) : undefined;
  } catch {
    return undefined;
  }
}

/** Most elements that are open at once, as far as the text tells without being parsed. */
function openTags(text: string): number {
  let open = 0;
  let most = 0;
  for (const [tag] of text.matchAll(/<!\[CDATA\[[\s\S]*?\]\]>|<\/?[A-Za-z][^>]*>/g)) {
    if (tag.startsWith('<!') || tag.endsWith('/>')) {
      continue;
    }
    open += tag.startsWith('</') ? -1 : 1;
    most = Math.max(most, open);
  }
  return most;
}
