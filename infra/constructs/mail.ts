import { Stack } from 'aws-cdk-lib';
import { EventBus, EventField, Match, Rule, RuleTargetInput } from 'aws-cdk-lib/aws-events';
import { SnsTopic } from 'aws-cdk-lib/aws-events-targets';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import {
  ConfigurationSet,
  ConfigurationSetTlsPolicy,
  EmailIdentity,
  EmailSendingEvent,
  EventDestination,
  Identity,
  SuppressionReasons,
} from 'aws-cdk-lib/aws-ses';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import type * as z from 'zod';
import type { mailEnvironment } from '../../functions/runtime/environment.ts';
import type { Company } from '../config.ts';
import { deadLetterQueue } from './dead-lettered-queue.ts';
import type { Setting } from './setting.ts';
import type { TaskFunction } from './task-function.ts';

interface MailProps {
  readonly setting: Setting;
  readonly mail: Company['mail'];
  /** Where operators hear of mail that did not arrive. */
  readonly operators: ITopic;
}

/** The sender's domain at SES, how mail is sent (encrypted, without tracking), and who hears of what did not arrive. */
export class Mail extends Construct {
  readonly environment: z.input<typeof mailEnvironment>;
  /** Records that the domain's DNS must have before SES sends; none where the identity is there already. */
  readonly dnsRecords: readonly { readonly name: string; readonly value: string }[];
  /** Notices of SES that the operators' topic did not take. */
  readonly noticeDeadLetters: Queue;
  readonly #domain: string;
  readonly #sender: string;

  constructor(scope: Construct, id: string, { setting, mail, operators }: MailProps) {
    super(scope, id);
    this.#sender = mail.sender;
    this.#domain = mail.sender.slice(mail.sender.lastIndexOf('@') + 1);
    const configurationSet = new ConfigurationSet(this, 'ConfigurationSet', {
      configurationSetName: setting.stackName,
      tlsPolicy: ConfigurationSetTlsPolicy.REQUIRE,
      reputationMetrics: true,
      suppressionReasons: SuppressionReasons.BOUNCES_AND_COMPLAINTS,
    });
    const defaultBus = EventBus.fromEventBusName(this, 'DefaultBus', 'default');
    configurationSet.addEventDestination('Events', {
      destination: EventDestination.eventBus(defaultBus),
      events: [
        EmailSendingEvent.BOUNCE,
        EmailSendingEvent.COMPLAINT,
        EmailSendingEvent.REJECT,
        EmailSendingEvent.DELIVERY_DELAY,
      ],
    });
    this.dnsRecords =
      mail.identity === 'existing'
        ? []
        : new EmailIdentity(this, 'Identity', { identity: Identity.domain(this.#domain), configurationSet })
            .dkimRecords;
    this.environment = {
      MAIL_SENDER: mail.sender,
      MAIL_CONFIGURATION_SET: setting.stackName,
      OPERATORS_MAIL: mail.operators,
      OPERATORS_LANGUAGE: mail.operatorsLanguage,
    };
    this.noticeDeadLetters = deadLetterQueue(
      this,
      'NoticeDeadLetters',
      `${setting.stackName}-mail-notice-dead-letters`,
    );
    new Rule(this, 'Undelivered', {
      description: 'Mail that bounced, was complained about, rejected or delayed',
      eventPattern: {
        source: ['aws.ses'],
        detail: { mail: { tags: { 'ses:configuration-set': Match.exactString(setting.stackName) } } },
      },
      targets: [
        // SES's event holds the address and the subject: the operators get the reference, under which the record has both.
        new SnsTopic(operators, {
          deadLetterQueue: this.noticeDeadLetters,
          message: RuleTargetInput.fromText(
            `Mail not delivered (${EventField.fromPath('$.detail.eventType')}): message ${EventField.fromPath('$.detail.mail.messageId')}, reference ${EventField.fromPath('$.detail.mail.tags.reference[0]')}`,
          ),
        }),
      ],
    });
  }

  /** Mail from the sender's address only, through the configuration set. */
  allowSending(target: TaskFunction<z.ZodType>): void {
    const stack = Stack.of(this);
    const arn = (resource: string, resourceName: string) => stack.formatArn({ service: 'ses', resource, resourceName });
    target.role.addToPolicy(
      new PolicyStatement({
        actions: ['ses:SendEmail'],
        resources: [arn('identity', this.#domain), arn('configuration-set', this.environment.MAIL_CONFIGURATION_SET)],
        conditions: { StringEquals: { 'ses:FromAddress': this.#sender } },
      }),
    );
  }
}
