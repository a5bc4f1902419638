/** The pages of whoever is signed in, over purchases that wait, asked as API Gateway asks them. */
import { createStoreDirectory } from '../../../functions/directory/store-directory.ts';
import type { Role } from '../../../functions/sign-in/signed-in.ts';
import { createMyPages } from '../../../functions/worklist/my-pages.tsx';
import { requisitionEvent } from '../../support/purchase-company.ts';
import { PurchaseWorld } from '../../support/purchase-world.ts';
import { sessionCookieOf } from '../../support/session-cookie.ts';

const HOST = 'pages.meridian.example';

/** Requisitions that are filed, by their changes; one where none are named. */
export async function openMyPages(...changes: readonly Parameters<typeof requisitionEvent>[0][]) {
  const world = new PurchaseWorld();
  const events = (changes.length === 0 ? [{}] : changes).map((change) => requisitionEvent(change));
  for (const event of events) {
    await world.submit(event);
  }
  const inMemory = world.urgeDeps();
  const directory = createStoreDirectory(world.store, inMemory.directory);
  const deps = { ...inMemory, directory, timeZone: 'Asia/Shanghai' };
  const page = createMyPages(deps);

  const request = async (path: string, init: RequestInit) => {
    const response = await page.request(`https://${HOST}${path}`, init, { sourceIp: '192.0.2.1' });
    return { status: response.status, headers: response.headers, text: await response.text() };
  };

  /** Somebody signs in, and what they can do then. */
  const signIn = async (employeeId: string, roles: readonly Role[] = []) => {
    const cookie = await sessionCookieOf(deps, employeeId, roles);
    const get = (path: string) => request(path, { headers: { host: HOST, cookie } });
    const post = (path: string, form: Readonly<Record<string, string>>) =>
      request(path, {
        method: 'POST',
        headers: { host: HOST, cookie, 'content-type': 'application/x-www-form-urlencoded' },
        body: new URLSearchParams(form).toString(),
      });
    /** Sends the first form of a page, as shown, with what the person adds. */
    const send = async (path: string, added: Readonly<Record<string, string>>) =>
      post(path, { ...hiddenFields((await get(path)).text), ...added });
    return { get, post, send };
  };
  const visit = (path: string) => request(path, { headers: { host: HOST } });
  return { world, events, signIn, visit };
}

/** Hidden fields of the first form. */
export function hiddenFields(page: string): Readonly<Record<string, string>> {
  const form = page.slice(page.indexOf('<form'), page.indexOf('</form>'));
  return Object.fromEntries(
    [...form.matchAll(/<input type="hidden" name="([^"]*)" value="([^"]*)"/g)].map(([, name = '', value = '']) => [
      name,
      value,
    ]),
  );
}

/** Addresses of the tasks that a list shows. */
export function taskPaths(page: string): readonly string[] {
  return [...page.matchAll(/href="(\/me\/tasks\/[^"]+)"/g)].map(([, path = '']) => path);
}

/** The first of them. */
export function firstTask(page: string): string {
  const [path] = taskPaths(page);
  if (path === undefined) {
    throw new Error('the list shows no task');
  }
  return path;
}
