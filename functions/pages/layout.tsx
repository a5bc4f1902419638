/** The frame of every page: one language, one heading, a switch to the other language, no script. */
import { html, raw } from 'hono/html';
import type { PropsWithChildren } from 'hono/jsx';
import type { Language } from './language.ts';
import { STYLES } from './styles.ts';

export interface PageProps {
  readonly title: string;
  readonly language: Language;
  /** Query that shows the same page in the other language; absent: no switch. */
  readonly otherLanguage?: string;
  /** It shows a drawing that needs the whole screen. */
  readonly isWide?: boolean;
}

/** The whole document as text. */
export function renderPage({ title, language, otherLanguage, isWide, children }: PropsWithChildren<PageProps>) {
  const other: Language = language === 'en' ? 'zh-CN' : 'en';
  const page = (
    <html lang={language}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="robots" content="noindex, nofollow" />
        <meta name="referrer" content="no-referrer" />
        <meta name="format-detection" content="telephone=no" />
        <title>{`${title} · Meridian`}</title>
        <link rel="icon" href="data:," />
        <style>{raw(STYLES)}</style>
      </head>
      <body>
        <div class={isWide === true ? 'frame wide' : 'frame'}>
          <header class="bar">
            <p class="brand">
              Meridian<span lang="zh-CN">脉络</span>
            </p>
            {otherLanguage === undefined ? null : (
              <a href={otherLanguage} hreflang={other} lang={other}>
                {other === 'en' ? 'English' : '中文'}
              </a>
            )}
          </header>
          <main>{children}</main>
        </div>
      </body>
    </html>
  );
  return html`<!doctype html>${page}`;
}

interface NoticeProps {
  readonly tone: 'good' | 'wait' | 'bad';
  readonly title: string;
  /** Whether the title is the page's only heading. */
  readonly isHeading?: boolean;
}

/** Something said before anything else on the page. */
export function Notice({ tone, title, isHeading, children }: PropsWithChildren<NoticeProps>) {
  return (
    <div class={`notice ${tone}`} role={tone === 'bad' ? 'alert' : 'status'}>
      {isHeading === true ? (
        <h1>
          <strong>{title}</strong>
        </h1>
      ) : (
        <strong>{title}</strong>
      )}
      <div>{children}</div>
    </div>
  );
}
