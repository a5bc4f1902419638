/** The people of the demonstration's directory as employees in Tryton: the party's code is the company's employee id. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { date, type TrytonClient } from './rpc.ts';

const DIRECTORY = join(import.meta.dirname, '../demo/directory.json');

interface StaffMember {
  readonly employeeId: string;
  readonly name: string;
  readonly active: boolean;
}

/** Contents of the file that the staff is made from: a prepared company is made again when it changes. */
export function readStaffFile(): Promise<string> {
  return readFile(DIRECTORY, 'utf8');
}

/** @param today - `YYYY-MM-DD`; whoever is not active any more left at the end of the year before */
export async function createStaff(client: TrytonClient, company: number, today: string): Promise<void> {
  const { people }: { people: readonly StaffMember[] } = JSON.parse(await readStaffFile());
  const lastYear = Number(today.slice(0, 4)) - 1;
  const parties = await client.createAll(
    'party.party',
    people.map(({ employeeId, name }) => ({ name, code: employeeId, addresses: [] })),
  );
  await client.createAll(
    'company.employee',
    people.map(({ active }, index) => ({
      party: parties[index],
      company,
      ...(active ? {} : { end_date: date(`${lastYear}-12-31`) }),
    })),
  );
}
