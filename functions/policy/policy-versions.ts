/**
 * Versions of the policies: each is kept the first time that an approval is routed by it, and never changed. The tables are
 * compiled into the bundles, so what stood there before is known from here alone.
 */
import { POLICY_VERSIONS, policyTableKey, policyVersionKey } from '../process/keys.ts';
import type { ProcessStore } from '../process/store/port.ts';
import type { Clock } from '../runtime/ambient.ts';
import { ConcurrencyError, ConnectorTransientError } from '../runtime/errors.ts';
import type { PolicyInForce } from './port.ts';
import type { CompiledRules, CompiledTable } from './table.ts';

export interface PolicyVersion {
  /** SHA-256 (hex), see `policyDigest`. */
  readonly digest: string;
  /** ISO 8601 in UTC. */
  readonly firstUsedAt: string;
  /** Names of tables that are too long to be kept; only their digest counts. */
  readonly leftOut: readonly string[];
}

/** Each table is an item of its own, as JSON; an item of DynamoDB ends at 400 KB. */
const MOST_BYTES = 390_000;

interface KeptTable {
  readonly name: string;
  readonly json: string;
}

/**
 * Once per digest, however often and at once it is asked. An outage of the store stops nobody here: the record of the process
 * has the digest all the same, and the next approval tries again, because the version is not there yet.
 */
export async function rememberPolicies(
  { store, clock }: { readonly store: ProcessStore; readonly clock: Clock },
  { digest, rules }: PolicyInForce,
): Promise<void> {
  const key = policyVersionKey(digest);
  try {
    if ((await store.read(key)) !== undefined) {
      return;
    }
    const tables = Object.entries(rules.tables).map(([name, table]) => ({ name, json: JSON.stringify(table) }));
    const kept = tables.filter(({ json }) => Buffer.byteLength(json) <= MOST_BYTES);
    const leftOut = tables.filter((table) => !kept.includes(table)).map(({ name }) => name);
    const value: PolicyVersion = { digest, firstUsedAt: clock.now().toISOString(), leftOut };
    await store.commit({
      entries: [],
      personal: [],
      changes: [
        { kind: 'create', key, value },
        ...kept.map((table) => ({ kind: 'create', key: policyTableKey(digest, table.name), value: table }) as const),
      ],
    });
  } catch (error) {
    // Somebody else was first, or the store is not well: see above.
    if (!(error instanceof ConcurrencyError || error instanceof ConnectorTransientError)) {
      throw error;
    }
  }
}

/** Newest first. */
export async function policyVersions(store: ProcessStore): Promise<readonly PolicyVersion[]> {
  const items = await store.list<PolicyVersion>(POLICY_VERSIONS.partition, POLICY_VERSIONS.prefix);
  return items.map(({ value }) => value).sort((one, other) => other.firstUsedAt.localeCompare(one.firstUsedAt));
}

/** What is kept of a version's tables. */
export async function policyTables(store: ProcessStore, digest: string): Promise<CompiledRules> {
  const { partition } = policyTableKey(digest, '');
  const items = await store.list<KeptTable>(partition, '');
  const tables = items.map(({ value }): [string, CompiledTable] => [value.name, JSON.parse(value.json)]);
  return { tables: Object.fromEntries(tables) };
}
