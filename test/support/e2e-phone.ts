/** A real browser as small as a phone, in which nothing but the page itself works: no script runs. */
import { type Browser, chromium, devices, type Page } from 'playwright-core';
import { afterAll, beforeAll, expect } from 'vitest';
import { findChromium } from '../../local/setup/browser.mjs';

/** @throws Error that says how to get a browser where there is none */
async function startBrowser(): Promise<Browser> {
  const executablePath = await findChromium();
  if (executablePath === undefined) {
    throw new Error('there is no Chromium on this machine: run `node local/setup/setup.mjs --for test`');
  }
  // Without a sandbox of its own: tests run as root in containers, and open nothing but this machine's pages.
  return chromium.launch({ executablePath, args: ['--no-sandbox'] });
}

/** A browser for the tests of a file or of a `describe`, closed after them. */
export function useBrowser(): () => Browser {
  let browser: Browser | undefined;
  beforeAll(async () => {
    browser = await startBrowser();
  });
  afterAll(async () => {
    await browser?.close();
  });
  return () => {
    if (browser === undefined) throw new Error('the browser runs only while tests do');
    return browser;
  };
}

/** A new page on a phone that speaks `locale`. */
export async function openPhone(browser: Browser, locale: 'zh-CN' | 'en-GB'): Promise<Page> {
  const context = await browser.newContext({ ...devices['Pixel 7'], locale, javaScriptEnabled: false });
  const page = await context.newPage();
  // Stories are told side by side.
  page.setDefaultTimeout(60_000);
  return page;
}

/** How far the page is wider than the phone, in pixels; 0 when nothing must be scrolled sideways. */
export async function sidewaysOverflow(page: Page): Promise<number> {
  const width = await page.evaluate<number>('document.documentElement.scrollWidth');
  return Math.max(0, width - (page.viewportSize()?.width ?? 0));
}

/** Chooses an account at the company's provider, which asks since nobody is signed in there. */
export async function signInAs(page: Page, name: RegExp, identityUrl: string): Promise<void> {
  await page.getByText('Who are you?').waitFor();
  expect(new URL(page.url()).origin).toBe(identityUrl);
  await page.getByText('Everybody else').tap();
  await page.getByRole('button', { name }).tap();
}
