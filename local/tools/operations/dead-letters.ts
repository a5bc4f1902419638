/** `npm run ops`: dead letters are read, and sent again to where they belong. */
import { type LettersSent, readLetters, sendLettersAgain } from '../../../functions/operations/letters.ts';
import type { Installation } from '../installation.ts';
import { EXIT, letterDeps, operatorNamed } from './operated.ts';

/** @throws ValidationError for a name that is none of a queue of dead letters. */
export async function showLetters(installation: Installation, queue: string): Promise<number> {
  const letters = await readLetters(letterDeps(installation), queue);
  for (const { letterId, sentAt, about, body } of letters) {
    console.log(`${letterId} of ${sentAt}${about.length === 0 ? '' : `, about ${about.join(', ')}`}\n  ${body}`);
  }
  console.log(`${queue}: ${letters.length} letters shown`);
  return letters.length === 0 ? EXIT.done : EXIT.waitsOrRefused;
}

/**
 * Sends the letters that are named, or all.
 * @throws ValidationError for a name that is none of a queue of dead letters.
 */
export async function redriveLetters(
  installation: Installation,
  { queue, letterIds, by }: { readonly queue: string; readonly letterIds: readonly string[]; readonly by: string },
): Promise<number> {
  const deps = letterDeps(installation);
  const operator = operatorNamed(by);
  let total: LettersSent = { sent: 0, kept: 0, missed: 0 };
  if (letterIds.length > 0) {
    total = await sendLettersAgain(deps, { queue, letterIds, operator });
  } else {
    for (;;) {
      const found = (await readLetters(deps, queue)).map(({ letterId }) => letterId);
      if (found.length === 0) {
        break;
      }
      const { sent, kept, missed } = await sendLettersAgain(deps, { queue, letterIds: found, operator });
      // What stays is found again in each round.
      total = { sent: total.sent + sent, kept, missed };
      if (sent === 0) {
        break;
      }
    }
  }
  const { sent, kept, missed } = total;
  const stay = kept === 0 ? '' : `, ${kept} stay: nothing takes them`;
  console.log(`${queue}: ${sent} messages went back${stay}${missed === 0 ? '' : `, ${missed} were not found`}`);
  return kept + missed === 0 ? EXIT.done : EXIT.waitsOrRefused;
}
