/** Somebody who signed in, at the list of their tasks: what a browser shows them there, and what they press. */
import { fieldIn, type Shown, type SignInBrowser } from '../identity/sign-in-browser.ts';
import { waitFor } from './wait-for.ts';

/** Where the entry of a list leads whose title ends so. */
export function linkTo({ html, url }: Shown, titleEnd: string): string | undefined {
  const [, path] = new RegExp(`<a href="([^"]+)">[^<]*${titleEnd}</a>`).exec(html) ?? [];
  return path === undefined ? undefined : new URL(path.replaceAll('&amp;', '&'), url).href;
}

/** What the forms of a task's page send along: whose session it is, and what was asked. */
export function fieldsOf(page: Shown): Readonly<Record<string, string>> {
  return Object.fromEntries(['csrf', 'level', 'round', 'documentVersion'].map((name) => [name, fieldIn(page, name)]));
}

/** Waits for a task on the list of whoever is signed in, and opens it. */
export async function openTask(browser: SignInBrowser, pagesUrl: string, titleEnd: string): Promise<Shown> {
  const list = `${pagesUrl}/me/tasks?lang=en`;
  const task = await waitFor(`${titleEnd} on the list of tasks`, async () =>
    linkTo(await browser.open(list), titleEnd),
  );
  return browser.open(task);
}
