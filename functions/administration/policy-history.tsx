/** Which versions of the tables were used since when, what each changed, and which requests go another way by it. */
import { formatInstant } from '../pages/format.ts';
import { type Language, say, type Text } from '../pages/language.ts';
import type { PageContext } from '../pages/placed-page.tsx';
import { policyDigest, shortDigest } from '../policy/policy-digest.ts';
import { type PolicyVersion, policyTables, policyVersions } from '../policy/policy-versions.ts';
import type { CompiledRules } from '../policy/table.ts';
import { type TableChange, tableChanges } from '../policy/table-changes.ts';
import { wayChanges } from '../policy/way-changes.ts';
import type { ProcessStore } from '../process/store/port.ts';
import type { Clock } from '../runtime/ambient.ts';
import type { Reader } from './frame.tsx';
import { POLICIES_PATH } from './paths.ts';
import { LABELS } from './words.ts';

/** Versions that are shown, and so compared, at most. */
const MOST_VERSIONS = 20;
/** Kinds of requests of one table that the page tries; each is asked of both versions. */
const MOST_REQUESTS = 5000;
/** For all tables together; the function ends after 28 s. */
const EFFECT_MS = 15_000;
const MOST_EFFECTS = 50;

export interface HistoryDeps {
  readonly store: ProcessStore;
  /** Those in force. */
  readonly rules: CompiledRules;
  readonly clock: Clock;
}

interface Shown extends PolicyVersion {
  /** When the next version was first used. */
  readonly usedUntil?: string;
  readonly isInForce: boolean;
  /** Undefined: nothing is known of a version before. */
  readonly changes?: readonly TableChange[];
  /** Undefined: not asked for. */
  readonly effect?: Effect;
}

interface Effect {
  readonly lines: readonly string[];
  readonly isIncomplete: boolean;
}

/**
 * When an approval was first routed by what a table says now (ISO 8601), or earlier, where all versions that are read say so and
 * there are older ones; `again`: it said something else in between; `unread`: none that is read says so, an older one may.
 */
export type TableUse = { readonly since: string; readonly isOrEarlier?: true } | 'again' | 'unread';

export interface History {
  readonly versions: readonly Shown[];
  readonly hasOlder: boolean;
  /** By table; none: no approval was routed by what it says now. */
  readonly uses: { readonly [table: string]: TableUse };
  /** What is to be said of the version in force, where it is not simply the newest. */
  readonly remark?: Text;
}

/** `?effect=` takes the digest of a version: trying requests takes seconds, so it is done for one, and when asked. */
export async function readHistory({ store, rules, clock }: HistoryDeps, context: PageContext): Promise<History> {
  const inForce = policyDigest(rules);
  const asked = context.req.query('effect');
  const all = await policyVersions(store);
  // One more than is shown, since the oldest is compared with the one before.
  const read = await Promise.all(
    all.slice(0, MOST_VERSIONS + 1).map(async (version) => ({
      version,
      tables: await policyTables(store, version.digest),
    })),
  );
  const versions = read.slice(0, MOST_VERSIONS).map(({ version, tables }, index): Shown => {
    const [next, previous] = [all[index - 1], read[index + 1]];
    return {
      ...version,
      isInForce: version.digest === inForce,
      ...(next === undefined ? {} : { usedUntil: next.firstUsedAt }),
      ...(previous === undefined ? {} : { changes: tableChanges(previous.tables, tables) }),
      ...(previous === undefined || version.digest !== asked
        ? {}
        : { effect: effectOf(previous.tables, tables, clock) }),
    };
  });
  const place = all.findIndex(({ digest }) => digest === inForce);
  return {
    versions,
    uses: usesOf(rules, read, all.length > read.length),
    hasOlder: all.length > MOST_VERSIONS,
    ...(place === 0 ? {} : { remark: place === -1 ? LABELS.notUsedYet : LABELS.usedAgain }),
  };
}

interface ReadVersion {
  readonly version: PolicyVersion;
  readonly tables: CompiledRules;
}

/**
 * @param read - newest first
 * @param hasMore - there are older ones
 */
function usesOf(rules: CompiledRules, read: readonly ReadVersion[], hasMore: boolean): History['uses'] {
  const found = Object.entries(rules.tables).flatMap(([name, table]) => {
    const digest = policyDigest(table);
    const saysSo = read.map(({ tables: { tables } }) => {
      const then = tables[name];
      return then !== undefined && policyDigest(then) === digest;
    });
    const use = useOf(read, saysSo, hasMore);
    return use === undefined ? [] : [[name, use] as const];
  });
  return Object.fromEntries(found);
}

