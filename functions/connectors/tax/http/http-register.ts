/**
 * A provider that takes JSON by HTTPS: which fields it takes, where its answer stands and what its answers mean, the company
 * file says (docs/deploy.md). Contract-tested against a stub only: each provider has an API of its own.
 */
import * as z from 'zod';
import { ConfigError, ConnectorPermanentError, ConnectorTransientError } from '../../../runtime/errors.ts';
import { type InvoiceRegister, type IssuedInvoice, REGISTER_ANSWERS, type RegisterAnswer } from '../port.ts';

/** How a provider wants to be asked, and what it answers. */
export const providerSchema = z.object({
  url: z.url(),
  /** Header that carries the key. */
  header: z.string().min(1),
  /** What it calls what we tell it. What has no name is not told. */
  fields: z.object({
    number: z.string().min(1),
    date: z.string().min(1),
    amount: z.string().min(1),
    code: z.string().min(1).optional(),
    checkCode: z.string().min(1).optional(),
  }),
  dateFormat: z.enum(['YYYY-MM-DD', 'YYYYMMDD']),
  /** Names of the fields, with dots between them, that lead to its answer. */
  answerAt: z.string().min(1),
  /** What its answers mean. */
  answers: z.record(z.string(), z.enum(REGISTER_ANSWERS)),
});
export type RegisterProvider = z.infer<typeof providerSchema>;

interface RegisterParts {
  readonly provider: RegisterProvider;
  /** Value of the header. Read for every call, since it may be rotated. */
  readonly key: () => Promise<string>;
  /** Milliseconds until an answer that did not come counts as none; 5,000 unless given. */
  readonly timeoutMs?: number;
}

const TIMEOUT_MS = 5_000;

export function createHttpRegister(parts: RegisterParts): InvoiceRegister {
  return {
    async verify(invoice) {
      const { status, body } = await post(parts, questionOf(invoice, parts.provider));
      const failure = failureOf(status);
      if (failure !== undefined) {
        throw failure;
      }
      return answerIn(body, parts.provider);
    },
  };
}

function questionOf(
  { number, date, amount, code, checkCode }: IssuedInvoice,
  { fields, dateFormat }: RegisterProvider,
): Readonly<Record<string, string>> {
  return {
    [fields.number]: number,
    [fields.date]: dateFormat === 'YYYYMMDD' ? date.replaceAll('-', '') : date,
    [fields.amount]: amount,
    ...(fields.code === undefined || code === undefined ? {} : { [fields.code]: code }),
    ...(fields.checkCode === undefined || checkCode === undefined ? {} : { [fields.checkCode]: checkCode }),
  };
}

async function post(
  { provider, key, timeoutMs }: RegisterParts,
  question: Readonly<Record<string, string>>,
): Promise<{ readonly status: number; readonly body: string }> {
  const headers = {
    'Content-Type': 'application/json; charset=utf-8',
    Accept: 'application/json',
    'User-Agent': 'Meridian',
    [provider.header]: await key(),
  };
  try {
    const response = await fetch(provider.url, {
      method: 'POST',
      headers,
      body: JSON.stringify(question),
      // A redirect could carry the key to somewhere that nobody configured.
      redirect: 'manual',
      signal: AbortSignal.timeout(timeoutMs ?? TIMEOUT_MS),
    });
    return { status: response.status, body: await response.text() };
  } catch (cause) {
    const reason =
      cause instanceof Error && cause.name === 'TimeoutError' ? 'did not answer in time' : 'was not reached';
    throw new ConnectorTransientError(`the register of invoices ${reason}`, { cause });
  }
}

/** What a status means; undefined: there is an answer to read. */
function failureOf(status: number): ConnectorTransientError | ConnectorPermanentError | ConfigError | undefined {
  if (status >= 200 && status < 300) {
    return undefined;
  }
  if (status === 401 || status === 403) {
    return new ConfigError(
      `the register of invoices does not take our key (${status}): renew invoiceVerification.secretArn`,
    );
  }
  return status === 408 || status === 425 || status === 429 || status >= 500
    ? new ConnectorTransientError(`the register of invoices answered ${status}`)
    : new ConnectorPermanentError(`the register of invoices refused the question with ${status}`);
}

/** Its text is not quoted: it may repeat what was asked. */
function answerIn(body: string, { answerAt, answers }: RegisterProvider): RegisterAnswer {
  const said = answerAt.split('.').reduce<unknown>(fieldOf, jsonOf(body));
  const known = ['string', 'number', 'boolean'].includes(typeof said) ? String(said) : '';
  const answer = Object.hasOwn(answers, known) ? answers[known] : undefined;
  if (answer === undefined) {
    throw new ConnectorPermanentError(
      `the register of invoices answered what the company file does not know: add it to invoiceVerification.answers, or correct answerAt ("${answerAt}")`,
    );
  }
  return answer;
}

function jsonOf(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}

function fieldOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, name)
    ? Reflect.get(value, name)
    : undefined;
}
