/** What axe finds on a page as it stands in the browser: rules of WCAG 2.2 up to AA, and axe's best practices. */
import axe from 'axe-core';
import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import * as z from 'zod';
import { type Language, say, type Text } from '../../functions/pages/language.ts';
import { PAGES_URL } from './purchase-company.ts';

const findingsSchema = z.array(
  z.object({ id: z.string(), nodes: z.array(z.object({ html: z.string(), failureSummary: z.string().optional() })) }),
);

export interface Findings {
  /** Each with the element that it stands on. */
  readonly violations: readonly string[];
  /** Rules that were judged and found kept: none means that axe looked at nothing. */
  readonly passed: number;
}

/** What a test expects of {@link lookAt}: nothing found, and enough looked at. */
export const NOTHING_FOUND = { violations: [], passed: expect.toSatisfy((passed: number) => passed > 10) };

/** Rules that WCAG 2.2 has added are off unless they are asked for. */
const ALL_RULES = "rules: { 'target-size': { enabled: true } }";
/** Those that depend on whether the screen is light or dark: elements and their places are the same on both. */
const RULES_OF_COLOUR = "runOnly: ['color-contrast', 'link-in-text-block']";

/**
 * On a light screen and on a dark one. Folded parts of the page are opened first, so that they are looked at too.
 */
export async function lookAt(page: Page): Promise<Findings> {
  await page.evaluate("document.querySelectorAll('details').forEach((details) => { details.open = true; })");
  await page.evaluate(axe.source);
  await page.emulateMedia({ colorScheme: 'dark' });
  const dark = await judged(page, RULES_OF_COLOUR);
  await page.emulateMedia({ colorScheme: 'light' });
  const light = await judged(page, ALL_RULES);
  const inTheDark = dark.violations.map((violation) => `on a dark screen: ${violation}`);
  // Of a page that says anything, its contrast is judged.
  expect(dark.passed).toBeGreaterThan(0);
  return { violations: [...light.violations, ...inTheDark, ...(await tooWide(page))], passed: light.passed };
}

async function judged(page: Page, rules: string): Promise<Findings> {
  const answer = await page.evaluate<{ violations: unknown; passes: readonly unknown[] }>(
    `axe.run(document, { resultTypes: ['violations'], ${rules} })`,
  );
  const violations = findingsSchema
    .parse(answer.violations)
    .flatMap(({ id, nodes }) => nodes.map(({ html, failureSummary = '' }) => `${id}: ${html} ${failureSummary}`));
  return { violations, passed: answer.passes.length };
}

/** A page is read without moving it from side to side (WCAG 2.2, 1.4.10), which axe cannot judge. */
async function tooWide(page: Page): Promise<readonly string[]> {
  const wide = await page.evaluate<readonly string[]>(
    `document.documentElement.scrollWidth <= innerWidth ? [] : [...document.body.querySelectorAll('*')]
      .filter((element) => element.getBoundingClientRect().right > innerWidth)
      .map((element) => element.outerHTML.slice(0, 200))`,
  );
  return wide.map((html) => `wider than the screen: ${html}`);
}

/** Opens one of our pages in a language. Fails unless it shows what only the wanted page shows. */
export async function lookAtOurs(page: Page, path: string, language: Language, wanted: Text): Promise<Findings> {
  const query = `lang=${language === 'en' ? 'en' : 'zh'}`;
  await page.goto(`${PAGES_URL}${path}${path.includes('?') ? '&' : '?'}${query}`);
  return lookAtShown(page, language, wanted);
}

/** The same for the page that is open. */
export async function lookAtShown(page: Page, language: Language, wanted: Text): Promise<Findings> {
  expect(await page.locator('main').textContent()).toContain(say(wanted, language));
  return lookAt(page);
}
/** Browsers of readers of each language. */
export const LOCALES = ['zh-CN', 'en'] as const;
