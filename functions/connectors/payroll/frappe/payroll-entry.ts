/**
 * Payroll Entries of a run. Their names are ours and say which figures they are about: a name can be given once, so that a
 * lost reply makes no second one. Whoever takes one back and amends it in Frappe HR gets the same name with a number behind it.
 */
import { ConnectorPermanentError, ConnectorTransientError } from '../../../runtime/errors.ts';
import type { RunOfMonth } from '../port.ts';
import type { FrappeSite } from './site.ts';
import { ENTRY_FIELDS, type EntryRow, entryRow } from './wire.ts';

export const ENTRY = 'Payroll Entry';
export const SLIP = 'Salary Slip';

/** Of the digest; two of a month's few hand-overs do not agree in 48 bits. */
const DIGEST_DIGITS = 12;

/** Name of the first Payroll Entry of these figures. */
function entryName({ processId }: RunOfMonth, digest: string): string {
  return `${processId}-${digest.slice(0, DIGEST_DIGITS)}`;
}

export interface RunEntries {
  /** Of exactly these figures, the one that counts or may come to count. */
  readonly current: EntryRow | undefined;
  /** Of exactly these figures, one was taken back. */
  readonly isCancelled: boolean;
  /** What the next one of these figures is to be called. */
  readonly freeName: string;
  /** Of other figures of the run, and not taken back. */
  readonly superseded: readonly EntryRow[];
}

/** @throws ConnectorPermanentError where two of the same figures stand side by side */
export async function entriesOf(site: FrappeSite, run: RunOfMonth, digest: string): Promise<RunEntries> {
  const filters = [['name', 'like', `${run.processId}-%`]] as const;
  const all = await site.list(ENTRY, { fields: ENTRY_FIELDS, filters }, entryRow);
  const own = entryName(run, digest);
  const isOwn = ({ name }: EntryRow) => name === own || name.startsWith(`${own}-`);
  const stands = ({ docstatus }: EntryRow) => docstatus !== 'cancelled';
  const ofFigures = all.filter(isOwn);
  const standing = ofFigures.filter(stands);
  if (standing.length > 1) {
    const names = standing.map(({ name }) => name).join(', ');
    throw new ConnectorPermanentError(
      `Frappe HR has more than one Payroll Entry of the same figures: cancel all but one of ${names}`,
    );
  }
  return {
    current: standing[0],
    isCancelled: ofFigures.length > 0 && standing.length === 0,
    freeName: freeName(own, new Set(ofFigures.map(({ name }) => name))),
    superseded: all.filter((entry) => !isOwn(entry) && stands(entry)),
  };
}

function freeName(first: string, taken: ReadonlySet<string>): string {
  let name = first;
  for (let number = 1; taken.has(name); number += 1) {
    name = `${first}-${number}`;
  }
  return name;
}

/** What payroll has submitted counts in its books, and is not ours to take back. */
export async function withdraw(site: FrappeSite, entry: EntryRow): Promise<void> {
  const isPaid = await site.hasAny(SLIP, [
    ['payroll_entry', '=', entry.name],
    ['docstatus', '=', 1],
  ]);
  if (isPaid) {
    throw new ConnectorPermanentError(
      `payroll has submitted salary slips of earlier figures: cancel Payroll Entry ${entry.name} in Frappe HR, then try again`,
    );
  }
  try {
    await takeBack(site, entry);
  } catch (error) {
    // An earlier call, whose reply was lost, may have done it meanwhile.
    if (!(error instanceof ConnectorPermanentError) || (await stillStands(site, entry))) {
      throw error;
    }
  }
}

async function takeBack(site: FrappeSite, { name, docstatus }: EntryRow): Promise<void> {
  if (docstatus === 'draft') {
    await site.delete(ENTRY, name);
    return;
  }
  const { docstatus: after } = await site.update(ENTRY, name, { docstatus: 2 }, entryRow);
  if (after !== 'cancelled') {
    throw new ConnectorTransientError(`Frappe HR is still taking Payroll Entry ${name} back`, { retryAfter: 30 });
  }
}

function stillStands(site: FrappeSite, { name }: EntryRow): Promise<boolean> {
  return site.hasAny(ENTRY, [
    ['name', '=', name],
    ['docstatus', '!=', 2],
  ]);
}
