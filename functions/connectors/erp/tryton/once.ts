/**
 * A document made once per key, on an ERP without unique keys: look for the key, claim it, look again, and only then
 * create. A request that was cut may still commit later: the claim outlives it, and whoever takes the claim over looks
 * again.
 */
import { ConnectorPermanentError, ConnectorTransientError } from '../../../runtime/errors.ts';
import type { CommandClaims } from '../port.ts';

/** Longer than any call can take, those of a caller that died included. */
const LEASE_SECONDS = 60;
/** Seconds after which a caller that found the claim taken may look again. */
const RETRY_AFTER = 5;

export interface OnceSteps<Document> {
  readonly key: string;
  /** The document that carries the key, finished or half-made. */
  readonly find: () => Promise<Document | undefined>;
  /** Whether nothing is left to be done on it. */
  readonly isFinished: (document: Document) => boolean;
  readonly create: () => Promise<void>;
  /** Brings a half-made document to its end. */
  readonly finish: (document: Document) => Promise<void>;
  readonly numberOf: (document: Document) => string;
}

/**
 * @throws ConnectorTransientError when another caller is at work on the key, or the outcome is not known.
 */
export async function makeOnce<Document>(claims: CommandClaims, steps: OnceSteps<Document>): Promise<Document> {
  const before = await steps.find();
  if (before !== undefined && steps.isFinished(before)) {
    return before;
  }
  if ((await claims.acquire(steps.key, LEASE_SECONDS)) === 'busy') {
    throw new ConnectorTransientError(`another caller is at work on ${steps.key}`, { retryAfter: RETRY_AFTER });
  }
  try {
    const document = await settle(steps);
    await claims.complete(steps.key, steps.numberOf(document));
    return document;
  } catch (error) {
    // Refused for certain: the next caller need not wait. Anything else may have happened after all.
    if (error instanceof ConnectorPermanentError) {
      await claims.release(steps.key);
    }
    throw error;
  }
}

async function settle<Document>(steps: OnceSteps<Document>): Promise<Document> {
  let document = await steps.find();
  if (document === undefined) {
    await steps.create();
    document = await found(steps);
  }
  if (!steps.isFinished(document)) {
    await steps.finish(document);
    document = await found(steps);
  }
  return document;
}

async function found<Document>({ key, find }: OnceSteps<Document>): Promise<Document> {
  const document = await find();
  if (document === undefined) {
    throw new ConnectorTransientError(`Tryton does not show yet what was made under ${key}`);
  }
  return document;
}
