/** Mails two links that hold the task token as it is. */
import { PublishCommand, SNSClient } from '@aws-sdk/client-sns';

const sns = new SNSClient({});

export async function handler(event: { readonly taskToken: string; readonly execution: string }): Promise<void> {
  const link = (decision: string) =>
    `${process.env.API_ENDPOINT}?${new URLSearchParams({ taskToken: event.taskToken, decision }).toString()}`;
  const Message = `${event.execution} waits for you.\n\nApprove: ${link('approve')}\n\nReject: ${link('reject')}\n`;
  await sns.send(new PublishCommand({ TopicArn: process.env.SNS_TOPIC_ARN, Subject: 'Approval required', Message }));
}
