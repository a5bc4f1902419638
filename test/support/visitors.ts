/** Who asks pages as API Gateway asks them: somebody who is signed in, or nobody in particular. */
import type { Hono } from 'hono';
import type { PageEnvironment } from '../../functions/pages/http-api.ts';
import type { Role } from '../../functions/sign-in/signed-in.ts';
import { sessionCookieOf } from './session-cookie.ts';

const HOST = 'pages.meridian.example';

export function visitorsOf(deps: Parameters<typeof sessionCookieOf>[0], page: Hono<PageEnvironment>) {
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
  return { signIn, visit };
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
