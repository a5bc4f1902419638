/** How a process ended, as a tag; red unless it ended as its requester wished. */
import { type Language, say } from './language.ts';
import { outcomeText } from './words.ts';

/** Ends of purchases, claims, absences and engineering changes that give what was asked for. */
const FULFILLED: ReadonlySet<string> = new Set(['paid', 'settled', 'posted', 'granted', 'implemented']);

interface OutcomeTagProps {
  /** Undefined: of what no machine works on, such as a leave that the OA decided, nothing is to be said. */
  readonly outcome: string | undefined;
  readonly language: Language;
}

export function OutcomeTag({ outcome, language }: OutcomeTagProps) {
  return outcome === undefined ? null : (
    <span class={FULFILLED.has(outcome) ? 'tag' : 'tag bad'}>{say(outcomeText(outcome), language)}</span>
  );
}
