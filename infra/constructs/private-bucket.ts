import type { IKey } from 'aws-cdk-lib/aws-kms';
import { BlockPublicAccess, Bucket, BucketEncryption, type LifecycleRule, ObjectOwnership } from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import { acknowledge } from '../nag-reasons.ts';
import type { Setting } from './setting.ts';

/**
 * A bucket that nobody outside reads: encrypted, by TLS only, owned by the account, with versions, and kept as the stage says.
 * @param lifecycleRules - versions that are not current stay for ever without a rule
 * @param encryptionKey - whoever may not use it reads nothing; without one, S3's own
 */
export function privateBucket(
  scope: Construct,
  setting: Setting,
  lifecycleRules: LifecycleRule[],
  encryptionKey?: IKey,
): Bucket {
  const bucket = new Bucket(scope, 'Bucket', {
    blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
    ...(encryptionKey === undefined
      ? { encryption: BucketEncryption.S3_MANAGED }
      : { encryption: BucketEncryption.KMS, encryptionKey, bucketKeyEnabled: true }),
    enforceSSL: true,
    objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
    versioned: true,
    removalPolicy: setting.removalPolicy,
    lifecycleRules,
  });
  acknowledge(bucket, 'AwsSolutions-S1');
  return bucket;
}
