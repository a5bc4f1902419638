/**
 * Every way in which a call of Frappe can fail, in the words of the taxonomy. Version 2 of its API says
 * `{errors: [{type, message}]}`, version 1 and what answers before the version is known `{exc_type, exc, _server_messages}`;
 * both are also said with status 200. Names of errors and their statuses: `frappe/exceptions.py`.
 */
import * as z from 'zod';
import { ConfigError, ConnectorPermanentError, ConnectorTransientError } from '../../../runtime/errors.ts';
import { withoutAmounts } from '../without-amounts.ts';

export type Outcome =
  /** No whole answer came: refused connection, time-out, cut line. */
  | { readonly kind: 'network'; readonly cause: unknown }
  | { readonly kind: 'reply'; readonly status: number; readonly text: string; readonly retryAfter: string | null }
  /** JSON of another shape than Frappe HR 15 gives; the problem names places, never values. */
  | { readonly kind: 'unknown-shape'; readonly problem: string };

/** A document of this name is there already. */
export class AlreadyThereError extends ConnectorPermanentError {}

/** Somebody else was at the document, or the database was busy; Frappe took everything back. */
const BUSY = new Set([
  'TimestampMismatchError',
  'DocumentLockedError',
  'QueryDeadlockError',
  'QueryTimeoutError',
  'RateLimitExceededError',
  'TooManyWritesError',
]);
const NOT_SIGNED_IN = new Set([
  'AuthenticationError',
  'InvalidAuthorizationHeader',
  'InvalidAuthorizationPrefix',
  'InvalidAuthorizationToken',
  'InvalidKeyError',
  'SessionExpired',
]);
const MAX_TEXT = 300;

/** What Frappe says of a failure; traces of its program, which it may add, are left out. */
interface Said {
  /** Undefined: it says none. */
  readonly type?: string;
  readonly text: string;
  /** As version 2 of the API says it. */
  readonly isVersion2: boolean;
}

const messageSchema = z.object({
  message: z.string().catch(''),
  indicator: z.string().optional().catch(undefined),
  raise_exception: z.unknown().optional(),
});
const failedSchema = z.object({
  errors: z
    .array(z.object({ type: z.string().catch(''), message: z.string().catch('') }))
    .catch([])
    .default([]),
  messages: z.array(messageSchema).catch([]).default([]),
  exc: z.unknown().optional(),
  exc_type: z.string().optional().catch(undefined),
  /** JSON of texts, each of them JSON of a message. */
  _server_messages: z.string().optional().catch(undefined),
});

/**
 * Undefined: it is an answer to read.
 * @param what - method and document type of the call, for the message; what was asked or answered is never told
 */
export function failureOf(outcome: Outcome, what: string): Error | undefined {
  switch (outcome.kind) {
    case 'network':
      return networkError(outcome.cause, what);
    case 'unknown-shape':
      return new ConnectorPermanentError(
        `Frappe answered ${what} in a shape that this connector, made for Frappe HR 15, does not know: ${outcome.problem}`,
      );
    case 'reply':
      return outcome.status >= 200 && outcome.status < 300
        ? failureOfSuccess(outcome.text, what)
        : statusError(outcome.status, saidIn(outcome.text), secondsOf(outcome.retryAfter), what);
  }
}

function networkError(cause: unknown, what: string): Error {
  if (cause instanceof Error && cause.name === 'TimeoutError') {
    return new ConnectorTransientError(`Frappe did not answer in time (${what})`, { cause });
  }
  const code = codeOf(cause);
  return /CERT|SELF_SIGNED|ERR_TLS/.test(code)
    ? new ConfigError(`Frappe's certificate is not to be trusted (${code}): check payroll.system.url`, { cause })
    : new ConnectorTransientError(`Frappe was not reached, or the line was cut (${what}, ${code})`, { cause });
}

/** The runtime's fetch wraps the system's error once. */
function codeOf(cause: unknown): string {
  for (const error of [cause, cause instanceof Error ? cause.cause : undefined]) {
    if (error instanceof Error && 'code' in error && typeof error.code === 'string') {
      return error.code;
    }
  }
  return 'no code';
}

