/** What somebody sees whose link leads nowhere. */
import type { Context } from 'hono';
import type { PageEnvironment } from '../pages/http-api.ts';
import type { Language } from '../pages/language.ts';
import { type Message, messagePage } from '../pages/message-page.tsx';
import { languageOf, otherLanguageQuery } from '../pages/page-app.ts';
import type { NoView } from './act-by-link.ts';
import { MESSAGES } from './decision-page-words.ts';
import { REFUSALS } from './refusal-words.ts';

/** True for a link that leads nowhere. */
export function isNoView(result: { readonly kind: string }): result is NoView {
  return ['unknown', 'too-many-guesses', 'hidden'].includes(result.kind);
}

/** Says that the link leads nowhere, and why if it ever was one. */
export function noPage(context: Context<PageEnvironment>, result: NoView) {
  switch (result.kind) {
    case 'unknown':
      return refuse(context, MESSAGES.unknown, 404);
    case 'too-many-guesses':
      context.header('Retry-After', '60');
      return refuse(context, MESSAGES.tooManyGuesses, 429);
    case 'hidden':
      return refuse(
        context,
        result.refusal === 'expired' ? MESSAGES.hidden : REFUSALS['inactive-person'],
        410,
        result.locale,
      );
  }
}

/** A page that says one thing, for what is not shown or not done. */
export function refuse(
  context: Context<PageEnvironment>,
  message: Message,
  status: 403 | 404 | 410 | 413 | 429,
  known?: Language,
) {
  const language = languageOf(context, known);
  return context.html(messagePage(message, language, otherLanguageQuery(context, language)), status);
}
