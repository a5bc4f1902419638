import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parseDirectory } from '../../../functions/directory/directory-file.ts';
import { createFileDirectory } from '../../../functions/directory/file-directory.ts';
import { ValidationError } from '../../../functions/runtime/errors.ts';

const demo = JSON.parse(readFileSync('local/demo/directory.json', 'utf8'));

function person(employeeId: string, more: object = {}) {
  return {
    employeeId,
    name: employeeId,
    email: `${employeeId}@meridian.example`,
    locale: 'en',
    departmentId: 'D-1',
    posts: [],
    active: true,
    ...more,
  };
}

function file(people: readonly object[], more: object = {}) {
  const lists = { departments: [{ departmentId: 'D-1', name: 'One' }], costCentres: [], posts: [] };
  return { people, ...lists, ...more };
}

function problemsOf(value: unknown): readonly string[] {
  try {
    parseDirectory(value);
    return [];
  } catch (error) {
    if (error instanceof ValidationError) {
      return error.issues.map((issue) => `${issue.field}: ${issue.problem}`);
    }
    throw error;
  }
}

describe('the directory file', () => {
  it('of the demonstration company is accepted and answers every question of the port', async () => {
    const directory = createFileDirectory(parseDirectory(demo));

    expect((await directory.person('E-1001'))?.managerId).toBe('E-2001');
    expect((await directory.person('E-0001'))?.managerId).toBeUndefined();
    expect(await directory.person('E-9999')).toBeUndefined();
    expect((await directory.holdersOf('buyer')).map((holder) => holder.employeeId)).toEqual(['E-4001']);
    expect(await directory.holdersOf('quality-inspector')).toEqual([]);
    expect((await directory.headOf('D-OPS'))?.employeeId).toBe('E-3001');
    expect(await directory.headOf('D-NONE')).toBeUndefined();
    expect(await directory.costCentre('CC-100')).toMatchObject({ departmentId: 'D-OPS' });
    expect(await directory.costCentre('CC-999')).toBeUndefined();
  });

  it("knows people's own time zones, and no invented ones", async () => {
    const travelling = file([person('E-1', { timeZone: 'Europe/Berlin' }), person('E-2', { managerId: 'E-1' })]);
    const directory = createFileDirectory(parseDirectory(travelling));

    expect((await directory.person('E-1'))?.timeZone).toBe('Europe/Berlin');
    expect(await directory.person('E-2')).not.toHaveProperty('timeZone');
    expect(problemsOf(file([person('E-1', { timeZone: 'Europe/Atlantis' })]))).toEqual([
      'people[0].timeZone: must be an IANA time zone',
    ]);
  });

  it('knows who stands in for whom while they are away, and refuses absences that cannot be', async () => {
    const away = (from: string, until: string, substituteId: string) => ({ absences: [{ from, until, substituteId }] });
    const [first, last] = ['2026-12-01T00:00:00+08:00', '2026-12-08T00:00:00+08:00'];
    const of = (absence: object) => file([person('E-1'), person('E-2', { managerId: 'E-1', ...absence })]);
    const directory = createFileDirectory(parseDirectory(of(away(first, last, 'E-1'))));
    const during = new Date('2026-12-03T00:00:00Z');

    expect((await directory.substitutesFor('E-2', during, 'order')).map(({ employeeId }) => employeeId)).toEqual([
      'E-1',
    ]);
    expect(await directory.substitutesFor('E-1', during, 'order')).toEqual([]);
    expect(problemsOf(of(away(last, first, 'E-1')))).toEqual(['people[1].absences[0]: must end after it begins']);
    expect(problemsOf(of(away(first, last, 'E-9')))).toEqual([
      'people[1].absences[0].substituteId: there is no person E-9',
    ]);
    expect(problemsOf(of(away(first, last, 'E-2')))).toEqual([
      'people[1].absences[0].substituteId: E-2 cannot stand in for themselves',
    ]);
    expect(problemsOf(of(away('2026-12-01', last, 'E-1')))).toEqual([
      'people[1].absences[0].from: must be an instant such as 2026-12-01T00:00:00+08:00',
    ]);
  });

  it('keeps who is inactive findable as a person, but neither as a holder of a post nor as a head', async () => {
    const people = [
      person('E-2', { posts: ['p'], active: false, managerId: 'E-1' }),
      person('E-4', { posts: ['p'], managerId: 'E-1' }),
      person('E-3', { posts: ['p'], managerId: 'E-1' }),
      person('E-1'),
    ];
    const departments = [{ departmentId: 'D-1', name: 'One', headId: 'E-2' }];
    const directory = createFileDirectory(
      parseDirectory(file(people, { departments, posts: [{ postId: 'p', name: 'P' }] })),
    );

    expect((await directory.person('E-2'))?.active).toBe(false);
    expect((await directory.holdersOf('p')).map((holder) => holder.employeeId)).toEqual(['E-3', 'E-4']);
    expect(await directory.headOf('D-1')).toBeUndefined();
  });

  it('names all that is wrong at once, each with its place', () => {
    const people = [
      person('E-1'),
      person('E-2', { managerId: 'E-9', departmentId: 'D-9', posts: ['p-9'] }),
      person('E-3', { managerId: 'E-1', email: 'E-1@MERIDIAN.example' }),
      person('E-3', { managerId: 'E-1', email: 'other@meridian.example' }),
      person('E-4', { managerId: 'E-1', locale: 'fr', approvalLimit: '-5' }),
      person('operators', { managerId: 'E-4' }),
    ];

    const problems = problemsOf(
      file(people, {
        departments: [{ departmentId: 'D-1', name: 'One', headId: 'E-8' }],
        costCentres: [{ costCentreId: 'CC-1', name: 'One', departmentId: 'D-8' }],
      }),
    );

    expect(problems).toEqual([
      'people[3].employeeId: the id E-3 is there twice',
      expect.stringMatching(/^people\[4\]\.locale: /),
      'people[4].approvalLimit: must not be negative',
      'people[5].employeeId: "operators" stands for whoever is on duty',
      'people[1].managerId: there is no person E-9',
      'people[1].departmentId: there is no department D-9',
      'people[1].posts[0]: there is no post p-9',
      'departments[0].headId: there is no person E-8',
      'costCentres[0].departmentId: there is no department D-8',
      'people[2].email: E-1@MERIDIAN.example belongs to E-1 already',
    ]);
  });

  it('is refused when people report in a circle, whoever else reports into it', () => {
    const people = [
      person('E-5', { managerId: 'E-2' }),
      person('E-1', { managerId: 'E-3' }),
      person('E-2', { managerId: 'E-1' }),
      person('E-3', { managerId: 'E-2' }),
      person('E-4', { managerId: 'E-4' }),
    ];

    expect(problemsOf(file(people))).toEqual([
      'people[3].managerId: people report in a circle: E-2 -> E-1 -> E-3 -> E-2',
      'people[4].managerId: people report in a circle: E-4 -> E-4',
    ]);
  });

  it('has one head of the company', () => {
    const people = [person('E-1'), person('E-2'), person('E-3', { active: false })];

    expect(problemsOf(file(people))).toEqual(['people[1].managerId: E-2 has no manager, as has E-1']);
  });

  it('is refused when a list is missing or a word is misspelled', () => {
    expect(problemsOf({ people: [], departments: [], costCentres: [] })).toEqual([expect.stringContaining('posts')]);
    expect(problemsOf(file([person('E-1', { aproved: true })]))).toEqual([expect.stringContaining('aproved')]);
    expect(problemsOf('people')).toEqual([expect.stringContaining('(whole)')]);
  });
});
