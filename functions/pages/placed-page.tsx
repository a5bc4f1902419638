/** A page behind sign-in with the way between it and its neighbours, and the token for its forms. */
import type { Context } from 'hono';
import type { PropsWithChildren } from 'hono/jsx';
import { FormToken } from './form-token.tsx';
import type { PageEnvironment } from './http-api.ts';
import { type Language, say, type Text } from './language.ts';
import { renderPage } from './layout.tsx';
import { otherLanguageQuery } from './page-app.ts';

export type PageContext = Context<PageEnvironment>;

/** What such a page is asked for; its capability adds the places. */
export interface OwnPlaceProps {
  readonly context: PageContext;
  readonly title: string;
  readonly language: Language;
}

interface PlacedPageProps extends OwnPlaceProps {
  /** What the way is called, for whoever hears it. */
  readonly navigation: Text;
  readonly places: readonly (readonly [path: string, name: Text])[];
}

/** The whole document as text; `children` are its cards. */
export function placedPage(props: PropsWithChildren<PlacedPageProps>) {
  const { context, title, language, navigation, places, children } = props;
  return renderPage({
    title,
    language,
    // The answer to a form has no address of its own in the other language.
    ...(context.req.method === 'POST' ? {} : { otherLanguage: otherLanguageQuery(context, language) }),
    children: (
      <FormToken.Provider value={context.get('signedIn').csrfToken}>
        <nav class="places" aria-label={say(navigation, language)}>
          <ul>
            {places.map(([place, name]) => (
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
