/** The frame of the pages that are somebody's own: the way between them, and the way through a long list. */
import type { Context } from 'hono';
import type { PropsWithChildren } from 'hono/jsx';
import type { PageEnvironment } from '../pages/http-api.ts';
import { type Language, say, type Text } from '../pages/language.ts';
import { renderPage } from '../pages/layout.tsx';
import { otherLanguageQuery } from '../pages/page-app.ts';
import { Places } from '../pages/places.tsx';
import { LABELS } from './words.ts';

interface OwnPageProps {
  readonly context: Context<PageEnvironment>;
  readonly title: Text;
  readonly language: Language;
}

/** The whole document as text: one card with all of it. */
export function ownPage({ children, ...page }: PropsWithChildren<OwnPageProps>) {
  const { title, language } = page;
  return ownCards({
    ...page,
    children: (
      <section class="card" aria-labelledby="title">
        <h1 id="title">{say(title, language)}</h1>
        {children}
      </section>
    ),
  });
}

/** As {@link ownPage}, with cards and a heading of its own. */
export function ownCards({ context, title, language, children }: PropsWithChildren<OwnPageProps>) {
  return renderPage({
    title: say(title, language),
    language,
    otherLanguage: otherLanguageQuery(context, language),
    children: (
      <>
        <Places path={context.req.path} language={language} roles={context.get('signedIn').roles} />
        {children}
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

/** Longest place in a list that an address can name. */
const MAX_PLACE = 500;

/** Where the page begins; undefined: at the beginning. */
export function afterOf(context: Context<PageEnvironment>): string | undefined {
  const after = context.req.query('after');
  return after === undefined || after === '' || after.length > MAX_PLACE ? undefined : after;
}

/** The page's own path with this query. */
function pathWith(context: Context<PageEnvironment>, query: Record<string, string>): string {
  const text = new URLSearchParams(query).toString();
  return text === '' ? context.req.path : `${context.req.path}?${text}`;
}
