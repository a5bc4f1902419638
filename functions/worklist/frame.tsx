/** The frame of the pages that are somebody's own: the way between them, and the way through a long list. */
import type { Context } from 'hono';
import type { PropsWithChildren } from 'hono/jsx';
import type { PageEnvironment } from '../pages/http-api.ts';
import { type Language, say, type Text } from '../pages/language.ts';
import { renderPage } from '../pages/layout.tsx';
import { otherLanguageQuery } from '../pages/page-app.ts';
import { LABELS } from './words.ts';

export const TASKS_PATH = '/me/tasks';
export const REQUESTS_PATH = '/me/requests';

const PLACES = [
  [TASKS_PATH, LABELS.tasks],
  [REQUESTS_PATH, LABELS.requests],
  ['/me', LABELS.account],
] as const;

interface OwnPageProps {
  readonly context: Context<PageEnvironment>;
  readonly title: Text;
  readonly language: Language;
}

/** The whole document as text. */
export function ownPage({ context, title, language, children }: PropsWithChildren<OwnPageProps>) {
  const { path } = context.req;
  return renderPage({
    title: say(title, language),
    language,
    otherLanguage: otherLanguageQuery(context, language),
    children: (
      <>
        <nav class="places" aria-label={say(LABELS.navigation, language)}>
          <ul>
            {PLACES.map(([place, label]) => (
              <li>
                <a href={place} aria-current={place === path ? 'page' : undefined}>
                  {say(label, language)}
                </a>
              </li>
            ))}
          </ul>
        </nav>
        <section class="card" aria-labelledby="title">
          <h1 id="title">{say(title, language)}</h1>
          {children}
        </section>
      </>
    ),
  });
}

interface MoreProps {
  readonly context: Context<PageEnvironment>;
  readonly language: Language;
  /** Where the next page begins; undefined: there is none. */
  readonly next: string | undefined;
}

/** To the next page of a list, and back to its first. */
export function More({ context, language, next }: MoreProps) {
  const { after: shown, ...kept } = context.req.query();
  return (
    <p class="more">
      {shown === undefined ? null : <a href={pathWith(context, kept)}>{say(LABELS.first, language)}</a>}
      {next === undefined ? null : (
        <a href={pathWith(context, { ...kept, after: next })} rel="next">
          {say(LABELS.more, language)}
        </a>
      )}
    </p>
  );
}

/** The page's own path with this query. */
function pathWith(context: Context<PageEnvironment>, query: Record<string, string>): string {
  const text = new URLSearchParams(query).toString();
  return text === '' ? context.req.path : `${context.req.path}?${text}`;
}
