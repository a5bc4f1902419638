/**
 * A mail's two bodies. The HTML is what mail programmes understand: tables, inline styles, no image, no style sheet to
 * lose; its colours stay readable when a programme inverts them for the dark.
 */
import { html } from 'hono/html';
import type { MailModel } from './mail-model.ts';

const FONT =
  "font-family:-apple-system,BlinkMacSystemFont,'Segoe UI',Roboto,'PingFang SC','Hiragino Sans GB','Microsoft YaHei','Noto Sans CJK SC',sans-serif";
const INK = '#1a2321';
const SOFT = '#56625e';
const ACCENT = '#0b5f58';
const LINE = '#dde1dc';

/** Plain text, for programmes and people who want no HTML. */
export function renderText(mail: MailModel): string {
  const separator = mail.language === 'en' ? ': ' : '：';
  const amount = mail.amount === undefined ? [] : [amountText(mail.amount), ''];
  const facts = mail.facts.map(({ label, value }) => `${label}${separator}${value}`);
  const lines = mail.lines.map(({ label, how, amount: sum }) => `- ${label}\n  ${how} = ${sum}`);
  const more = mail.moreLines === undefined ? [] : [mail.moreLines];
  const button = mail.button === undefined ? [] : [`${mail.button.label}${separator}`, mail.button.url, ''];
  return [
    mail.heading,
    '',
    ...mail.paragraphs.flatMap((paragraph) => [paragraph, '']),
    ...amount,
    ...block(facts),
    ...block([...lines, ...more]),
    ...button,
    '-- ',
    ...mail.smallPrint,
    '',
  ].join('\n');
}

function block(lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? [] : [...lines, ''];
}

function amountText({ main, base }: { readonly main: string; readonly base?: string }): string {
  return base === undefined ? main : `${main} (≈ ${base})`;
}

/** The HTML body as text. */
export function renderHtml(mail: MailModel): string {
  const body = (
    <html lang={mail.language}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="supported-color-schemes" content="light dark" />
        <meta name="format-detection" content="telephone=no,date=no,address=no,email=no" />
        <title>{mail.subject}</title>
      </head>
      <body style={`margin:0;padding:0;background-color:#f4f5f2;color:${INK};${FONT}`}>
        <div style="display:none;max-height:0;overflow:hidden;mso-hide:all">{mail.preview}</div>
        <main>
          <Table style="background-color:#f4f5f2" bgcolor="#f4f5f2">
            <tr>
              <td align="center" style="padding:24px 12px">
                <Table
                  style={`max-width:560px;background-color:#ffffff;border:1px solid ${LINE};border-radius:12px`}
                  bgcolor="#ffffff"
                >
                  <tr>
                    <td
                      style={`padding:28px 24px;text-align:left;font-size:16px;line-height:1.55;color:${INK};${FONT}`}
                    >
                      <Content mail={mail} />
                    </td>
                  </tr>
                </Table>
                <Table style="max-width:560px">
                  <tr>
                    <td
                      style={`padding:16px 24px;text-align:left;font-size:13px;line-height:1.5;color:${SOFT};${FONT}`}
                    >
                      {mail.smallPrint.map((line) => (
                        <p style="margin:0 0 4px">{line}</p>
                      ))}
                    </td>
                  </tr>
                </Table>
              </td>
            </tr>
          </Table>
        </main>
      </body>
    </html>
  );
  return html`<!doctype html>${body}`.toString();
}

interface TableProps {
  readonly style?: string;
  readonly bgcolor?: string;
  readonly children?: unknown;
}

/** For layout only: said so to screen readers. */
function Table({ style, bgcolor, children }: TableProps) {
  return (
    <table
      role="presentation"
      width="100%"
      cellpadding="0"
      cellspacing="0"
      border={0}
      {...(bgcolor === undefined ? {} : { bgcolor })}
      style={style ?? ''}
    >
      {children}
    </table>
  );
}

function Content({ mail }: { readonly mail: MailModel }) {
  return (
    <>
      <p style={`margin:0 0 12px;font-size:14px;color:${SOFT}`}>Meridian 脉络</p>
      <h1 style={`margin:0 0 12px;font-size:21px;line-height:1.35;font-weight:600;color:${INK}`}>{mail.heading}</h1>
      {mail.paragraphs.map((paragraph) => (
        <p style="margin:0 0 14px">{paragraph}</p>
      ))}
      {mail.amount === undefined ? null : (
        <p style={`margin:0 0 16px;font-size:28px;line-height:1.25;font-weight:600;color:${INK}`}>
          {mail.amount.main}
          {mail.amount.base === undefined ? null : (
            <span style={`display:block;font-size:15px;font-weight:400;color:${SOFT}`}>≈ {mail.amount.base}</span>
          )}
        </p>
      )}
      <Facts mail={mail} />
      <Lines mail={mail} />
      {mail.button === undefined ? null : <Button {...mail.button} />}
    </>
  );
}

function Facts({ mail }: { readonly mail: MailModel }) {
  const cell = `padding:8px 0;border-top:1px solid ${LINE};vertical-align:top;text-align:left;font-size:15px`;
  return mail.facts.length === 0 ? null : (
    <table width="100%" cellpadding="0" cellspacing="0" border={0} style="margin:0 0 16px">
      {mail.facts.map(({ label, value }) => (
        <tr>
          <th scope="row" style={`${cell};width:34%;padding-right:12px;font-weight:400;color:${SOFT}`}>
            {label}
          </th>
          <td style={`${cell};color:${INK};word-break:break-word`}>{value}</td>
        </tr>
      ))}
    </table>
  );
}

function Lines({ mail }: { readonly mail: MailModel }) {
  const cell = `padding:8px 0;border-top:1px solid ${LINE};vertical-align:top;font-size:15px;color:${INK}`;
  return mail.lines.length === 0 ? null : (
    <Table style="margin:0 0 16px">
      {mail.lines.map(({ label, how, amount }) => (
        <tr>
          <td style={`${cell};text-align:left;padding-right:12px;word-break:break-word`}>
            {label}
            <span style={`display:block;font-size:13px;color:${SOFT}`}>{how}</span>
          </td>
          <td style={`${cell};text-align:right;white-space:nowrap`}>{amount}</td>
        </tr>
      ))}
      {mail.moreLines === undefined ? null : (
        <tr>
          <td colspan={2} style={`${cell};color:${SOFT}`}>
            {mail.moreLines}
          </td>
        </tr>
      )}
    </Table>
  );
}

function Button({ label, url }: { readonly label: string; readonly url: string }) {
  return (
    <table role="presentation" cellpadding="0" cellspacing="0" border={0} style="margin:8px 0 4px">
      <tr>
        <td bgcolor={ACCENT} style={`background-color:${ACCENT};border-radius:10px`}>
          <a
            href={url}
            style={`display:inline-block;padding:14px 28px;font-size:16px;font-weight:600;color:#ffffff;text-decoration:none;${FONT}`}
          >
            {label}
          </a>
        </td>
      </tr>
    </table>
  );
}
