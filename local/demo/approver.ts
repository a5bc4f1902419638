/** An approver at a mailbox: waits for the mail, opens its link and presses a button, over HTTP as a browser would. */
import { type Mail, readMails } from './mailbox.ts';
import { waitFor } from './wait-for.ts';

/**
 * Reads the newest mail to an address that has a link and is not in `seen`; it is in `seen` then.
 *
 * @param about - stands in the subject
 */
export function nextMail(endpoint: string, to: string, about: string, seen: Set<string>): Promise<Mail> {
  return waitFor(`a mail about ${about} with a link to ${to}`, async () => {
    const mails = await readMails(endpoint);
    const mail = mails.find(
      (one) => one.to.includes(to) && one.subject.includes(about) && one.links.length > 0 && !seen.has(one.id),
    );
    if (mail !== undefined) seen.add(mail.id);
    return mail;
  });
}

/** Reads the newest mail to an address about something, with these words in its text. */
export function newsTo(endpoint: string, to: string, about: string, words: string): Promise<Mail> {
  return waitFor(`a mail about ${about} to ${to} that says "${words}"`, async () =>
    (await readMails(endpoint)).find(
      (mail) => mail.to.includes(to) && mail.subject.includes(about) && mail.text.includes(words),
    ),
  );
}

/** What a page answered. */
export interface PageAnswer {
  readonly status: number;
  readonly html: string;
}

/** Opens a link without deciding. */
export async function openLink(url: string, method: 'GET' | 'HEAD' = 'GET'): Promise<PageAnswer> {
  const response = await fetch(url, { method, headers: { connection: 'close' } });
  return { status: response.status, html: await response.text() };
}

/**
 * Opens the link of a mail and presses one of its buttons.
 *
 * @throws Error when the page does not offer the button, or the decision was not taken
 */
export async function decideByMail(mail: Mail, action: string, comment = ''): Promise<PageAnswer> {
  const [url] = mail.links;
  if (url === undefined) throw new Error(`the mail "${mail.subject}" has no link`);
  const page = await openLink(url);
  if (!page.html.includes(`value="${action}"`)) {
    throw new Error(`the page of "${mail.subject}" (HTTP ${page.status}) offers no "${action}"`);
  }
  const answered = await postDecision(url, action, comment);
  if (answered.status !== 200) {
    throw new Error(`"${action}" on the page of "${mail.subject}" was answered with HTTP ${answered.status}`);
  }
  return answered;
}

/** Presses a button of a page, whether the page offers it or not. */
export function postDecision(url: string, action: string, comment = ''): Promise<PageAnswer> {
  return postForm(url, { action, comment });
}

/**
 * Opens the link of a mail and does one of the things that its page offers besides deciding.
 *
 * @param fields - of the form, such as `to` and `comment`
 * @throws Error when the page does not offer it, or did not do it
 */
export async function actByMail(mail: Mail, task: string, fields: Readonly<Record<string, string>>): Promise<void> {
  const [url] = mail.links;
  if (url === undefined) throw new Error(`the mail "${mail.subject}" has no link`);
  const page = await openLink(url);
  if (!page.html.includes(`name="task" value="${task}"`)) {
    throw new Error(`the page of "${mail.subject}" (HTTP ${page.status}) does not offer "${task}"`);
  }
  const { status } = await postForm(url, { task, ...fields });
  if (status !== 200) throw new Error(`"${task}" on the page of "${mail.subject}" was answered with HTTP ${status}`);
}

async function postForm(url: string, fields: Readonly<Record<string, string>>): Promise<PageAnswer> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded', connection: 'close' },
    body: new URLSearchParams(fields).toString(),
  });
  return { status: response.status, html: await response.text() };
}