function useOf(read: readonly ReadVersion[], saysSo: readonly boolean[], hasMore: boolean): TableUse | undefined {
  if (!saysSo.includes(true)) {
    return hasMore ? 'unread' : undefined;
  }
  const before = saysSo.indexOf(false);
  const since = read[(before === -1 ? read.length : before) - 1]?.version.firstUsedAt;
  return since === undefined ? 'again' : { since, ...(before === -1 && hasMore ? { isOrEarlier: true } : {}) };
}

function effectOf(before: CompiledRules, after: CompiledRules, clock: Clock): Effect {
  const end = clock.now().getTime() + EFFECT_MS;
  const limit = { requests: MOST_REQUESTS, isTimeOver: () => clock.now().getTime() > end };
  const lines = Object.entries(after.tables).map(([name, table]) => {
    const old = before.tables[name];
    return old === undefined || policyDigest(old) === policyDigest(table)
      ? []
      : wayChanges(old, table, limit)?.map((line) => `${name}: ${line}`);
  });
  return { lines: lines.flatMap((found) => found ?? []), isIncomplete: lines.includes(undefined) };
}

interface HistoryProps {
  readonly history: History;
  readonly reader: Reader;
}

export function PolicyHistory({ history: { versions, hasOlder, remark }, reader }: HistoryProps) {
  const { language } = reader;
  return (
    <section class="card" aria-labelledby="history">
      <h2 id="history">{say(LABELS.policyHistory, language)}</h2>
      {remark === undefined ? null : <p>{say(remark, language)}</p>}
      <ol class="steps" reversed>
        {versions.map((version) => (
          <Version version={version} reader={reader} />
        ))}
      </ol>
      {hasOlder ? <p class="foot">{say(LABELS.olderVersions, language)}</p> : null}
    </section>
  );
}

function Version({ version, reader }: { readonly version: Shown; readonly reader: Reader }) {
  const { language, timeZone } = reader;
  const { digest, firstUsedAt, usedUntil, isInForce, leftOut, changes, effect } = version;
  const at = (instant: string) => formatInstant(instant, language, timeZone);
  const until: Text =
    usedUntil === undefined ? { en: '', zh: '' } : { en: ` until ${at(usedUntil)}`, zh: `，至 ${at(usedUntil)}` };
  return (
    <li id={`v-${shortDigest(digest)}`}>
      <h3>
        {shortDigest(digest)}
        {isInForce ? ` (${say(LABELS.inForce, language)})` : ''}
      </h3>
      <p>{say({ en: `Since ${at(firstUsedAt)}${until.en}`, zh: `自 ${at(firstUsedAt)}${until.zh}` }, language)}</p>
      <p>{say(LABELS.byDeployment, language)}</p>
      <p class="by">
        <code>{digest}</code>
      </p>
      {leftOut.map((name) => (
        <p class="by">
          {name}: {say(LABELS.tooLongToCompare, language)}
        </p>
      ))}
      {changes === undefined ? (
        <p class="by">{say(LABELS.firstVersion, language)}</p>
      ) : (
        <ul class="findings">
          {changes
            .filter(({ table }) => !leftOut.includes(table))
            .flatMap(({ table, lines }) => lines.map((line) => <li>{`${table}, ${say(line, language)}`}</li>))}
        </ul>
      )}
      {changes === undefined || effect !== undefined ? null : (
        <p>
          <a href={`${POLICIES_PATH}?effect=${digest}#v-${shortDigest(digest)}`}>
            {say(LABELS.showEffect, language)} ({shortDigest(digest)})
          </a>
        </p>
      )}
      {effect === undefined ? null : <EffectList effect={effect} language={language} />}
    </li>
  );
}

/** The lines are in the words of the tables, as those of the tool are. */
function EffectList({ effect, language }: { readonly effect: Effect; readonly language: Language }) {
  const { lines, isIncomplete } = effect;
  return (
    <>
      <h4>{say(LABELS.effect, language)}</h4>
      {lines.length === 0 && !isIncomplete ? <p>{say(LABELS.noEffect, language)}</p> : null}
      <ul class="findings" lang="en">
        {lines.slice(0, MOST_EFFECTS).map((line) => (
          <li>{line}</li>
        ))}
      </ul>
      {lines.length > MOST_EFFECTS ? <p class="foot">{say(LABELS.moreEffects, language)}</p> : null}
      {isIncomplete ? <p class="foot">{say(LABELS.tooManyRequests, language)}</p> : null}
    </>
  );
}
