/** Whatever only the operators can mend is told to their mailbox, in the language that the company has chosen for it. Pure. */
import type { Effect } from './process.ts';

/**
 * @param problem - a whole sentence in each language: what is wrong, and what to do about it. What another system, or the check
 *   of a field, says of it stands in both as it was said
 * @param more - whatever else helps, by name: ids, figures and words of other systems, which have one language
 */
export function operatorNotice(
  problem: { readonly en: string; readonly zh: string },
  more: { readonly [name: string]: string } = {},
): Effect {
  const facts = { problem: problem.en, problemZh: problem.zh, ...more };
  return { kind: 'mail', mail: { to: 'operators', template: 'operator-notice', facts } };
}
