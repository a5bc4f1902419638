import { describe, expect, it } from 'vitest';
import type { Person } from '../../../functions/directory/port.ts';
import { substitutesFor } from '../../../functions/directory/substitutes.ts';

const AT = new Date('2026-12-03T12:00:00Z');

function person(employeeId: string, substituteId?: string, more: Partial<Person> = {}): Person {
  const away = { from: '2026-12-01T00:00:00+08:00', until: '2026-12-08T00:00:00+08:00' };
  return {
    employeeId,
    name: employeeId,
    email: `${employeeId}@meridian.example`,
    locale: 'en',
    departmentId: 'D',
    posts: [],
    active: true,
    ...(substituteId === undefined ? {} : { absences: [{ ...away, substituteId }] }),
    ...more,
  };
}

async function found(people: readonly Person[], at = AT, subject = 'order'): Promise<readonly string[]> {
  const byId = new Map(people.map((one) => [one.employeeId, one]));
  const substitutes = await substitutesFor(async (id) => byId.get(id), 'A', at, subject);
  return substitutes.map(({ employeeId }) => employeeId);
}

describe('who stands in for somebody', () => {
  it('is nobody while they are there', async () => {
    expect(await found([person('A'), person('B')])).toEqual([]);
    expect(await found([person('A', 'B'), person('B')], new Date('2026-11-30T15:59:59Z'))).toEqual([]);
    expect(await found([person('A', 'B'), person('B')], new Date('2026-12-07T16:00:00Z'))).toEqual([]);
  });

  it('is their substitute from the first instant of the absence on', async () => {
    expect(await found([person('A', 'B'), person('B')], new Date('2026-11-30T16:00:00Z'))).toEqual(['B']);
  });

  it('is the substitute of a substitute who is away or has left as well', async () => {
    expect(await found([person('A', 'B'), person('B', 'C'), person('C')])).toEqual(['C']);
    expect(await found([person('A', 'B'), person('B', 'C', { active: false }), person('C')])).toEqual(['C']);
  });

  it('is nobody when substitutes go in a circle, or in a line that is too long', async () => {
    expect(await found([person('A', 'B'), person('B', 'A')])).toEqual([]);
    expect(await found([person('A', 'B'), person('B', 'C'), person('C', 'B')])).toEqual([]);
    const line = ['A', 'B', 'C', 'D', 'E', 'F', 'G'].map((id, index, all) => person(id, all[index + 1]));
    expect(await found(line)).toEqual([]);
  });

  it('is somebody only for the subjects of the absence, and the person keeps the others', async () => {
    const absence = {
      from: '2026-12-01T00:00:00Z',
      until: '2026-12-08T00:00:00Z',
      substituteId: 'B',
      scope: ['payment'],
    };
    const people = [person('A', undefined, { absences: [absence] }), person('B')];

    expect(await found(people, AT, 'payment')).toEqual(['B']);
    expect(await found(people, AT, 'order')).toEqual([]);
  });
});
