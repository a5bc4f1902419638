/** Texts that somebody else sent, read to the letter. Pure. */

/** UTF-8 to the letter; undefined where it is none. */
export function textOfUtf8(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

/** Undefined: it is no JSON, which has no such value. */
export function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** As {@link jsonOf}, with each number as the text that it was sent as: no amount passes through a double. */
export function exactJsonOf(text: string): unknown {
  try {
    return JSON.parse(text, asWritten);
  } catch {
    return undefined;
  }
}

/** The third parameter is the source text of a value: https://github.com/tc39/proposal-json-parse-with-source. */
function asWritten(_key: string, value: unknown, context?: { readonly source?: string }): unknown {
  return typeof value === 'number' ? (context?.source ?? String(value)) : value;
}
