/** Posts of the org chart give roles, on pages and by the API, as the directory in force says at each request. */
import { describe, expect, it } from 'vitest';
import { createAdministrationApi } from '../../../functions/administration/administration-api.ts';
import { createAdministrationPages } from '../../../functions/administration/administration-pages.tsx';
import { type DirectoryData, parseDirectory } from '../../../functions/directory/directory-file.ts';
import { createFileDirectory } from '../../../functions/directory/file-directory.ts';
import type { Directory } from '../../../functions/directory/port.ts';
import { directoryData } from '../../support/purchase-company.ts';
import { visitorsOf } from '../../support/visitors.ts';
import { openAdministration } from '../administration/open-administration.ts';
import { callersOf, TOKEN_RULES } from '../worklist/open-worklist-api.ts';

const MANAGER = 'E-2001';
const CHART = '/admin/people';
const API = `/api/v1/people/${MANAGER}/hand-over?to=E-3002`;

/** The general manager's post gives administration; `changes` are to the general manager. */
function companyWith(changes: object = {}): DirectoryData {
  const posts = directoryData.posts.map((post) =>
    post.postId === 'general-manager' ? { ...post, roles: ['administrator'] } : post,
  );
  const people = directoryData.people.map((one) => (one.employeeId === 'E-0002' ? { ...one, ...changes } : one));
  return parseDirectory(JSON.parse(JSON.stringify({ ...directoryData, posts, people })));
}

async function opened() {
  const { deps } = await openAdministration();
  const now: { directory: Directory } = { directory: createFileDirectory(companyWith()) };
  /** Whatever version counts at the moment of a request. */
  const directory: Directory = new Proxy(now.directory, {
    get: (_first, name: keyof Directory) => now.directory[name].bind(now.directory),
  });
  const pages = visitorsOf(deps, createAdministrationPages({ ...deps, directory }));
  const api = callersOf(createAdministrationApi({ ...deps, directory, ...TOKEN_RULES, log: () => undefined }));
  const count = (data: DirectoryData) => {
    now.directory = createFileDirectory(data);
  };
  return { signIn: pages.signIn, as: api.as, count };
}

describe('a post that gives a role', () => {
  it('opens the pages and the API of the role to whoever holds it, without a group, and to nobody else', async () => {
    const { signIn, as } = await opened();

    expect((await (await signIn('E-0002')).get(CHART)).status).toBe(200);
    expect((await as('E-0002').get(API)).status).toBe(200);
    expect((await (await signIn(MANAGER)).get(CHART)).status).toBe(403);
    expect((await as(MANAGER).get(API)).status).toBe(403);
  });

  it.each([
    ['the post', { posts: [] }],
    ['their place', { posts: ['general-manager'], active: false }],
  ])('is lost with the next request by whoever loses %s, though session and token live', async (_, changes) => {
    const { signIn, as, count } = await opened();
    const [page, api] = [await signIn('E-0002'), as('E-0002')];
    expect([(await page.get(CHART)).status, (await api.get(API)).status]).toEqual([200, 200]);

    count(companyWith(changes));

    expect((await page.get(CHART)).status).not.toBe(200);
    expect((await api.get(API)).status).toBe(403);
  });

  it('is lost when the post gives it no more, and those of groups stay', async () => {
    const { signIn, as, count } = await opened();
    const [page, ofGroup] = [await signIn('E-0002'), await signIn('E-0002', ['administrator'])];

    count(directoryData);

    expect((await page.get(CHART)).status).toBe(403);
    expect((await ofGroup.get(CHART)).status).toBe(200);
    expect((await as('E-0002', '[administrators]').get(API)).status).toBe(200);
  });

  it('gives roles that there are, and none else', () => {
    const posts = [...directoryData.posts, { postId: 'king', name: 'King', roles: ['king'] }];
    const data = JSON.parse(JSON.stringify({ ...directoryData, posts }));

    expect(() => parseDirectory(data)).toThrow(/roles/);
  });
});
