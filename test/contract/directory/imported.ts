/** A directory that was imported into a store. */
import type { DirectoryData } from '../../../functions/directory/directory-file.ts';
import {
  currentVersion,
  useDirectoryVersion,
  writeDirectoryVersion,
} from '../../../functions/directory/directory-versions.ts';
import { createFileDirectory } from '../../../functions/directory/file-directory.ts';
import type { Directory } from '../../../functions/directory/port.ts';
import { createStoreDirectory } from '../../../functions/directory/store-directory.ts';
import type { ProcessStore } from '../../../functions/process/store/port.ts';
import { SettableClock, seededRandomness } from '../../support/ambient.ts';

const NOBODY = createFileDirectory({ people: [], departments: [], costCentres: [], posts: [] });

function depsWith(store: ProcessStore) {
  return { store, clock: new SettableClock('2026-11-25T00:00:00.000Z'), randomness: seededRandomness(1) };
}

export async function importInto(store: ProcessStore, data: DirectoryData): Promise<Directory> {
  const deps = depsWith(store);
  const version = await writeDirectoryVersion(deps, data, { by: 'Anna', source: 'people.csv' });
  await useDirectoryVersion(deps, { version, expected: await currentVersion(store), by: 'Anna' });
  return createStoreDirectory(store, NOBODY);
}
