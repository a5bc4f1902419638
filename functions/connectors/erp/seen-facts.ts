/**
 * The watermark of an ERP that is asked what changed since a time. Its transactions become visible later than they are
 * dated: every look goes back by the overlap, and what was reported within it is remembered in the watermark. What commits
 * later than the overlap is missed here, and found by the process when it opens its next wait.
 *
 * The watermark lives in one item of the store: some 25,000 facts within one overlap are what it can remember.
 */
import { createHash } from 'node:crypto';
import * as z from 'zod';
import { ConnectorPermanentError } from '../../runtime/errors.ts';
import type { ErpChanges, ErpFact } from './port.ts';

/** Longest transaction that is certainly not missed. */
const OVERLAP_MS = 5 * 60_000;

const watermarkShape = z.object({
  /** Latest change that was seen, by the ERP's clock. */
  at: z.iso.datetime(),
  /** Fingerprints of what the next look will see again. */
  seen: z.array(z.string()),
});
type Watermark = z.infer<typeof watermarkShape>;

/** A fact as the ERP dates it: `modifiedAt` in ISO 8601 UTC, so that texts compare as the instants do. */
export interface FoundFact {
  readonly modifiedAt: string;
  readonly fact: ErpFact;
}

type WithoutTime<Fact> = Fact extends ErpFact ? Omit<Fact, 'occurredAt'> : never;

export function foundFact(modifiedAt: string, fact: WithoutTime<ErpFact>): FoundFact {
  // Milliseconds are what the events carry.
  const occurredAt = new Date(modifiedAt).toISOString();
  return { modifiedAt, fact: { ...fact, occurredAt } };
}

export interface Look {
  /** The ERP's name, for messages. */
  readonly system: string;
  /** By the ERP's clock, read before anything else: a wrong one here must not hide changes. */
  readonly now: Date;
  readonly watermark: string | undefined;
  /** All that was changed at `from` or later. */
  readonly read: (from: Date) => Promise<readonly FoundFact[]>;
}

/** @throws ConnectorPermanentError when the watermark is of another connector. */
export async function newFacts({ system, now, watermark, read }: Look): Promise<ErpChanges> {
  if (watermark === undefined) {
    const start: Watermark = { at: now.toISOString(), seen: [] };
    return { facts: [], watermark: JSON.stringify(start) };
  }
  const before = parsed(system, watermark);
  const found = latestOfEach(await read(new Date(new Date(before.at).getTime() - OVERLAP_MS)));
  const seen = new Set(before.seen);
  const news = found.filter((one) => !seen.has(fingerprintOf(one)));
  return {
    facts: news.map(({ fact }) => fact),
    watermark: JSON.stringify(next(before, found, now.toISOString())),
  };
}

function parsed(system: string, watermark: string): Watermark {
  try {
    return watermarkShape.parse(JSON.parse(watermark));
  } catch (cause) {
    throw new ConnectorPermanentError(`the stored watermark is not one of the ${system} connector`, { cause });
  }
}

/** A receipt has a row for each of its moves, each changed at its own time. */
function latestOfEach(found: readonly FoundFact[]): readonly FoundFact[] {
  const latest = new Map<string, FoundFact>();
  for (const one of found) {
    const identity = identityOf(one.fact);
    const before = latest.get(identity);
    if (before === undefined || before.modifiedAt < one.modifiedAt) {
      latest.set(identity, one);
    }
  }
  return [...latest.values()];
}

/** Never later than now: a row that is dated in the future must not hide what happens until then. */
function next(before: Watermark, found: readonly FoundFact[], now: string): Watermark {
  const seenUntil = found.map(({ modifiedAt }) => modifiedAt).filter((modifiedAt) => modifiedAt < now);
  const [at = before.at] = [before.at, ...seenUntil].sort().reverse();
  const horizon = new Date(new Date(at).getTime() - OVERLAP_MS).toISOString();
  const seen = found.filter(({ modifiedAt }) => modifiedAt >= horizon).map(fingerprintOf);
  return { at, seen };
}

function identityOf({ occurredAt: _when, ...document }: ErpFact): string {
  return Object.values(document).join(' ');
}

/** The fact as it was last changed; short, since many are kept. */
function fingerprintOf({ fact, modifiedAt }: FoundFact): string {
  return createHash('sha256')
    .update(`${identityOf(fact)} ${modifiedAt}`)
    .digest('base64url')
    .slice(0, 11);
}
