/** How whoever is signed in reads a page. */
import type { Context } from 'hono';
import type { Directory } from '../directory/port.ts';
import type { PageEnvironment } from './http-api.ts';
import type { Language } from './language.ts';
import { languageOf } from './page-app.ts';

export interface ReaderDeps {
  readonly directory: Directory;
  /** IANA zone in which instants are shown to those who have none of their own. */
  readonly timeZone: string;
}

export interface Reader {
  readonly language: Language;
  /** IANA zone. */
  readonly timeZone: string;
}

/** By what the page was asked with, and what the directory knows of the person. */
export async function readerOf(
  { directory, timeZone }: ReaderDeps,
  context: Context<PageEnvironment>,
): Promise<Reader> {
  const person = await directory.person(context.get('signedIn').employeeId);
  return { language: languageOf(context, person?.locale), timeZone: person?.timeZone ?? timeZone };
}
