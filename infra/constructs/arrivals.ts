import { Stack } from 'aws-cdk-lib';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { type Bucket, CfnBucket } from 'aws-cdk-lib/aws-s3';
import type { Queue } from 'aws-cdk-lib/aws-sqs';

/**
 * Has a bucket tell a queue of each file that arrives in one of its folders. By the bucket's own property: the construct of
 * the CDK would add a function of its own that sets it.
 */
export function tellOfArrivals(bucket: Bucket, folder: string, queue: Queue): void {
  const told = queue.addToResourcePolicy(
    new PolicyStatement({
      principals: [new ServicePrincipal('s3.amazonaws.com')],
      actions: ['sqs:SendMessage'],
      resources: [queue.queueArn],
      // The bucket needs the policy before it is made, so the policy cannot name the bucket.
      conditions: { StringEquals: { 'aws:SourceAccount': Stack.of(bucket).account } },
    }),
  );
  const resource = bucket.node.defaultChild;
  if (!(resource instanceof CfnBucket) || told.policyDependable === undefined) {
    throw new Error('the bucket or the policy of its queue is not what it was');
  }
  resource.notificationConfiguration = {
    queueConfigurations: [
      {
        event: 's3:ObjectCreated:*',
        queue: queue.queueArn,
        filter: { s3Key: { rules: [{ name: 'prefix', value: folder }] } },
      },
    ],
  };
  resource.node.addDependency(told.policyDependable);
}
