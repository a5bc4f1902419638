/** Mail by Amazon SES (API version 2). */
import { type SESv2Client, SendEmailCommand } from '@aws-sdk/client-sesv2';
import { ConfigError, ConnectorPermanentError, ConnectorTransientError } from '../../runtime/errors.ts';
import type { MailPort } from '../port.ts';

export interface SesParts {
  readonly client: Pick<SESv2Client, 'send'>;
  /** A verified identity, with or without display name. */
  readonly sender: string;
  readonly configurationSet: string;
}

export function createSesMail({ client, sender, configurationSet }: SesParts): MailPort {
  return {
    async send(mail) {
      const text = (data: string) => ({ Data: data, Charset: 'UTF-8' });
      const command = new SendEmailCommand({
        FromEmailAddress: sender,
        Destination: { ToAddresses: [mail.to] },
        ConfigurationSetName: configurationSet,
        EmailTags: [{ Name: 'reference', Value: mail.reference }],
        Content: {
          Simple: {
            Subject: text(mail.subject),
            Body: { Text: text(mail.text), Html: text(mail.html) },
            // Keeps out-of-office answers from coming back (RFC 3834).
            Headers: [{ Name: 'Auto-Submitted', Value: 'auto-generated' }],
          },
        },
      });
      try {
        return { messageId: (await client.send(command)).MessageId ?? '' };
      } catch (error) {
        throw failureOf(error);
      }
    },
  };
}

/** The account or the sender is not ready: mended by an operator, and worth sending again then. */
const NOT_READY = [
  'AccessDeniedException',
  'AccountSuspendedException',
  'MailFromDomainNotVerifiedException',
  'NotFoundException',
  'SendingPausedException',
];

/** This mail will never be taken. */
const REFUSED = ['BadRequestException', 'MessageRejected'];

/**
 * SES's errors in our words. Texts of SES can carry addresses, which have no place in the record: only names are kept.
 * Names: https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_SendEmail.html
 */
function failureOf(cause: unknown): Error {
  const { name, message } = cause instanceof Error ? cause : { name: 'unknown', message: '' };
  // In the sandbox, and for a sender that is not verified yet, the refusal is about the account and not the mail.
  const isUnverified = name === 'MessageRejected' && /not verified/i.test(message);
  if (isUnverified || NOT_READY.includes(name)) {
    const what = isUnverified ? 'an address is not verified (the account may be in the sandbox)' : name;
    return new ConfigError(`SES does not send yet: ${what}`, { cause });
  }
  if (REFUSED.includes(name)) {
    return new ConnectorPermanentError(`SES refused the mail: ${name}`, { cause });
  }
  return new ConnectorTransientError(`SES did not take the mail: ${name}`, { cause });
}
