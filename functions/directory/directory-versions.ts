/**
 * Versions of the directory: each is written whole under a number of its own before it counts, and stays. Which one counts
 * is moved in one transaction with an entry of the record `directory`, which says who moved it.
 */
import { createHash } from 'node:crypto';
import { canonicalJson, type Json } from '../audit/domain/canonical-json.ts';
import type { NewEntry } from '../audit/domain/record.ts';
import { currentDirectoryKey, DIRECTORY_VERSIONS, directoryItemKey, directoryVersionKey } from '../process/keys.ts';
import { registerStanding, type StandingRecord } from '../process/standing-record.ts';
import type { ProcessStore, WorkChange, WorkItem } from '../process/store/port.ts';
import { type ProcessDeps, updateProcess } from '../process/update-process.ts';
import { BusinessRuleError } from '../runtime/errors.ts';
import { type DirectoryData, parseDirectory } from './directory-file.ts';
import { directoryItems, directoryOf } from './directory-items.ts';
import type { CurrentDirectory } from './store-directory.ts';

/** The process under whose record the directory changes. */
export const DIRECTORY_PROCESS = 'directory';
const RECORD: StandingRecord = { processId: DIRECTORY_PROCESS, kind: 'directory', phase: 'Directory' };

/** A version as a whole. */
export interface DirectoryVersion {
  /** From 1; 0 is the file of the deployment, of which nothing is kept here. */
  readonly version: number;
  /** Only a complete version can come to count. */
  readonly isComplete: boolean;
  readonly importedAt: string;
  /** Name of the operator. */
  readonly by: string;
  /** Name of the file that it was made from. */
  readonly source: string;
  readonly people: number;
  /** SHA-256 (hex) of the canonical JSON of its data. */
  readonly digest: string;
}

/** What of the versions counts. */
export type DirectoryOrder = Pick<DirectoryVersion, 'by' | 'source'>;

/** Items of one transaction. */
const BATCH = 100;

/** Oldest first. */
export async function directoryVersions(store: ProcessStore): Promise<readonly DirectoryVersion[]> {
  const items = await store.list<DirectoryVersion>(currentDirectoryKey().partition, DIRECTORY_VERSIONS);
  return items.map(({ value }) => value);
}

/** SHA-256 (hex) of the canonical JSON of all of a version. */
export function directoryDigest(data: DirectoryData): string {
  const json: Json = JSON.parse(JSON.stringify(data));
  return createHash('sha256').update(canonicalJson(json)).digest('hex');
}

/** Number of the version that counts; 0: the file of the deployment. */
export async function currentVersion(store: ProcessStore): Promise<number> {
  return (await readCurrent(store))?.value.version ?? 0;
}

/**
 * All of a version.
 * @throws BusinessRuleError `no-such-version`
 */
export async function readDirectoryVersion(store: ProcessStore, version: number): Promise<DirectoryData> {
  await completeVersion(store, version);
  const { partition } = directoryItemKey(version, 'PERSON', '');
  return parseDirectory(directoryOf(await store.list<object>(partition, '')));
}

/**
 * Writes a version; it does not count yet. One that was cut short stays as it is, and counts never.
 * @returns its number
 * @throws ConcurrencyError when somebody else took the number.
 */
export async function writeDirectoryVersion(
  deps: ProcessDeps,
  data: DirectoryData,
  order: DirectoryOrder,
): Promise<number> {
  const version = ((await directoryVersions(deps.store)).at(-1)?.version ?? 0) + 1;
  const key = directoryVersionKey(version);
  const digest = directoryDigest(data);
  const value: DirectoryVersion = {
    version,
    isComplete: false,
    importedAt: deps.clock.now().toISOString(),
    ...order,
    people: data.people.length,
    digest,
  };
  await write(deps.store, [{ kind: 'create', key, value }]);
  const items = directoryItems(version, data);
  for (let start = 0; start < items.length; start += BATCH) {
    await write(deps.store, items.slice(start, start + BATCH));
  }
  await write(deps.store, [{ kind: 'replace', key, ifVersion: 1, value: { ...value, isComplete: true } }]);
  return version;
}

/**
 * From now on the version counts; an earlier one, or 0, as well as the newest. Nothing happens when it counts already.
 * @param expected - which version counts as far as the operator knows
 * @throws BusinessRuleError `no-such-version`, or `directory-changed` when another version counts than expected.
 */
export async function useDirectoryVersion(
  deps: ProcessDeps,
  order: { readonly version: number; readonly expected: number; readonly by: string },
): Promise<void> {
  const { version, expected, by } = order;
  const known = version === 0 ? undefined : await completeVersion(deps.store, version);
  await registerStanding(deps, RECORD);
  await updateProcess<unknown, void>(deps, DIRECTORY_PROCESS, async () => {
    const current = await readCurrent(deps.store);
    const before = current?.value.version ?? 0;
    if (before === version) {
      return { output: undefined };
    }
    if (before !== expected) {
      throw new BusinessRuleError(
        'directory-changed',
        `version ${before} counts meanwhile: look at the difference again`,
      );
    }
    return {
      change: { entries: [entryOf(version, before, by, known)] },
      also: [moved(current, version)],
      output: undefined,
    };
  });
}

function moved(current: WorkItem<CurrentDirectory> | undefined, version: number): WorkChange {
  const value: CurrentDirectory = { version };
  const key = currentDirectoryKey();
  return current === undefined
    ? { kind: 'create', key, value }
    : { kind: 'replace', key, ifVersion: current.version, value };
}

function entryOf(version: number, before: number, by: string, known: DirectoryVersion | undefined): NewEntry {
  const facts = known === undefined ? {} : { source: known.source, people: known.people, digest: known.digest };
  return {
    type: 'DirectoryChanged',
    actor: { kind: 'meridian', id: 'operators' },
    facts: { version, before, operator: by, ...facts },
  };
}

async function completeVersion(store: ProcessStore, version: number): Promise<DirectoryVersion> {
  const known = (await store.read<DirectoryVersion>(directoryVersionKey(version)))?.value;
  if (known?.isComplete !== true) {
    throw new BusinessRuleError('no-such-version', `there is no complete version ${version} of the directory`);
  }
  return known;
}

function readCurrent(store: ProcessStore): Promise<WorkItem<CurrentDirectory> | undefined> {
  return store.read<CurrentDirectory>(currentDirectoryKey());
}

function write(store: ProcessStore, changes: readonly WorkChange[]): Promise<void> {
  return store.commit({ entries: [], personal: [], changes });
}
