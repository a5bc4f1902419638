/** What an operator is shown of texts that machines wrote: failures, and bodies of messages. Pure. */

/** Of a cause: enough for a sentence or two. */
const LONGEST_CAUSE = 300;

/** How far into a text is looked at all: what is shown is shorter, unless nearly all of it is hidden. */
const LOOKED_AT = 4_000;
/** How far before that the text is cut between words, so that no mail address is cut in two and then shown. */
const LONGEST_WORD = 200;

/**
 * Each begins where a run of its letters does, so that no letter is looked at from every other one.
 * In this order: an address holds what looks like a secret, and a secret what looks like a number.
 */
const HIDDEN: readonly (readonly [pattern: RegExp, shown: string])[] = [
  [/https?:\/\/[^\s"'<>]+/gi, '[link]'],
  [/(?<![\p{L}\p{N}._%+-])[\p{L}\p{N}._%+-]+@[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)+/gu, '[mail]'],
  [/(?<![\w+/-])(?=[\w+/-]*\d)(?=[\w+/-]*[A-Za-z])[\w+/-]{32,}={0,2}/g, '[secret]'],
  [/(?<!\d)\d(?:[ -]?\d){11,}(?!\d)/g, '[number]'],
];

/**
 * Hides links, mail addresses, what looks like a secret or a token, and long numbers, such as those of bank accounts. Names
 * of people cannot be told from other words: our own errors hold none.
 */
export function withoutSecrets(text: string): string {
  return HIDDEN.reduce((shown, [pattern, word]) => shown.replaceAll(pattern, word), text);
}

/**
 * The text, or its beginning and how many characters are missing.
 * @param missing - characters that were cut off before
 */
export function cutText(text: string, longest: number, missing = 0): string {
  const characters = [...text];
  const more = Math.max(0, characters.length - longest) + missing;
  return more === 0 ? text : `${characters.slice(0, longest).join('')}… (+${more})`;
}

/** {@link withoutSecrets}, cut to so many characters. A text of any length costs no more than its beginning. */
export function shownText(text: string, longest: number): string {
  const beginning = beginningOf(text);
  const missing = beginning === text ? 0 : [...text].length - [...beginning].length;
  return cutText(withoutSecrets(beginning), longest, missing);
}

/** Cut between words where there are any, and never within a character. */
function beginningOf(text: string): string {
  if (text.length <= LOOKED_AT) {
    return text;
  }
  const tail = text.slice(LOOKED_AT - LONGEST_WORD, LOOKED_AT);
  // No gap before a digit: it may be one within a number.
  const whole = /^[\s\S]*[\s"'<>,;](?!\d)(?=[\s\S])/.exec(tail)?.[0] ?? tail.replace(/[\uD800-\uDBFF]$/, '');
  return text.slice(0, LOOKED_AT - LONGEST_WORD) + whole;
}

/** The cause of a failure as Step Functions keeps it: the message of the error, in short and without what is nobody's business. */
export function plainCause(cause: string): string {
  return shownText(messageOf(cause).replaceAll(/\s+/g, ' ').trim(), LONGEST_CAUSE);
}

/** Lambda puts the message of an error into an object, with where in the code it was thrown. */
function messageOf(cause: string): string {
  try {
    const parsed: unknown = JSON.parse(cause);
    const message =
      typeof parsed === 'object' && parsed !== null && 'errorMessage' in parsed ? parsed.errorMessage : undefined;
    return typeof message === 'string' ? message : cause;
  } catch {
    return cause;
  }
}
