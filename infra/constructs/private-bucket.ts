import { BlockPublicAccess, Bucket, BucketEncryption, type LifecycleRule, ObjectOwnership } from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import { acknowledge } from '../nag-reasons.ts';
import type { Setting } from './setting.ts';

/**
 * A bucket that nobody outside reads: encrypted, by TLS only, owned by the account, with versions, and kept as the stage says.
 * @param lifecycleRules - versions that are not current stay for ever without a rule
 */
export function privateBucket(scope: Construct, setting: Setting, lifecycleRules: LifecycleRule[]): Bucket {
  const bucket = new Bucket(scope, 'Bucket', {
    blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
    encryption: BucketEncryption.S3_MANAGED,
    enforceSSL: true,
    objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
    versioned: true,
    removalPolicy: setting.removalPolicy,
    lifecycleRules,
  });
  acknowledge(bucket, 'AwsSolutions-S1');
  return bucket;
}
