import type { SendEmailCommand } from '@aws-sdk/client-sesv2';
import { describe, expect, it } from 'vitest';
import { createSesMail } from '../../../functions/mail/ses/ses-mail.ts';
import { ConfigError, ConnectorPermanentError, ConnectorTransientError } from '../../../functions/runtime/errors.ts';

const MAIL = {
  to: 'li.na@meridian.example',
  subject: '请审批：Chairs',
  text: 'text with /d/secret',
  html: '<p>html with /d/secret</p>',
  reference: 'P2P-1-00000004-2-0',
};

function ses(answer: () => Promise<{ MessageId?: string }>) {
  const sent: SendEmailCommand[] = [];
  const send = (command: SendEmailCommand) => {
    sent.push(command);
    return answer();
  };
  // The one method that the adapter uses, under the client's type with its many overloads.
  const client = { send } as never;
  return { sent, mail: createSesMail({ client, sender: 'Meridian <m@meridian.example>', configurationSet: 'set' }) };
}

function failing(name: string, message = 'a text with li.na@meridian.example') {
  return ses(async () => {
    throw Object.assign(new Error(message), { name });
  });
}

describe('SES', () => {
  it('gets both bodies, one receiver and the reference, and gives its id back', async () => {
    const { sent, mail } = ses(async () => ({ MessageId: 'ses-1' }));

    expect(await mail.send(MAIL)).toEqual({ messageId: 'ses-1' });

    expect(sent.map(({ input }) => input)).toEqual([
      {
        FromEmailAddress: 'Meridian <m@meridian.example>',
        Destination: { ToAddresses: [MAIL.to] },
        ConfigurationSetName: 'set',
        EmailTags: [{ Name: 'reference', Value: MAIL.reference }],
        Content: {
          Simple: {
            Subject: { Data: MAIL.subject, Charset: 'UTF-8' },
            Body: {
              Text: { Data: MAIL.text, Charset: 'UTF-8' },
              Html: { Data: MAIL.html, Charset: 'UTF-8' },
            },
            Headers: [{ Name: 'Auto-Submitted', Value: 'auto-generated' }],
          },
        },
      },
    ]);
  });

  it('gets nothing secret outside of the bodies', async () => {
    const { sent, mail } = ses(async () => ({ MessageId: 'ses-1' }));

    await mail.send(MAIL);

    const { Content, ...envelope } = sent[0]?.input ?? {};
    const { Body: _body, ...headers } = Content?.Simple ?? {};
    expect(JSON.stringify([envelope, headers])).not.toContain('secret');
  });

  it.each([
    'AccessDeniedException',
    'AccountSuspendedException',
    'MailFromDomainNotVerifiedException',
    'NotFoundException',
    'SendingPausedException',
  ])('that does not send yet (%s) waits for an operator', async (name) => {
    await expect(failing(name).mail.send(MAIL)).rejects.toBeInstanceOf(ConfigError);
  });

  it.each(['BadRequestException', 'MessageRejected'])(
    'that refuses the mail (%s) refuses it for good',
    async (name) => {
      await expect(failing(name).mail.send(MAIL)).rejects.toBeInstanceOf(ConnectorPermanentError);
    },
  );

  it.each(['TooManyRequestsException', 'LimitExceededException', 'TimeoutError', 'InternalFailure', 'ECONNRESET'])(
    'that cannot take it now (%s) may take it later',
    async (name) => {
      await expect(failing(name).mail.send(MAIL)).rejects.toBeInstanceOf(ConnectorTransientError);
    },
  );

  it('in the sandbox refuses about the account, not about the mail', async () => {
    const message = 'Email address is not verified. The following identities failed the check: li.na@meridian.example';

    await expect(failing('MessageRejected', message).mail.send(MAIL)).rejects.toBeInstanceOf(ConfigError);
  });

  it.each(['MessageRejected', 'SendingPausedException', 'InternalFailure'])(
    'that fails with %s leaves no address in the reason',
    async (name) => {
      const error: unknown = await failing(name)
        .mail.send(MAIL)
        .catch((caught: unknown) => caught);

      expect(error).toBeInstanceOf(Error);
      expect(String(error)).toContain(name);
      expect(String(error)).not.toContain('@');
    },
  );

  it('that throws something that is no error is asked again', async () => {
    const { mail } = ses(() => Promise.reject('gone'));

    await expect(mail.send(MAIL)).rejects.toBeInstanceOf(ConnectorTransientError);
  });
});
