/** Dead letters: read without what is nobody's business, and sent again to where they belong, recorded. */
import { registerStanding } from '../process/standing-record.ts';
import { type ProcessDeps, updateProcess } from '../process/update-process.ts';
import { shownText } from './domain/plain-cause.ts';
import { OPERATIONS, type Operator, operatorEntry } from './operator.ts';
import { type DeadLetters, type LetterQueue, noSuchLetters } from './port.ts';

export interface LetterDeps extends ProcessDeps {
  readonly letters: DeadLetters;
}

/** Letters that are shown, and sent again, at once. */
const MOST_LETTERS = 50;
/** Of a body. */
const LONGEST_BODY = 1_000;

/** A letter as an operator sees it. */
export interface ShownLetter {
  readonly letterId: string;
  readonly sentAt: string;
  /** In short, without links, mail addresses, tokens and long numbers. */
  readonly body: string;
  /** Processes and requests that it names, such as `PO-7` of `demo-oa`. */
  readonly about: readonly string[];
}

/** Queues with letters in them, the fullest first. */
export async function fullQueues({ letters }: Pick<LetterDeps, 'letters'>): Promise<readonly LetterQueue[]> {
  const queues = await letters.queues();
  return queues.filter(({ count }) => count > 0).toSorted((one, other) => other.count - one.count);
}

/** @throws ValidationError for a queue that is none of ours. */
export async function readLetters(
  { letters }: Pick<LetterDeps, 'letters'>,
  queue: string,
): Promise<readonly ShownLetter[]> {
  const found = await letters.read(queue, MOST_LETTERS);
  return found
    .toSorted((one, other) => (one.sentAt < other.sentAt ? -1 : 1))
    .map(({ letterId, sentAt, body }) => ({
      letterId,
      sentAt,
      body: shownText(body, LONGEST_BODY),
      about: aboutOf(body),
    }));
}

export interface LettersSent {
  readonly sent: number;
  /** Nothing takes them: they stay. */
  readonly kept: number;
  /** Not found any more: somebody else sent them, or SQS did not show them. */
  readonly missed: number;
}

/**
 * Recorded before, by their ids, and after, with what became of them.
 * @throws ValidationError for a queue that is none of ours.
 */
export async function sendLettersAgain(
  deps: LetterDeps,
  order: { readonly queue: string; readonly letterIds: readonly string[]; readonly operator: Operator },
): Promise<LettersSent> {
  const { queue, operator } = order;
  if (!deps.letters.has(queue)) {
    throw noSuchLetters(queue);
  }
  const letterIds = [...new Set(order.letterIds)].slice(0, MOST_LETTERS);
  await registerStanding(deps, OPERATIONS);
  await record(deps, operator, 'LettersAskedFor', { queue, letterIds });
  const fates = [...(await deps.letters.sendAgain(queue, letterIds)).values()];
  const sent = fates.filter((fate) => fate === 'sent').length;
  const result = { sent, kept: fates.length - sent, missed: letterIds.length - fates.length };
  await record(deps, operator, 'LettersSentAgain', { queue, ...result });
  return result;
}

async function record(
  deps: ProcessDeps,
  operator: Operator,
  type: string,
  facts: Parameters<typeof operatorEntry>[2],
): Promise<void> {
  const entries = [operatorEntry(operator, type, facts)];
  await updateProcess<unknown, void>(deps, OPERATIONS.processId, () => ({ change: { entries }, output: undefined }));
}

const NAMES = /"(?:processId|requestId|orderNumber)"\s*:\s*"([^"\\]{1,64})"/g;

/** Also inside of messages that hold others as text. */
function aboutOf(body: string): readonly string[] {
  const text = body.replaceAll('\\"', '"');
  return [...new Set([...text.matchAll(NAMES)].flatMap(([, name]) => name ?? []))];
}
