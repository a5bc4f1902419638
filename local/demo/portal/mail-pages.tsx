/** Every mail that was sent, to whomever: nobody has to be reached to play their part. */
import { Hono } from 'hono';
import { type Mail, readMails } from '../mailbox.ts';
import { type PortalDeps, renderPortalPage, startingPage, Top, type Visit, visitOf } from './frame.tsx';

/**
 * A mail runs no script and sends no form; what is clicked in it opens in the whole window. Mails carry their styles
 * inline, as mail programmes want them.
 */
const MAIL_POLICY =
  "default-src 'none'; style-src 'unsafe-inline'; img-src data:; sandbox allow-top-navigation-by-user-activation";

export function mailPages(deps: PortalDeps): Hono {
  const app = new Hono();
  app.get('/mailbox', async (context) => {
    const cloud = deps.cloud();
    if (cloud === undefined) return startingPage(context, 'mailbox');
    return context.html(mailboxPage(deps, visitOf(context), await readMails(cloud.endpoint)));
  });
  app.get('/mailbox/:id', async (context) => {
    const mail = await findMail(deps, context.req.param('id'));
    return mail === undefined ? context.notFound() : context.html(mailPage(deps, visitOf(context), mail));
  });
  app.get('/mailbox/:id/body', async (context) => {
    const mail = await findMail(deps, context.req.param('id'));
    if (mail === undefined) return context.notFound();
    context.header('Content-Security-Policy', MAIL_POLICY);
    return context.html(mail.html.replace('<head>', '<head><base target="_top">'));
  });
  return app;
}

async function findMail(deps: PortalDeps, id: string): Promise<Mail | undefined> {
  const cloud = deps.cloud();
  return cloud === undefined ? undefined : (await readMails(cloud.endpoint)).find((mail) => mail.id === id);
}

function mailboxPage(deps: PortalDeps, visit: Visit, mails: readonly Mail[]) {
  const { t, time } = visit;
  const title = t('Mailbox', '邮箱');
  return renderPortalPage({
    visit,
    place: 'mailbox',
    title,
    isAwaiting: true,
    children: (
      <>
        <Top title={title}>
          {t(
            'Every mail that Meridian sent, to everybody in the company. Open one to act as the person it went to.',
            'Meridian 发给公司所有人的邮件。打开一封，即可以收件人的身份操作。',
          )}
        </Top>
        <section class="card">
          {mails.length === 0 ? (
            <p class="empty">{t('No mail yet.', '暂无邮件。')}</p>
          ) : (
            <ul class="rows">
              {mails.map((mail) => (
                <li>
                  <p class="row">
                    <a class="name" href={`/mailbox/${encodeURIComponent(mail.id)}`}>
                      {mail.subject}
                    </a>
                    <span class="meta">{time(mail.at)}</span>
                  </p>
                  <p class="meta">
                    {t('To ', '收件人：')}
                    {addressee(deps, mail.to)}
                  </p>
                </li>
              ))}
            </ul>
          )}
        </section>
      </>
    ),
  });
}

function mailPage(deps: PortalDeps, visit: Visit, mail: Mail) {
  const { t, time } = visit;
  return renderPortalPage({
    visit,
    place: 'mailbox',
    title: mail.subject,
    children: (
      <>
        <div class="top">
          <h1>{mail.subject}</h1>
          <p>
            {t('To ', '收件人：')}
            {addressee(deps, mail.to)} · {time(mail.at)}
          </p>
        </div>
        <iframe
          class="letter"
          title={mail.subject}
          src={`/mailbox/${encodeURIComponent(mail.id)}/body`}
          sandbox="allow-top-navigation-by-user-activation"
        />
        <p class="apart">
          <a href="/mailbox">{t('All mails', '所有邮件')}</a>
        </p>
        <details>
          <summary>{t('The mail as plain text', '纯文本邮件')}</summary>
          <pre>{mail.text}</pre>
        </details>
      </>
    ),
  });
}

/** The person of an address, with their posts, since that is why the mail went to them. */
function addressee({ directory }: PortalDeps, address: string): string {
  const person = directory.people.find(({ email }) => email === address);
  if (person === undefined) return address;
  const posts = directory.posts.filter(({ postId }) => person.posts.includes(postId)).map(({ name }) => name);
  return [`${person.name} <${address}>`, ...posts].join(' · ');
}
