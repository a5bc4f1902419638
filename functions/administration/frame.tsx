/** The frame of the pages of administration: the way between them, and the token for their forms. */
import type { Context } from 'hono';
import type { PropsWithChildren } from 'hono/jsx';
import { FormToken } from '../pages/form-token.tsx';
import type { PageEnvironment } from '../pages/http-api.ts';
import { type Language, say, type Text } from '../pages/language.ts';
import { renderPage } from '../pages/layout.tsx';
import { otherLanguageQuery } from '../pages/page-app.ts';
import { ADMIN_PATH, TASKS_PATH } from '../pages/places.tsx';
import { FORMS_PATH, PEOPLE_PATH, POLICIES_PATH } from './paths.ts';
import { LABELS } from './words.ts';

export type PageContext = Context<PageEnvironment>;

/** How whoever looks at a page reads. */
export interface Reader {
  readonly language: Language;
  readonly timeZone: string;
  /** The company's own. */
  readonly currency: string;
}

interface AdministrationPageProps {
  readonly context: PageContext;
  readonly title: string;
  readonly language: Language;
}

const PLACES: readonly (readonly [string, Text])[] = [
  [ADMIN_PATH, LABELS.title],
  [PEOPLE_PATH, LABELS.people],
  [POLICIES_PATH, LABELS.policies],
  [FORMS_PATH, LABELS.forms],
  [TASKS_PATH, LABELS.own],
];

/** The whole document as text; `children` are its cards below the first, which has the title. */
export function administrationPage(props: PropsWithChildren<AdministrationPageProps>) {
  const { context, title, language, children } = props;
  return renderPage({
    title,
    language,
    // The answer to a form has no address of its own in the other language.
    ...(context.req.method === 'POST' ? {} : { otherLanguage: otherLanguageQuery(context, language) }),
    children: (
      <FormToken.Provider value={context.get('signedIn').csrfToken}>
        <nav class="places" aria-label={say(LABELS.navigation, language)}>
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

interface FactsProps {
  /** Those without a value are left out. */
  readonly facts: readonly (readonly [label: Text, value: unknown])[];
  readonly language: Language;
}

export function Facts({ facts, language }: FactsProps) {
  return (
    <dl class="facts">
      {facts.map(([label, value]) =>
        value === undefined || value === '' ? null : (
          <div>
            <dt>{say(label, language)}</dt>
            <dd>{value}</dd>
          </div>
        ),
      )}
    </dl>
  );
}

/** Names one after the other. */
export function joined(names: readonly string[], language: Language): string {
  return names.join(language === 'en' ? ', ' : '、');
}
