import { describe, expect, it } from 'vitest';
import { verifyChain } from '../../../functions/audit/domain/record.ts';
import { parseDirectory } from '../../../functions/directory/directory-file.ts';
import {
  currentVersion,
  DIRECTORY_PROCESS,
  directoryVersions,
  readDirectoryVersion,
  useDirectoryVersion,
  writeDirectoryVersion,
} from '../../../functions/directory/directory-versions.ts';
import { createFileDirectory } from '../../../functions/directory/file-directory.ts';
import { createStoreDirectory } from '../../../functions/directory/store-directory.ts';
import { readHead } from '../../../functions/process/update-process.ts';
import { SettableClock, seededRandomness } from '../../support/ambient.ts';
import { MemoryStore } from '../../support/memory-store.ts';
import { directoryData } from '../../support/purchase-company.ts';

const ORDER = { by: 'Anna', source: 'people.csv' };

function setUp() {
  const store = new MemoryStore();
  const deps = { store, clock: new SettableClock('2026-11-25T00:00:00.000Z'), randomness: seededRandomness(1) };
  const read = () => createStoreDirectory(store, createFileDirectory(directoryData));
  return { store, deps, read };
}

/** The demonstration's company, with another name for its chairman. */
function named(name: string) {
  const people = directoryData.people.map((one) => (one.employeeId === 'E-0001' ? { ...one, name } : one));
  return parseDirectory({ ...JSON.parse(JSON.stringify({ ...directoryData, people })) });
}

describe('versions of the directory', () => {
  it('count from the moment on in which they are put in use, whole, and not before', async () => {
    const { deps, read, store } = setUp();

    const version = await writeDirectoryVersion(deps, named('New'), ORDER);
    expect(await currentVersion(store)).toBe(0);
    expect((await read().person('E-0001'))?.name).toBe('沈国栋 Shen Guodong');

    await useDirectoryVersion(deps, { version, expected: 0, by: 'Anna' });
    expect((await read().person('E-0001'))?.name).toBe('New');
  });

  it('stay what they are for whoever began to read one', async () => {
    const { deps, read } = setUp();
    const before = read();
    await before.person('E-0001');
    const version = await writeDirectoryVersion(deps, named('New'), ORDER);
    await useDirectoryVersion(deps, { version, expected: 0, by: 'Anna' });

    expect((await before.person('E-0001'))?.name).toBe('沈国栋 Shen Guodong');
    expect((await read().person('E-0001'))?.name).toBe('New');
  });

  it('are read back as they were imported, and any of them can count again, the file of the deployment too', async () => {
    const { deps, read, store } = setUp();
    const [first, second] = [named('First'), named('Second')];
    for (const [index, data] of [first, second].entries()) {
      const version = await writeDirectoryVersion(deps, data, ORDER);
      await useDirectoryVersion(deps, { version, expected: index, by: 'Anna' });
    }

    await useDirectoryVersion(deps, { version: 1, expected: 2, by: 'Ben' });
    expect((await read().person('E-0001'))?.name).toBe('First');
    await useDirectoryVersion(deps, { version: 0, expected: 1, by: 'Ben' });
    expect((await read().person('E-0001'))?.name).toBe('沈国栋 Shen Guodong');

    // The compliance officer is an auditor by their post, in the file and in each version that was made from it.
    expect(await read().rolesOf(['compliance-officer'])).toEqual(['auditor']);
    await useDirectoryVersion(deps, { version: 2, expected: 0, by: 'Ben' });
    expect(await read().rolesOf(['compliance-officer', 'buyer'])).toEqual(['auditor']);
    await useDirectoryVersion(deps, { version: 0, expected: 2, by: 'Ben' });

    const sorted = (people: readonly { employeeId: string }[]) => people.map(({ employeeId }) => employeeId).sort();
    const back = await readDirectoryVersion(store, 2);
    expect(sorted(back.people)).toEqual(sorted(second.people));
    expect(back.people.find(({ employeeId }) => employeeId === 'E-0001')).toEqual(second.people[0]);
    expect((await directoryVersions(store)).map(({ version, by, people }) => [version, by, people])).toEqual([
      [1, 'Anna', directoryData.people.length],
      [2, 'Anna', directoryData.people.length],
    ]);
  });

  it('leave a record of who put which in use, that verifies', async () => {
    const { deps, store } = setUp();
    const version = await writeDirectoryVersion(deps, named('New'), ORDER);
    await useDirectoryVersion(deps, { version, expected: 0, by: 'Anna' });
    await useDirectoryVersion(deps, { version, expected: 0, by: 'Anna' });
    await useDirectoryVersion(deps, { version: 0, expected: 1, by: 'Ben' });

    const record = await store.readRecord(DIRECTORY_PROCESS);
    const head = await readHead(store, DIRECTORY_PROCESS);

    expect(record.map(({ type, facts }) => [type, facts.version, facts.before, facts.operator])).toEqual([
      ['DirectoryChanged', 1, 0, 'Anna'],
      ['DirectoryChanged', 0, 1, 'Ben'],
    ]);
    expect(verifyChain(DIRECTORY_PROCESS, record, head === undefined ? {} : { expectedHead: head.chain })).toEqual([]);
  });

  it('do not count when another came to count since the operator looked', async () => {
    const { deps, store } = setUp();
    const one = await writeDirectoryVersion(deps, named('One'), ORDER);
    const two = await writeDirectoryVersion(deps, named('Two'), ORDER);
    await useDirectoryVersion(deps, { version: one, expected: 0, by: 'Anna' });

    await expect(useDirectoryVersion(deps, { version: two, expected: 0, by: 'Ben' })).rejects.toMatchObject({
      rule: 'directory-changed',
    });
    expect(await currentVersion(store)).toBe(one);
  });

  it('never count when they were cut short, and the next one has a number of its own', async () => {
    const { deps, store } = setUp();
    store.commitFault = (commit) => (commit === 2 ? 'before' : undefined);
    await expect(writeDirectoryVersion(deps, named('Cut'), ORDER)).rejects.toMatchObject({
      name: 'ConnectorTransientError',
    });

    await expect(useDirectoryVersion(deps, { version: 1, expected: 0, by: 'Anna' })).rejects.toMatchObject({
      rule: 'no-such-version',
    });
    expect(await writeDirectoryVersion(deps, named('Whole'), ORDER)).toBe(2);
  });
});
