/** A mail before it is text or HTML: every template fills this, and one renderer each makes the two bodies. */
import type { Language } from '../pages/language.ts';

export interface MailModel {
  readonly language: Language;
  readonly subject: string;
  /** One line that mail programmes show beside the subject. */
  readonly preview: string;
  readonly heading: string;
  readonly paragraphs: readonly string[];
  /** The figure that matters most. */
  readonly amount?: { readonly main: string; readonly base?: string };
  readonly facts: readonly MailFact[];
  readonly lines: readonly { readonly label: string; readonly how: string; readonly amount: string }[];
  /** Said below the lines when they are not all shown. */
  readonly moreLines?: string;
  readonly button?: { readonly label: string; readonly url: string };
  /** Why the reader gets this, and what to be careful with. */
  readonly smallPrint: readonly string[];
}

export interface MailFact {
  readonly label: string;
  readonly value: string;
}

/** Longest subject; mail programmes cut earlier. */
const MAX_SUBJECT = 150;

/** One line without control characters, so that no title can add a header. */
export function subjectLine(text: string): string {
  const line = text.replace(/\p{Cc}+/gu, ' ').trim();
  return line.length <= MAX_SUBJECT ? line : `${wholeCharacters(line.slice(0, MAX_SUBJECT - 1))}…`;
}

/** Without the first half of a character that was cut in two. */
function wholeCharacters(text: string): string {
  return text.replace(/[\uD800-\uDBFF]$/, '');
}
