/** `npm run ops`: dead letters are read, and sent again to where they belong. */
import {
  type LetterDeps,
  type LettersSent,
  readLetters,
  type ShownLetter,
  sendLettersAgain,
} from '../../../functions/operations/letters.ts';
import type { Installation } from '../installation.ts';
import { EXIT, letterDeps, operatorNamed } from './operated.ts';

/** @throws ValidationError for a name that is none of a queue of dead letters. */
export async function showLetters(installation: Installation, queue: string): Promise<number> {
  const letters = await readLetters(letterDeps(installation), queue);
  for (const letter of letters) {
    console.log(`${letterLine(letter)}\n  ${letter.body}`);
  }
  console.log(`${queue}: ${letters.length} letters shown`);
  return letters.length === 0 ? EXIT.done : EXIT.waitsOrRefused;
}

interface Order {
  readonly queue: string;
  /** Empty: all of the queue. */
  readonly letterIds: readonly string[];
  readonly by: string;
}

/**
 * Shows which of the letters that are named, or of all, would be sent; with `apply` sends them.
 * @throws ValidationError for a name that is none of a queue of dead letters.
 */
export async function redriveLetters(
  installation: Installation,
  { apply, ...order }: Order & { readonly apply: boolean },
): Promise<number> {
  const deps = letterDeps(installation);
  return apply ? sendLetters(deps, order) : previewLetters(deps, order);
}

/** Changes nothing. Of all letters those are named that are shown at once, and SQS's count of them is said. */
async function previewLetters(deps: LetterDeps, { queue, letterIds }: Order): Promise<number> {
  const found = await readLetters(deps, queue);
  const meant = letterIds.length === 0 ? found : found.filter(({ letterId }) => letterIds.includes(letterId));
  for (const letter of meant) {
    console.log(`${letterLine(letter)}: would be sent again`);
  }
  if (letterIds.length === 0) {
    const { count = 0 } = (await deps.letters.queues()).find(({ name }) => name === queue) ?? {};
    console.log(`${queue}: all would be sent again, about ${Math.max(count, meant.length)}; ${meant.length} are shown`);
    return EXIT.done;
  }
  const missed = letterIds.filter((id) => !meant.some(({ letterId }) => letterId === id));
  for (const letterId of missed) {
    console.log(`${letterId}: not among the letters that SQS shows now`);
  }
  console.log(`${queue}: ${meant.length} would be sent again, ${missed.length} were not found`);
  return missed.length === 0 ? EXIT.done : EXIT.waitsOrRefused;
}

async function sendLetters(deps: LetterDeps, { queue, letterIds, by }: Order): Promise<number> {
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

function letterLine({ letterId, sentAt, about }: ShownLetter): string {
  return `${letterId} of ${sentAt}${about.length === 0 ? '' : `, about ${about.join(', ')}`}`;
}
