import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import type { DirectoryData } from '../../../functions/directory/directory-file.ts';
import { differenceOf } from '../../../local/tools/directory/difference.ts';
import { readImport } from '../../../local/tools/directory/read-import.ts';
import { directoryData } from '../../support/purchase-company.ts';

type Files = Readonly<Record<string, string | Uint8Array>>;

function read(files: Files, current: DirectoryData = directoryData) {
  const sources = Object.entries(files).map(([name, content]) => ({
    name,
    bytes: typeof content === 'string' ? new TextEncoder().encode(content) : content,
  }));
  return readImport(sources, current);
}

function imported(files: Files, current?: DirectoryData) {
  const result = read(files, current);
  if ('problems' in result) {
    throw new Error(JSON.stringify(result.problems));
  }
  return result;
}

function problemsOf(files: Files): readonly string[] {
  const result = read(files);
  return 'problems' in result
    ? result.problems.map(
        ({ file, line, field, problem, remedy }) => `${file}:${line} ${field}: ${problem} (${remedy})`,
      )
    : [];
}

function personIn(data: DirectoryData, id: string) {
  return data.people.find(({ employeeId }) => employeeId === id);
}

/** Everybody of the company as CSV, with some lines changed. */
function peopleCsv(change: (line: string) => string = (line) => line): string {
  const lines = directoryData.people.map(
    ({ employeeId, name, email, locale, managerId, departmentId, posts, active }) =>
      [employeeId, `"${name}"`, email, locale, managerId ?? '', departmentId, posts.join(';'), active].join(','),
  );
  return ['employeeId,name,email,locale,managerId,departmentId,posts,active', ...lines.map(change)].join('\r\n');
}

/** Everybody of the company as an identity provider lists them. */
function scimUsers(change: (user: Record<string, unknown>) => Record<string, unknown> = (user) => user): string {
  const users = directoryData.people.map(({ employeeId, name, email, locale, managerId, departmentId, active }) => ({
    schemas: ['urn:ietf:params:scim:schemas:core:2.0:User'],
    id: `id-${employeeId}`,
    userName: email,
    displayName: name,
    emails: [{ value: email, primary: true }],
    preferredLanguage: locale === 'en' ? 'en-US' : 'zh_CN',
    active,
    'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User': {
      employeeNumber: employeeId,
      department: departmentId,
      ...(managerId === undefined ? {} : { manager: { value: `id-${managerId}` } }),
    },
  }));
  return listResponse(users.map(change));
}

function listResponse(resources: readonly object[], totalResults: unknown = resources.length): string {
  const schemas = ['urn:ietf:params:scim:api:messages:2.0:ListResponse'];
  return JSON.stringify({ schemas, totalResults, Resources: resources }, undefined, 2);
}

/** A list of SCIM as it comes page by page. */
function pagesOf(list: string, size: number): readonly string[] {
  const { Resources: all, totalResults } = z
    .object({ Resources: z.array(z.looseObject({})), totalResults: z.number() })
    .parse(JSON.parse(list));
  const starts = all.flatMap((_, index) => (index % size === 0 ? [index] : []));
  return starts.map((start) => listResponse(all.slice(start, start + size), totalResults));
}

