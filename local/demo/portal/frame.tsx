/** What all pages of the portal have in common: their frame, their language, and what they need to know. */
import type { Context, MiddlewareHandler } from 'hono';
import { getCookie, setCookie } from 'hono/cookie';
import { html, raw } from 'hono/html';
import type { PropsWithChildren } from 'hono/jsx';
import type { DirectoryData } from '../../../functions/directory/directory-file.ts';
import { formatInstant, formatMoney } from '../../../functions/pages/format.ts';
import { acceptedLanguage, chosenLanguage, type Language, type Text } from '../../../functions/pages/language.ts';
import { Notice } from '../../../functions/pages/layout.tsx';
import type { LocalCloud } from '../../cloud/start.ts';
import { COMPANY_TIME_ZONE } from '../../tryton/company-data.ts';
import type { DemoOa } from '../oa.ts';
import { PORTAL_STYLES, PORTAL_STYLES_HASH } from './styles.ts';

/** What the pages read and do things with. */
export interface PortalDeps {
  /** Undefined as long as it is being started. */
  readonly cloud: () => LocalCloud | undefined;
  readonly oa: DemoOa;
  readonly directory: DirectoryData;
}

/** Seconds until a page that shows something in motion is loaded again. */
const REFRESH_SECONDS = 3;

const LANGUAGE_COOKIE = 'lang';

const PLACES = {
  start: { href: '/', name: { en: 'Start', zh: '开始' } },
  oa: { href: '/oa', name: { en: 'OA', zh: 'OA' } },
  mailbox: { href: '/mailbox', name: { en: 'Mailbox', zh: '邮箱' } },
  processes: { href: '/processes', name: { en: 'Processes', zh: '流程' } },
  dashboards: { href: '/dashboards', name: { en: 'Dashboards', zh: '看板' } },
  tryton: { href: '/tryton', name: { en: 'Tryton', zh: 'Tryton' } },
} as const satisfies Record<string, { href: string; name: Text }>;

type Place = keyof typeof PLACES;

/** One reader's look at one page. */
export interface Visit {
  readonly language: Language;
  /** Says one thing in the reader's language. */
  readonly t: (en: string, zh: string) => string;
  readonly time: (instant: string) => string;
  readonly money: (amount: string, currency: string) => string;
  /** Query that shows the same page in the other language. */
  readonly otherLanguage: string;
}

/** The reader's choice, which stays for the next pages, else what their browser asks for. */
export function visitOf(context: Context): Visit {
  const language =
    chosenLanguage(context.req.query('lang')) ??
    chosenLanguage(getCookie(context, LANGUAGE_COOKIE)) ??
    acceptedLanguage(context.req.header('accept-language'));
  const query = new URLSearchParams(new URL(context.req.url).search);
  query.set('lang', language === 'en' ? 'zh' : 'en');
  return {
    language,
    t: (en, zh) => (language === 'en' ? en : zh),
    time: (instant) => formatInstant(instant, language, COMPANY_TIME_ZONE),
    money: (amount, currency) => formatMoney(amount, currency, language),
    otherLanguage: `?${query}`,
  };
}

const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  `style-src '${PORTAL_STYLES_HASH}'`,
  'img-src data:',
  "frame-src 'self'",
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** No script runs on any page, and nothing is kept by the browser. */
export const portalHeaders: MiddlewareHandler = async (context, next) => {
  const chosen = chosenLanguage(context.req.query('lang'));
  if (chosen !== undefined) {
    setCookie(context, LANGUAGE_COOKIE, chosen, { path: '/', httpOnly: true, sameSite: 'Lax' });
  }
  await next();
  const { headers } = context.res;
  if (!headers.has('Content-Security-Policy')) headers.set('Content-Security-Policy', CONTENT_SECURITY_POLICY);
  headers.set('Cache-Control', 'no-store');
  // Not `no-referrer`: forms would lose their origin with it, which is what tells them from another site's.
  headers.set('Referrer-Policy', 'same-origin');
  headers.set('X-Content-Type-Options', 'nosniff');
};

interface PageProps {
  readonly visit: Visit;
  readonly place: Place;
  readonly title: string;
  /** Whether something on the page is awaited. */
  readonly isAwaiting?: boolean;
  /** As wide as the window. */
  readonly isWide?: boolean;
}

/** The whole document as text. */
export function renderPortalPage({ visit, place, title, isAwaiting, isWide, children }: PropsWithChildren<PageProps>) {
  const { language, t, otherLanguage } = visit;
  const page = (
    <html lang={language}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        {isAwaiting === true ? <meta http-equiv="refresh" content={String(REFRESH_SECONDS)} /> : null}
        <title>{`${title} · ${t('Meridian demonstration', 'Meridian 演示')}`}</title>
        <link rel="icon" href="data:," />
        <style>{raw(PORTAL_STYLES)}</style>
      </head>
      <body>
        <div class={isWide === true ? 'frame wide' : 'frame'}>
          <header>
            <div class="bar">
              <p class="brand">
                <a href="/">
                  Meridian<span lang="zh-CN">脉络</span>
                </a>
              </p>
              <a href={otherLanguage} lang={language === 'en' ? 'zh-CN' : 'en'}>
                {language === 'en' ? '中文' : 'English'}
              </a>
            </div>
            <nav class="places" aria-label={t('Places', '页面')}>
              {Object.entries(PLACES).map(([name, { href, name: text }]) => (
                <a href={href} {...(name === place ? { 'aria-current': 'page' } : {})}>
                  {t(text.en, text.zh)}
                </a>
              ))}
            </nav>
          </header>
          <main>{children}</main>
        </div>
      </body>
    </html>
  );
  return html`<!doctype html>${page}`;
}

/** A page's heading, and in a sentence what it stands for. */
export function Top({ title, children }: PropsWithChildren<{ readonly title: string }>) {
  return (
    <div class="top">
      <h1>{title}</h1>
      <p>{children}</p>
    </div>
  );
}

/** Shown instead of any page that needs the local cloud before it is there; comes back by itself. */
export function startingPage(context: Context, place: Place) {
  const visit = visitOf(context);
  const { t } = visit;
  const title = t('The local cloud is starting', '本地云正在启动');
  return context.html(
    renderPortalPage({
      visit,
      place,
      title,
      isAwaiting: true,
      children: (
        <Notice tone="wait" title={title} isHeading>
          {t(
            'Meridian is being deployed to it. This page comes back by itself in a few seconds.',
            '正在向其部署 Meridian，几秒后页面会自动刷新。',
          )}
        </Notice>
      ),
    }),
    503,
  );
}

/** Name of an employee as the directory has it. */
export function nameOf({ directory }: PortalDeps, employeeId: string): string {
  return directory.people.find((person) => person.employeeId === employeeId)?.name ?? employeeId;
}
