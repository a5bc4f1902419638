/** A page about one request of the reader's own: a form, or why there is none as things stand. */
import type { Context } from 'hono';
import type { Child } from 'hono/jsx';
import { FormToken } from '../pages/form-token.tsx';
import type { PageEnvironment } from '../pages/http-api.ts';
import { type Language, say, type Text } from '../pages/language.ts';
import { Notice } from '../pages/layout.tsx';
import { REQUESTS_PATH } from '../pages/places.tsx';
import { ownPage } from './frame.tsx';
import { LABELS } from './words.ts';

interface OwnRequestPageProps {
  readonly context: Context<PageEnvironment>;
  readonly language: Language;
  readonly title: Text;
  /** Of the request; `obstacle`: why nothing can be sent, undefined: it can. */
  readonly question: { readonly title: string; readonly requestId: string; readonly obstacle: Text | undefined };
  /** Says that it cannot, above the obstacle. */
  readonly cannot: Text;
  /** The form. */
  readonly children: Child;
}

export function ownRequestPage({ context, language, title, question, cannot, children }: OwnRequestPageProps) {
  const { obstacle } = question;
  return ownPage({
    context,
    title,
    language,
    children: (
      <FormToken.Provider value={context.get('signedIn').csrfToken}>
        <p class="kind">
          {question.title} · {question.requestId}
        </p>
        {obstacle === undefined ? (
          children
        ) : (
          <Notice tone="wait" title={say(cannot, language)}>
            <p>{say(obstacle, language)}</p>
          </Notice>
        )}
        <p class="apart">
          <a href={REQUESTS_PATH}>{say(LABELS.keep, language)}</a>
        </p>
      </FormToken.Provider>
    ),
  });
}
