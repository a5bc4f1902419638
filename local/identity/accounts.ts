/** Accounts of the demonstration's identity provider: everybody of its directory, those who have left included. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseDirectory } from '../../functions/directory/directory-file.ts';
import { ROOT } from '../cloud/paths.ts';
import type { Account } from './account.ts';

const DIRECTORY_FILE = join(ROOT, 'local/demo/directory.json');

/** Groups by employee; the names are those of the company file, which leaves them as they are. */
const GROUPS: Readonly<Record<string, readonly string[]>> = {
  'E-0002': ['meridian-administrators'],
  'E-4003': ['meridian-auditors'],
  'E-4005': ['meridian-administrators', 'meridian-operators'],
};

/** As a company's provider has them: it learns who left later than the directory does. */
export async function demoAccounts(): Promise<readonly Account[]> {
  const { people } = parseDirectory(JSON.parse(await readFile(DIRECTORY_FILE, 'utf8')));
  return people.map(({ employeeId, name, email }) => ({
    id: employeeId,
    name,
    email,
    isMailVerified: true,
    groups: GROUPS[employeeId] ?? [],
  }));
}
