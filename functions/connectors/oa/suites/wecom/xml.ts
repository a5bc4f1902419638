/** The XML of WeCom's callbacks as a tree of texts: no DOCTYPE, no entities of its own, a few levels deep. */
import { XMLParser, XMLValidator } from 'fast-xml-parser';

/** The published messages need under 8. */
const MAX_DEPTH = 16;

const CDATA = '<![CDATA[';
const CDATA_END = ']]>';

const parser = new XMLParser({
  ignoreAttributes: true,
  parseTagValue: false,
  processEntities: false,
  maxNestedTags: MAX_DEPTH,
});

/**
 * What stands in the first `Encrypt` of a callback, which is what it is signed over. Nothing else of a text is looked at that
 * nobody has vouched for yet, and nothing of it is parsed. Undefined: it has none.
 */
export function envelopeOf(text: string): string | undefined {
  const begin = text.indexOf(ENVELOPE);
  const end = begin === -1 ? -1 : text.indexOf(ENVELOPE_END, begin);
  if (end === -1) {
    return undefined;
  }
  const content = text.slice(begin + ENVELOPE.length, end).trim();
  const isWrapped = content.startsWith(CDATA) && content.endsWith(CDATA_END);
  return isWrapped ? content.slice(CDATA.length, -CDATA_END.length) : content;
}

const ENVELOPE = '<Encrypt>';
const ENVELOPE_END = '</Encrypt>';

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

/** Most elements that are open at once, as far as the text tells without being parsed. No letter is looked at twice. */
function openTags(text: string): number {
  let open = 0;
  let most = 0;
  for (let at = text.indexOf('<'); at !== -1; at = text.indexOf('<', at)) {
    const isText = text.startsWith(CDATA, at);
    const isEnd = text[at + 1] === '/';
    if (!isText && !/^[A-Za-z]$/.test(text[at + (isEnd ? 2 : 1)] ?? '')) {
      at += 1;
      continue;
    }
    const close = text.indexOf(isText ? CDATA_END : '>', at);
    if (close === -1) {
      return most;
    }
    if (!isText && text[close - 1] !== '/') {
      open += isEnd ? -1 : 1;
      most = Math.max(most, open);
    }
    at = close + 1;
  }
  return most;
}
