/** Before all contract tests: the company in Tryton is prepared once, and not by each of the files that begin with it at the same time. */
import { join } from 'node:path';
import { prepareTryton } from '../../local/tryton/server.ts';

const LOCAL = join(import.meta.dirname, '../../.local');

export default async function prepareCompany(): Promise<void> {
  const report = (progress: string) => console.log(`Tryton: ${progress}`);
  await prepareTryton({
    python: join(LOCAL, 'python/tryton/bin/python'),
    folder: join(LOCAL, 'tryton/pristine'),
    report,
  });
}
