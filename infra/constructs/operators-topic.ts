import { ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { Construct } from 'constructs';
import type { Setting } from './setting.ts';

/** Where operators hear of alarms and of mail that did not arrive. Encrypted with a key that the services may use. */
export class OperatorsTopic extends Construct {
  readonly topic: Topic;

  constructor(scope: Construct, id: string, setting: Setting, mail: string) {
    super(scope, id);
    const key = new Key(this, 'Key', { enableKeyRotation: true, removalPolicy: setting.removalPolicy });
    for (const service of ['cloudwatch.amazonaws.com', 'events.amazonaws.com']) {
      key.grantEncryptDecrypt(new ServicePrincipal(service));
    }
    this.topic = new Topic(this, 'Topic', {
      topicName: `${setting.stackName}-operators`,
      displayName: 'Meridian',
      masterKey: key,
      enforceSSL: true,
    });
    this.topic.addSubscription(new EmailSubscription(mail));
    this.topic.grantPublish(new ServicePrincipal('cloudwatch.amazonaws.com'));
  }
}
