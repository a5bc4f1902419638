/**
 * A document made once per key, on an ERP without unique keys: the document carries its key, the right to create it is
 * claimed outside of it, and whoever does not know whether it was created looks for it. Everything after the
 * creation needs no claim: each step may be taken by anybody, and by two at once.
 *
 * What remains: a creation whose reply was lost and that the ERP commits later than `LEASE_SECONDS` after its claim can
 * stand beside a second one. Only the document that is furthest on is ever carried on; the other stays a draft.
 */
import { ConnectorPermanentError, ConnectorTransientError } from '../../runtime/errors.ts';
import { isNotDone } from './outcome.ts';
import type { CommandClaims } from './port.ts';

/** Longer than any call can take, those of a caller that died included. */
const LEASE_SECONDS = 60;
/** Seconds after which a caller that found the claim taken may look again. */
const RETRY_AFTER = 5;

interface Keyed {
  readonly id: number;
  readonly state: string;
}

/** `Values`: what the document is made of, in the ERP's fields. */
export interface Creation<Document extends Keyed, Values = Readonly<Record<string, unknown>>> {
  readonly claims: CommandClaims;
  readonly key: string;
  /** The document that carries the key and counts (`furthest`). */
  readonly find: () => Promise<Document | undefined>;
  /** Collects what the document is made of; may be done any number of times. */
  readonly prepare: () => Promise<Values>;
  /** Gives the identifier. */
  readonly create: (values: Values) => Promise<number>;
  /** Deletes a draft. */
  readonly discard: (id: number) => Promise<void>;
}

/** @throws ConnectorTransientError when another caller is creating, or the outcome is not known. */
export async function createOnce<Document extends Keyed, Values = Readonly<Record<string, unknown>>>(
  creation: Creation<Document, Values>,
): Promise<Document> {
  return (await creation.find()) ?? (await claimAndCreate(creation));
}

async function claimAndCreate<Document extends Keyed, Values>(creation: Creation<Document, Values>): Promise<Document> {
  const { claims, key, find } = creation;
  // Before the claim, so that its time is for nothing but the creation.
  const prepared = await prepare(creation);
  if ('document' in prepared) {
    return prepared.document;
  }
  const claim = await claims.acquire(key, LEASE_SECONDS);
  // The last owner may have created it since the first look.
  const before = await find();
  if (before !== undefined) {
    return before;
  }
  if (claim === 'busy') {
    throw new ConnectorTransientError(`another caller is creating ${key}`, { retryAfter: RETRY_AFTER });
  }
  const id = await create(creation, prepared.values);
  const counts = await find();
  if (counts === undefined) {
    throw new ConnectorTransientError(`the ERP does not show yet what was made under ${key}`);
  }
  if (id !== undefined && counts.id !== id) {
    await creation.discard(id);
  }
  return counts;
}

/** The document instead of its values when somebody created it meanwhile, after which they cannot be collected. */
async function prepare<Document extends Keyed, Values>(
  creation: Creation<Document, Values>,
): Promise<{ readonly values: Values } | { readonly document: Document }> {
  try {
    return { values: await creation.prepare() };
  } catch (error) {
    const document = await creation.find();
    if (document === undefined) {
      throw error;
    }
    return { document };
  }
}

/** Undefined: it was found after its reply had been lost, or after the ERP refused it because another caller was faster. */
async function create<Document extends Keyed, Values>(
  creation: Creation<Document, Values>,
  values: Values,
): Promise<number | undefined> {
  const { claims, key } = creation;
  try {
    return await creation.create(values);
  } catch (error) {
    if (isNotDone(error)) {
      // First of all: the look may fail as well, and nobody need wait for the lease.
      await claims.release(key);
    }
    if ((await creation.find()) === undefined) {
      // What is not certainly undone may still be on its way: the claim stays, and nobody creates before its lease has run out.
      throw error;
    }
    return undefined;
  }
}

/**
 * Carries a document on until its state has no next step. A step that failed here but was done all the same, by the
 * lost call or by another caller, counts as done: the document's state says so.
 */
export async function carryOn<Document extends { readonly state: string }>(
  read: () => Promise<Document>,
  steps: { readonly [state: string]: (document: Document) => Promise<void> },
): Promise<Document> {
  let document = await read();
  for (let step = steps[document.state]; step !== undefined; step = steps[document.state]) {
    const { state } = document;
    const failure = await failureOf(step(document));
    document = await read();
    if (document.state === state) {
      throw failure ?? new ConnectorPermanentError(`the ERP leaves a document in state ${state} and does not say why`);
    }
  }
  return document;
}

async function failureOf(step: Promise<void>): Promise<unknown> {
  try {
    await step;
    return undefined;
  } catch (error) {
    return error;
  }
}

/** Of documents with one key the one that is furthest on, and of these the oldest. */
export function furthest<Document extends Keyed>(
  documents: readonly Document[],
  states: readonly string[],
): Document | undefined {
  const rank = ({ state }: Document) => states.indexOf(state);
  return [...documents].sort((one, other) => rank(other) - rank(one) || one.id - other.id)[0];
}
