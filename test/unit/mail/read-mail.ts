/** Reads mails as their receivers do. */

/** The text that a mail programme shows of an HTML body. */
export function readableHtml(html: string): string {
  const body = html.slice(html.indexOf('<body'));
  return body
    .replaceAll(/<[^>]*>/g, '')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&amp;', '&');
}

/** Every address in a body. */
export function linksIn(body: string): string[] {
  return [...body.matchAll(/https?:\/\/[^\s"<>]+/g)].map(([link]) => link);
}
