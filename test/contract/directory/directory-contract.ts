/** What every directory promises, whatever keeps it. */
import { describe, expect, it } from 'vitest';
import { type DirectoryData, parseDirectory } from '../../../functions/directory/directory-file.ts';
import type { Directory, Person } from '../../../functions/directory/port.ts';

const DURING = new Date('2026-12-03T00:00:00Z');
const WEEK = { from: '2026-12-01T00:00:00+08:00', until: '2026-12-08T00:00:00+08:00' };

function person(employeeId: string, more: object = {}) {
  const email = `${employeeId.toLowerCase()}@meridian.example`;
  return { employeeId, name: employeeId, email, locale: 'en', departmentId: 'D-1', posts: [], active: true, ...more };
}

const COMPANY = parseDirectory({
  people: [
    person('E-4', { managerId: 'E-1', posts: ['clerk'], name: 'Li Na', absences: [{ ...WEEK, substituteId: 'E-3' }] }),
    person('E-3', { managerId: 'E-1', posts: ['clerk', 'buyer'], name: 'LI NA', substituteId: 'E-1' }),
    person('E-2', { managerId: 'E-1', posts: ['clerk'], name: 'Li Na', active: false }),
    person('E-1', { approvalLimit: '100.50', timeZone: 'Europe/Berlin', locale: 'zh-CN' }),
    person('E-5', { managerId: 'E-1', absences: [{ ...WEEK, substituteId: 'E-3', scope: ['payment'] }] }),
  ],
  departments: [
    { departmentId: 'D-1', name: 'One', headId: 'E-1', legalEntity: 'DE01' },
    { departmentId: 'D-2', name: 'Two', headId: 'E-2' },
    { departmentId: 'D-3', name: 'Three' },
  ],
  costCentres: [{ costCentreId: 'CC-1', name: 'Centre', departmentId: 'D-2' }],
  posts: [
    { postId: 'clerk', name: 'clerk', roles: ['auditor'] },
    { postId: 'buyer', name: 'buyer', roles: ['operator', 'auditor'] },
    { postId: 'cashier', name: 'cashier' },
  ],
});

/** @param open - a directory that holds exactly these data */
export function describeDirectory(name: string, open: (data: DirectoryData) => Promise<Directory>): void {
  const ids = async (people: Promise<readonly Person[]>) => (await people).map(({ employeeId }) => employeeId);

  describe(`the directory in ${name}`, () => {
    it('knows everybody who is or was here, with all that is said of them', async () => {
      const directory = await open(COMPANY);

      expect(await directory.person('E-1')).toEqual({
        ...person('E-1'),
        approvalLimit: '100.50',
        timeZone: 'Europe/Berlin',
        locale: 'zh-CN',
      });
      expect(await directory.person('E-2')).toMatchObject({ active: false });
      expect(await directory.person('E-3')).toMatchObject({ managerId: 'E-1', substituteId: 'E-1' });
      expect(await directory.person('E-9')).toBeUndefined();
      expect(await directory.person('')).toBeUndefined();
    });

    it('finds active people by id, mail and name, whatever the case', async () => {
      const directory = await open(COMPANY);

      expect(await ids(directory.find(' e-3 '))).toEqual(['E-3']);
      expect(await ids(directory.find('E-4@MERIDIAN.example'))).toEqual(['E-4']);
      expect((await ids(directory.find('li na'))).sort()).toEqual(['E-3', 'E-4']);
      expect(await ids(directory.find('li'))).toEqual([]);
      expect(await ids(directory.find(''))).toEqual([]);
      expect(await ids(directory.find('名'.repeat(2000)))).toEqual([]);
    });

    it('knows the active holders of a post in the order of their ids', async () => {
      const directory = await open(COMPANY);

      expect(await ids(directory.holdersOf('clerk'))).toEqual(['E-3', 'E-4']);
      expect(await ids(directory.holdersOf('cashier'))).toEqual([]);
      expect(await ids(directory.holdersOf('no-such-post'))).toEqual([]);
    });

    it('knows the roles that posts give, each once', async () => {
      const directory = await open(COMPANY);

      expect([...(await directory.rolesOf(['clerk', 'buyer', 'cashier']))].sort()).toEqual(['auditor', 'operator']);
      expect(await directory.rolesOf(['cashier', 'no-such-post'])).toEqual([]);
      expect(await directory.rolesOf([])).toEqual([]);
    });

    it('knows the legal entity of a department, where it says one', async () => {
      const directory = await open(COMPANY);

      expect(await directory.legalEntityOf('D-1')).toBe('DE01');
      expect(await directory.legalEntityOf('D-3')).toBeUndefined();
      expect(await directory.legalEntityOf('D-9')).toBeUndefined();
    });

    it('knows the head of a department unless it is vacant, and cost centres', async () => {
      const directory = await open(COMPANY);

      expect(await directory.headOf('D-1')).toMatchObject({ employeeId: 'E-1' });
      expect(await directory.headOf('D-2')).toBeUndefined();
      expect(await directory.headOf('D-3')).toBeUndefined();
      expect(await directory.headOf('D-9')).toBeUndefined();
      expect(await directory.costCentre('CC-1')).toEqual({ costCentreId: 'CC-1', name: 'Centre', departmentId: 'D-2' });
      expect(await directory.costCentre('CC-9')).toBeUndefined();
    });

    it('knows who stands in, within the scope of the absence', async () => {
      const directory = await open(COMPANY);

      expect(await ids(directory.substitutesFor('E-4', DURING, 'order'))).toEqual(['E-3']);
      expect(await ids(directory.substitutesFor('E-4', new Date('2026-12-09T00:00:00Z'), 'order'))).toEqual([]);
      expect(await ids(directory.substitutesFor('E-5', DURING, 'payment'))).toEqual(['E-3']);
      expect(await ids(directory.substitutesFor('E-5', DURING, 'order'))).toEqual([]);
      expect(await ids(directory.substitutesFor('E-9', DURING, 'order'))).toEqual([]);
    });

    it('knows for whom somebody stands in', async () => {
      const directory = await open(COMPANY);

      const found = [...(await directory.standInsOf('E-3'))].sort((one, other) =>
        one.employeeId < other.employeeId ? -1 : 1,
      );
      expect(found).toEqual([
        { employeeId: 'E-4', absence: { ...WEEK, substituteId: 'E-3' } },
        { employeeId: 'E-5', absence: { ...WEEK, substituteId: 'E-3', scope: ['payment'] } },
      ]);
      expect(await directory.standInsOf('E-9')).toEqual([]);
    });
  });
}
