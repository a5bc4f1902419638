/** What an operator is shown of texts that machines wrote: failures, and bodies of messages. Pure. */

/** Of a cause: enough for a sentence or two. */
const LONGEST_CAUSE = 300;

/** In this order: an address holds what looks like a secret, and a secret what looks like a number. */
const HIDDEN: readonly (readonly [pattern: RegExp, shown: string])[] = [
  [/https?:\/\/[^\s"'<>]+/gi, '[link]'],
  [/[\p{L}\p{N}._%+-]+@[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)+/gu, '[mail]'],
  [/(?<![\w-])(?=[\w+/=-]*\d)(?=[\w+/=-]*[A-Za-z])[A-Za-z0-9_+/-]{32,}={0,2}/g, '[secret]'],
  [/(?<!\d)\d(?:[ -]?\d){11,}(?!\d)/g, '[number]'],
];

/**
 * Hides links, mail addresses, what looks like a secret or a token, and long numbers, such as those of bank accounts. Names
 * of people cannot be told from other words: our own errors hold none.
 */
export function withoutSecrets(text: string): string {
  return HIDDEN.reduce((shown, [pattern, word]) => shown.replaceAll(pattern, word), text);
}

/** The text, or its beginning and how much is missing. */
export function cutText(text: string, longest: number): string {
  const characters = [...text];
  return characters.length <= longest
    ? text
    : `${characters.slice(0, longest).join('')}… (+${characters.length - longest})`;
}

/** The cause of a failure as Step Functions keeps it: the message of the error, in short and without what is nobody's business. */
export function plainCause(cause: string): string {
  return cutText(withoutSecrets(messageOf(cause)).replaceAll(/\s+/g, ' ').trim(), LONGEST_CAUSE);
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
