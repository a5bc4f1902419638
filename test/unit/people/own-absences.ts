/** A small company with a store, in which people name their substitutes. */
import { createFileDirectory } from '../../../functions/directory/file-directory.ts';
import type { Person } from '../../../functions/directory/port.ts';
import { createStoreDirectory } from '../../../functions/directory/store-directory.ts';
import { endOwnAbsence } from '../../../functions/people/end-own-absence.ts';
import { listAbsences } from '../../../functions/people/list-absences.ts';
import { nameSubstitute, type SubstituteWish } from '../../../functions/people/name-substitute.ts';
import { SettableClock, seededRandomness } from '../../support/ambient.ts';
import { MemoryStore } from '../../support/memory-store.ts';
import { directoryData } from '../../support/purchase-company.ts';

const SUBJECTS = ['order', 'payment'];
/** `E-2001` names `E-2002` for the first week of December. */
const WISH: SubstituteWish = {
  from: '2026-12-01',
  to: '2026-12-07',
  timeZone: 'Asia/Shanghai',
  person: 'E-2002',
  scope: [],
  subjects: SUBJECTS,
};

/** The demonstration's company, with changes of people by their ids. */
export function openPeople(changes: { readonly [employeeId: string]: Partial<Person> } = {}) {
  const store = new MemoryStore();
  const clock = new SettableClock('2026-11-25T00:00:00.000Z');
  const people = directoryData.people.map((one) => ({ ...one, ...changes[one.employeeId] }));
  const data = JSON.parse(JSON.stringify({ ...directoryData, people }));
  const directory = createStoreDirectory(store, createFileDirectory(data));
  const deps = { store, clock, randomness: seededRandomness(1), directory };
  return {
    deps,
    store,
    clock,
    directory,
    name: (more: Partial<SubstituteWish> = {}, by = 'E-2001') => nameSubstitute(deps, by, { ...WISH, ...more }),
    end: (leaveId: string, by = 'E-2001') => endOwnAbsence(deps, by, leaveId),
    list: (of = 'E-2001') => listAbsences(deps, of, clock.now()),
    ownId: async (of = 'E-2001') => {
      const [first] = (await listAbsences(deps, of, clock.now())).own.filter(({ source }) => source === 'own');
      return first?.leaveId ?? '';
    },
    substitutes: async (at: string, subject = 'order', of = 'E-2001') =>
      (await directory.substitutesFor(of, new Date(at), subject)).map(({ employeeId }) => employeeId),
  };
}
