/** Every mail that was sent, as MiniStack keeps it in the place of SES. */
import * as z from 'zod';

export interface Mail {
  readonly id: string;
  /** ISO 8601 in UTC. */
  readonly at: string;
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  /** Addresses that the HTML leads to, each once, in its order. */
  readonly links: readonly string[];
}

const answerSchema = z.object({
  total: z.number(),
  messages: z.array(
    z.object({
      MessageId: z.string(),
      To: z.array(z.string()),
      Subject: z.string(),
      BodyText: z.string(),
      BodyHtml: z.string().nullable(),
      /** Seconds since 1970. */
      Timestamp: z.number(),
    }),
  ),
});
type Message = z.infer<typeof answerSchema>['messages'][number];

/** The mails that were read before, by endpoint and by id: who waits for one looks many times a second. */
const readBefore = new Map<string, Map<string, Mail>>();

/**
 * Newest first.
 *
 * @throws Error when MiniStack does not answer as expected
 */
export async function readMails(endpoint: string): Promise<readonly Mail[]> {
  let mails = readBefore.get(endpoint) ?? new Map<string, Mail>();
  let { total, messages } = await mailsAfter(endpoint, mails.size);
  if (total < mails.size) {
    // Another MiniStack, at the address of one that was stopped.
    mails = new Map();
    ({ total, messages } = await mailsAfter(endpoint, 0));
  }
  for (const message of messages) mails.set(message.MessageId, mailOf(message));
  readBefore.set(endpoint, mails);
  return [...mails.values()].reverse();
}

async function mailsAfter(endpoint: string, count: number) {
  const response = await fetch(`${endpoint}/_ministack/ses/messages?after=${count}`);
  if (!response.ok) {
    throw new Error(`MiniStack answered ${response.status} when asked for the mails`);
  }
  return answerSchema.parse(await response.json());
}

function mailOf(message: Message): Mail {
  return {
    id: message.MessageId,
    at: new Date(message.Timestamp * 1000).toISOString(),
    to: message.To.join(', '),
    subject: message.Subject,
    text: message.BodyText,
    html: message.BodyHtml ?? '',
    links: linksOf(message.BodyHtml ?? ''),
  };
}

function linksOf(html: string): readonly string[] {
  const addresses = [...html.matchAll(/\shref="(https?:[^"]*)"/g)].map(([, address = '']) => unescaped(address));
  return [...new Set(addresses)];
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&amp;': '&',
  '&quot;': '"',
  '&#39;': "'",
  '&lt;': '<',
  '&gt;': '>',
};

function unescaped(text: string): string {
  return text.replace(/&(?:amp|quot|#39|lt|gt);/g, (entity) => ENTITIES[entity] ?? entity);
}
