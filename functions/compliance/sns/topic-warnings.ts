/** Warnings to whoever subscribed to a topic of Amazon SNS: systems get JSON, people by mail a sentence. */
import { PublishCommand, type SNSClient } from '@aws-sdk/client-sns';
import { ConfigError, ConnectorPermanentError, ConnectorTransientError } from '../../runtime/errors.ts';
import type { WarningNotice, WarningPort } from '../port.ts';

export interface TopicParts {
  readonly client: Pick<SNSClient, 'send'>;
  readonly topicArn: string;
}

export function createTopicWarnings({ client, topicArn }: TopicParts): WarningPort {
  return {
    async warn(notice) {
      const text = (value: string) => ({ DataType: 'String', StringValue: value });
      const command = new PublishCommand({
        TopicArn: topicArn,
        Subject: `Meridian: ${notice.severity} compliance case`,
        MessageStructure: 'json',
        Message: JSON.stringify({ default: JSON.stringify(notice), email: mailText(notice) }),
        // Subscribers can filter by them.
        MessageAttributes: { detector: text(notice.detector), severity: text(notice.severity) },
      });
      try {
        await client.send(command);
      } catch (cause) {
        throw failureOf(cause);
      }
    },
  };
}

function mailText({ text, caseId, url, deadline, isHeld, isOverdue }: WarningNotice): string {
  return [
    text.en,
    text.zh,
    '',
    `Case ${caseId}, to be decided before ${deadline}`,
    ...(isOverdue ? ['Nobody has decided in time. 逾期未处理。'] : []),
    ...(isHeld ? ['Its processes are held until somebody decides. 相关流程已冻结。'] : []),
    url,
  ].join('\n');
}

/** Names: https://docs.aws.amazon.com/sns/latest/api/API_Publish.html */
const NOT_READY =
  /^(AuthorizationError|NotFound|EndpointDisabled|KMS(AccessDenied|Disabled|InvalidState|NotFound|OptInRequired))/;
const REFUSED = /^(InvalidParameter|InvalidParameterValue|InvalidSecurity)/;

/** Texts of services can quote what was sent, so only the name is kept. */
function failureOf(cause: unknown): Error {
  const name = cause instanceof Error ? cause.name : 'unknown';
  if (NOT_READY.test(name)) {
    return new ConfigError(`the topic of warnings is not set up: ${name}`, { cause });
  }
  return REFUSED.test(name)
    ? new ConnectorPermanentError(`SNS refused the warning: ${name}`, { cause })
    : new ConnectorTransientError(`SNS did not take the warning: ${name}`, { cause });
}
