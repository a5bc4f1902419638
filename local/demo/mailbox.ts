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
  messages: z.record(
    z.string(),
    z.array(
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
  ),
});

/**
 * Newest first.
 *
 * @throws Error when MiniStack does not answer as expected
 */
export async function readMails(endpoint: string): Promise<readonly Mail[]> {
  const response = await fetch(`${endpoint}/_ministack/ses/messages`);
  if (!response.ok) {
    throw new Error(`MiniStack answered ${response.status} when asked for the mails`);
  }
  const { messages } = answerSchema.parse(await response.json());
  return Object.values(messages)
    .flat()
    .sort((left, right) => right.Timestamp - left.Timestamp)
    .map((message) => ({
      id: message.MessageId,
      at: new Date(message.Timestamp * 1000).toISOString(),
      to: message.To.join(', '),
      subject: message.Subject,
      text: message.BodyText,
      html: message.BodyHtml ?? '',
      links: linksOf(message.BodyHtml ?? ''),
    }));
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