describe('an import', () => {
  it.each([
    ['CSV', { 'people.csv': peopleCsv() }],
    ['CSV with the mark that Excel writes', { 'people.csv': `\uFEFF${peopleCsv()}` }],
    ['JSON', { 'directory.json': JSON.stringify(directoryData) }],
    ['SCIM', { 'users.json': scimUsers() }],
  ])('of the same as %s changes nothing: what the file does not know stays', (_, files) => {
    expect(differenceOf(directoryData, imported(files).data)).toEqual([]);
  });

  it('changes what a cell says, and takes away what an empty cell says there is not', () => {
    const csv = 'employeeId,approvalLimit,managerId\nE-2001,77.5,E-3002\nE-2002,,E-3001\n';
    const { data } = imported({ 'people.csv': `${csv}${others('E-2001', 'E-2002')}` });

    const { approvalLimit: limit, ...unlimited } = { ...personIn(directoryData, 'E-2002') };
    expect(limit).toBeDefined();
    expect(personIn(data, 'E-2002')).toStrictEqual({ ...unlimited, managerId: 'E-3001' });
    expect(personIn(data, 'E-2001')).toStrictEqual({
      ...personIn(directoryData, 'E-2001'),
      approvalLimit: '77.5',
      managerId: 'E-3002',
    });
  });

  it('takes grades from CSV, and keeps them when SCIM, which has none, is imported', () => {
    const graded = others('E-2001', 'E-1001').replaceAll(/,.*$/gm, ',M1');
    const { data } = imported({ 'people.csv': `employeeId,grade\nE-2001,\nE-1001,M2\n${graded}` });

    expect(personIn(data, 'E-1001')).toMatchObject({ grade: 'M2' });
    expect(personIn(data, 'E-2001')).not.toHaveProperty('grade');
    expect(problemsOf({ 'people.csv': 'employeeId,grade\nE-1001,far too long a grade\n' }).join()).toContain(
      'people.csv:2 grade: must be 1 to 16 letters, digits or hyphens',
    );
    expect(personIn(imported({ 'users.json': scimUsers() }).data, 'E-2002')).toMatchObject({ grade: 'M1' });
  });

  it('keeps whoever is missing as somebody who has left, and takes them back when they come again', () => {
    const without = peopleCsv()
      .split('\r\n')
      .filter((line) => !line.startsWith('E-1002'))
      .join('\r\n');
    const { data } = imported({ 'people.csv': without });
    expect(personIn(data, 'E-1002')).toMatchObject({ active: false, posts: [] });

    const csv = `employeeId,name\n${directoryData.people.map(({ employeeId, name }) => `${employeeId},"${name}"`).join('\n')}`;
    const again = directoryData.people.filter(({ active }) => active).map(({ employeeId }) => employeeId);
    const back = imported({ 'people.csv': csv }, data).data;
    expect(again.filter((id) => personIn(back, id)?.active !== true)).toEqual([]);
  });

  it('takes several lists at once, in any order', () => {
    const posts = `postId,name\n${directoryData.posts.map(({ postId, name }) => `${postId},"${name}"`).join('\n')}\nnight-guard,Guard\n`;
    const people = peopleCsv((line) =>
      line.startsWith('E-1002,') ? line.replace(/,[^,]*,true$/, ',night-guard,true') : line,
    );

    const { data } = imported({ 'people.csv': people, 'posts.csv': posts });
    expect(personIn(data, 'E-1002')?.posts).toEqual(['night-guard']);
    expect(differenceOf(directoryData, data)[0]).toMatch(/^~ people E-1002: posts .*night-guard/);
  });

  it('lets groups of an identity provider say who holds a post, and leaves other groups alone', () => {
    const [post] = directoryData.posts;
    const group = { id: 'g1', displayName: post?.postId, members: [{ value: 'id-E-1001' }] };
    const club = { id: 'g2', displayName: 'Chess club', members: [{ value: 'id-E-1001' }] };

    const { data, notes } = imported({ 'users.json': scimUsers(), 'groups.json': listResponse([group, club]) });
    const holders = data.people
      .filter(({ posts }) => posts.includes(post?.postId ?? ''))
      .map(({ employeeId }) => employeeId);
    expect(holders).toEqual(['E-1001']);
    expect(notes).toEqual([expect.stringMatching(/^groups\.json:\d+: group "Chess club" is no post/)]);
  });
});

