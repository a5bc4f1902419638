/** What a card about a request says, in every suite. */
import * as z from 'zod';
import { ConnectorPermanentError } from '../../../runtime/errors.ts';
import type { OaNotice } from '../port.ts';

export interface Card {
  readonly title: string;
  readonly lines: readonly string[];
  /** The approval record; the last message of a process has it. */
  readonly url?: string;
}

const MOST_LETTERS = 500;

export function cardOf({ text, oa, processId, sequence, facts }: OaNotice): Card {
  const { data: url } = z.url({ protocol: /^https$/ }).safeParse(facts.recordUrl);
  return {
    title: `Meridian ${oa.requestId}`,
    // Suites show the same words once: two messages of a process never are the same, and a repeated one always is.
    lines: [shortened(text.zh), shortened(text.en), `${processId}/${sequence}`],
    ...(url === undefined ? {} : { url }),
  };
}

function shortened(text: string): string {
  return text.length > MOST_LETTERS ? `${text.slice(0, MOST_LETTERS)}…` : text;
}

/**
 * Whom a card is for, by the suite's own id, which is the directory's.
 * @throws ConnectorPermanentError for what a suite would read as several people, or as everybody.
 */
export function receiverOf({ requester: { employeeId } }: OaNotice): string {
  if (/[\s,|]|^@all$/i.test(employeeId)) {
    throw new ConnectorPermanentError('the requester has an id that is no id of one person in a suite');
  }
  return employeeId;
}
