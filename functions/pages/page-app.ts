/** What all pages have in common: their headers, what they say when lost, and what they log when they fail. */
import { type Context, Hono, type MiddlewareHandler } from 'hono';
import { getCookie, setCookie } from 'hono/cookie';
import { logger } from '../runtime/handler.ts';
import type { PageEnvironment } from './http-api.ts';
import { acceptedLanguage, chosenLanguage, type Language } from './language.ts';
import { FAILED, messagePage, NOT_FOUND } from './message-page.tsx';
import { pageHeaders } from './page-headers.ts';

/** An app without routes yet. */
export function createPageApp(): Hono<PageEnvironment> {
  const app = new Hono<PageEnvironment>();
  app.use(pageHeaders);
  app.use(keepLanguage);
  app.notFound((context) => context.html(messagePage(NOT_FOUND, languageOf(context)), 404));
  app.onError((error, context) => {
    logger.error('page failed', { name: error.name, reason: error.message });
    return context.html(messagePage(FAILED, languageOf(context)), 500);
  });
  return app;
}

/** The reader's choice, now or on a page before, else what is known of the reader, else what their browser asks for. */
export function languageOf(context: Context<PageEnvironment>, known?: Language): Language {
  return (
    chosenLanguage(context.req.query('lang')) ??
    chosenLanguage(getCookie(context, LANGUAGE, 'host')) ??
    known ??
    acceptedLanguage(context.req.header('accept-language'))
  );
}

const LANGUAGE = 'meridian-language';
const OPTIONS = { prefix: 'host', path: '/', secure: true, httpOnly: true, sameSite: 'Lax' } as const;

/** A choice holds for every page until the browser is closed: links and forms need not carry it. */
const keepLanguage: MiddlewareHandler<PageEnvironment> = async (context, next) => {
  await next();
  const chosen = chosenLanguage(context.req.query('lang'));
  if (chosen !== undefined) {
    setCookie(context, LANGUAGE, chosen, OPTIONS);
  }
};

/** Query of the same page in the other language. */
export function otherLanguageQuery(context: Context<PageEnvironment>, language: Language): string {
  const query = new URLSearchParams(new URL(context.req.url).search);
  query.set('lang', language === 'en' ? 'zh' : 'en');
  return `?${query.toString()}`;
}