describe('what is wrong with an import', () => {
  it('is named all at once with line, field and remedy, in CSV', () => {
    const csv = peopleCsv((line) =>
      line.startsWith('E-1001,')
        ? line.replace('E-2001', 'E-9').replace(/true$/, 'perhaps')
        : line.startsWith('E-1002,')
          ? line.replace(/[\w.]+@[\w.]+/, 'no mail')
          : line,
    );
    const lineOf = (id: string) => csv.split('\r\n').findIndex((line) => line.startsWith(`${id},`)) + 1;

    expect(problemsOf({ 'people.csv': csv })).toEqual(
      expect.arrayContaining([
        expect.stringMatching(new RegExp(`^people\\.csv:${lineOf('E-1001')} active: .*\\(write true or false\\)$`)),
        expect.stringMatching(new RegExp(`^people\\.csv:${lineOf('E-1002')} email: .*\\(.+\\)$`)),
      ]),
    );
  });

  it('is found in references between lines, lists and versions', () => {
    const csv = peopleCsv((line) => (line.startsWith('E-1001,') ? line.replace('E-2001', 'E-9') : line));

    expect(problemsOf({ 'people.csv': csv })).toEqual([
      expect.stringMatching(/^people\.csv:\d+ managerId: there is no person E-9 \(.+\)$/),
    ]);
    const departments = 'departmentId,name,legalEntity\nD-NEW,New,DE01\n';
    expect(problemsOf({ 'departments.csv': departments })).toContainEqual(
      expect.stringMatching(/of E-1001, whom no file has: there is no department/),
    );
  });

  it('is named by line and path in JSON', () => {
    const text = JSON.stringify(
      { posts: directoryData.posts, people: [{ ...directoryData.people[0], locale: 'fr' }], clubs: [] },
      undefined,
      2,
    );
    const lineOf = (what: string) => text.split('\n').findIndex((line) => line.includes(what)) + 1;

    expect(problemsOf({ 'directory.json': text })).toEqual(
      expect.arrayContaining([
        expect.stringContaining(`directory.json:${lineOf('"fr"')} locale: `),
        expect.stringContaining(`directory.json:${lineOf('"clubs"')} clubs: there is no such list`),
      ]),
    );
  });

  it('is named by line and attribute in SCIM', () => {
    const users = scimUsers((user) => (user.id === 'id-E-1001' ? { ...user, preferredLanguage: 'fr-FR' } : user));
    const broken = listResponse([{ id: 'x', userName: 'somebody', active: 'yes' }]);

    expect(problemsOf({ 'users.json': users })).toEqual([
      expect.stringMatching(/^users\.json:\d+ preferredLanguage: /),
    ]);
    expect(problemsOf({ 'users.json': broken })).toContainEqual(
      expect.stringMatching(/^users\.json:10 active: .*\(give a User of RFC 7643\)$/),
    );
  });

  it('is a list of SCIM of which a page is missing: nobody leaves because of that', () => {
    const all = directoryData.people.length;
    const pages = pagesOf(scimUsers(), Math.ceil(all / 2)).map((page, index) => [`users-${index}.json`, page] as const);
    const [first, second] = pages;
    if (first === undefined || second === undefined) {
      throw new Error('the company is too small to have two pages');
    }
    const missing = new RegExp(
      `^users-0\\.json:5 totalResults: the list has ${all} users, and the files have ${Math.ceil(all / 2)} of them \\(.+\\)$`,
    );
    const [post] = directoryData.posts;
    const groups = listResponse(
      directoryData.people.map((_, index) => ({
        id: `g${index}`,
        displayName: `${post?.postId}-${index}`,
        members: [],
      })),
    );

    expect(differenceOf(directoryData, imported(Object.fromEntries(pages)).data)).toEqual([]);
    expect(problemsOf(Object.fromEntries([first]))).toContainEqual(expect.stringMatching(missing));
    expect(problemsOf({ ...Object.fromEntries([first]), 'again.json': first[1] })).toContainEqual(
      expect.stringMatching(missing),
    );
    expect(problemsOf({ ...Object.fromEntries([first]), 'groups.json': groups })).toContainEqual(
      expect.stringMatching(missing),
    );
  });

  it.each([
    [
      'its length',
      { 'users.json': listResponse([]).replace(/ *"totalResults.*\n/, '') },
      /users\.json:1 totalResults: .*does not say/,
    ],
    ['how long it is', { 'users.json': listResponse([], '3') }, /users\.json:5 totalResults: .*does not say/],
    [
      'anybody',
      { 'groups.json': listResponse([{ id: 'g1', displayName: 'x', members: [] }]) },
      /groups\.json:6 Resources: .*no user/,
    ],
  ])('is a list of SCIM that does not say %s', (_, files, expected) => {
    expect(problemsOf(files)).toContainEqual(expect.stringMatching(expected));
  });

  it.each([
    [
      'a file that is not in UTF-8',
      { 'people.csv': new Uint8Array([0x65, 0xd6, 0xd0]) },
      /people\.csv:1 \(whole\): the file is not in UTF-8/,
    ],
    [
      'a quote that is never closed',
      { 'people.csv': 'employeeId,name\nE-1,"Li' },
      /people\.csv:2 \(whole\): .*close each quoted cell/,
    ],
    [
      'a column that there is not',
      { 'people.csv': 'employeeId,salary\n' },
      /people\.csv:1 salary: there is no such column/,
    ],
    ['no column of ids', { 'people.csv': 'a,b\n1,2\n' }, /people\.csv:1 .*no column says which list it is/],
    ['a line with too many cells', { 'posts.csv': 'postId,name\nbuyer,Buyer,of,paper\n' }, /posts\.csv:2 .*4 cells/],
    ['broken JSON', { 'a.json': '{\n"people": [,]\n}' }, /a\.json:2 \(whole\): the file is no JSON/],
    [
      'a list that two files have',
      { 'a.json': '{"posts": []}', 'posts.csv': 'postId,name\nx,X\n' },
      /posts: another file has this list/,
    ],
    [
      'an id that is there twice',
      { 'posts.csv': 'postId,name\nx,X\nx,Y\n' },
      /posts\.csv:3 postId: the id x is there twice/,
    ],
    ['a file without a list', { 'a.json': '{}' }, /a\.json:1 \(whole\): there is no list/],
  ])('is %s', (_, files, expected) => {
    expect(problemsOf(files)).toContainEqual(expect.stringMatching(expected));
  });
});

/** Lines for everybody but some, with what they have. */
function others(...but: readonly string[]): string {
  return directoryData.people
    .filter(({ employeeId }) => !but.includes(employeeId))
    .map(({ employeeId, approvalLimit = '', managerId = '' }) => `${employeeId},${approvalLimit},${managerId}`)
    .join('\n');
}
