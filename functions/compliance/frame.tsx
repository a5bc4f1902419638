/** The frame of the pages of compliance, and how whoever looks at one reads. */
import type { Context } from 'hono';
import type { PropsWithChildren } from 'hono/jsx';
import type { Directory } from '../directory/port.ts';
import { FormToken } from '../pages/form-token.tsx';
import type { PageEnvironment } from '../pages/http-api.ts';
import { type Language, say } from '../pages/language.ts';
import { renderPage } from '../pages/layout.tsx';
import { languageOf, otherLanguageQuery } from '../pages/page-app.ts';
import { COMPLIANCE_PATH, PLACE_NAMES, TASKS_PATH } from '../pages/places.tsx';
import { LABELS } from './words.ts';

export interface ReaderDeps {
  readonly directory: Directory;
  /** IANA zone in which instants are shown to those who have none of their own. */
  readonly timeZone: string;
}

export interface Reader {
  readonly language: Language;
  readonly timeZone: string;
}

export async function readerOf(
  { directory, timeZone }: ReaderDeps,
  context: Context<PageEnvironment>,
): Promise<Reader> {
  const person = await directory.person(context.get('signedIn').employeeId);
  return { language: languageOf(context, person?.locale), timeZone: person?.timeZone ?? timeZone };
}

interface CompliancePageProps {
  readonly context: Context<PageEnvironment>;
  readonly title: string;
  readonly language: Language;
}

const PLACES = [
  [COMPLIANCE_PATH, LABELS.openCases],
  [TASKS_PATH, PLACE_NAMES.tasks],
] as const;

/** The whole document as text. */
export function compliancePage({ context, title, language, children }: PropsWithChildren<CompliancePageProps>) {
  return renderPage({
    title,
    language,
    // The answer to a form has no address of its own in the other language.
    ...(context.req.method === 'POST' ? {} : { otherLanguage: otherLanguageQuery(context, language) }),
    children: (
      <FormToken.Provider value={context.get('signedIn').csrfToken}>
        <nav class="places" aria-label={say(PLACE_NAMES.navigation, language)}>
          <ul>
            {PLACES.map(([place, name]) => (
              <li>
                <a href={place} aria-current={place === context.req.path ? 'page' : undefined}>
                  {say(name, language)}
                </a>
              </li>
            ))}
          </ul>
        </nav>
        {children}
      </FormToken.Provider>
    ),
  });
}
