/** A browser in which the decision pages of a world in memory stand at their address. */
import type { Browser, Page } from 'playwright-core';

type Ask = (request: Request) => Promise<Response>;

/** A page that asks the app for everything of its origin, and gets nothing from anywhere else. */
export async function openPages(browser: Browser, ask: Ask, options: { readonly locale: string }): Promise<Page> {
  const context = await browser.newContext({ ...options, viewport: { width: 412, height: 839 } });
  await context.route('**/*', async (route) => {
    const asked = route.request();
    const body = asked.postDataBuffer();
    const response = await ask(
      new Request(asked.url(), {
        method: asked.method(),
        headers: await asked.allHeaders(),
        ...(body === null ? {} : { body: Uint8Array.from(body) }),
      }),
    );
    await route.fulfill({
      status: response.status,
      headers: Object.fromEntries(response.headers),
      body: Buffer.from(await response.arrayBuffer()),
    });
  });
  const page = await context.newPage();
  page.setDefaultTimeout(20_000);
  return page;
}