/** Status 200 is no success where Frappe caught an exception on the way. */
function failureOfSuccess(text: string, what: string): Error | undefined {
  const failed = failedSchema.safeParse(jsonOf(text));
  if (!failed.success) {
    return new ConnectorTransientError(`the answer to ${what} was cut off or is not Frappe's`);
  }
  const { errors, messages, exc, exc_type } = failed.data;
  const isFailure =
    errors.length > 0 ||
    exc !== undefined ||
    exc_type !== undefined ||
    [...messages, ...serverMessages(failed.data)].some(isRefusal);
  return isFailure ? refusal(saidIn(text), what) : undefined;
}

function isRefusal({ indicator, raise_exception }: z.infer<typeof messageSchema>): boolean {
  return indicator === 'red' || Boolean(raise_exception);
}

function statusError(status: number, said: Said, retryAfter: number | undefined, what: string): Error {
  const again = retryAfter === undefined ? {} : { retryAfter };
  if (said.type !== undefined && (BUSY.has(said.type) || NOT_SIGNED_IN.has(said.type))) {
    return refusal(said, what);
  }
  if (status === 401) {
    return notSignedIn();
  }
  if (status === 403) {
    return new ConfigError(
      `Frappe does not allow the connector's user ${what}: give it the roles that docs/payroll.md names`,
    );
  }
  if (status === 404) {
    return said.isVersion2 && said.type === 'DoesNotExistError'
      ? refusal(said, what)
      : new ConfigError(`there is no Frappe 15 or later (API version 2) at payroll.system.url (${what})`);
  }
  if (status >= 300 && status < 400) {
    return new ConfigError(`Frappe sends ${what} elsewhere (${status}): check payroll.system.url`);
  }
  if (status === 408 || status === 429 || status >= 500) {
    return new ConnectorTransientError(`Frappe, or what stands before it, answered ${status} (${what})`, again);
  }
  return refusal(said, what);
}

function refusal(said: Said, what: string): Error {
  const { type = 'no type', text } = said;
  if (BUSY.has(type)) {
    return new ConnectorTransientError(`somebody else was at the same document in Frappe, or it was busy (${what})`);
  }
  if (NOT_SIGNED_IN.has(type)) {
    return notSignedIn();
  }
  if (type === 'PermissionError') {
    return statusError(403, { ...said, type: 'forbidden' }, undefined, what);
  }
  const message = `Frappe refuses ${what} (${type}): ${text}`;
  return type === 'DuplicateEntryError' ? new AlreadyThereError(message) : new ConnectorPermanentError(message);
}

function notSignedIn(): ConfigError {
  return new ConfigError('Frappe does not take our key: renew the secret of payroll.system.secretArn');
}

function saidIn(text: string): Said {
  const failed = failedSchema.safeParse(jsonOf(text));
  if (!failed.success) {
    return { text: '', isVersion2: false };
  }
  const { errors, messages, exc_type } = failed.data;
  const [error] = errors;
  const type = error?.type ?? exc_type;
  const said = [error?.message ?? '', ...[...messages, ...serverMessages(failed.data)].map(({ message }) => message)];
  return {
    ...(type === undefined || type === '' ? {} : { type }),
    text: plainText(said.find((one) => one !== '') ?? 'it does not say why', MAX_TEXT),
    isVersion2: error !== undefined,
  };
}

function serverMessages({ _server_messages }: z.infer<typeof failedSchema>): readonly z.infer<typeof messageSchema>[] {
  const texts = z.array(z.string()).safeParse(jsonOf(_server_messages ?? ''));
  return (texts.data ?? []).map((text) => messageSchema.safeParse(jsonOf(text)).data ?? { message: text });
}

/** Frappe's messages are HTML. Salaries may stand in them, and operators, the record and logs are to have none. */
export function plainText(html: string, most: number): string {
  const text = withoutAmounts(html.replaceAll(/<[^>]*>/g, ' '))
    .replaceAll(/\s+/g, ' ')
    .trim();
  return text.length > most ? `${text.slice(0, most)}…` : text;
}

function secondsOf(header: string | null): number | undefined {
  return header !== null && /^[1-9]\d{0,2}$/.test(header) ? Number(header) : undefined;
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
