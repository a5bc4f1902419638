import type { Duration } from 'aws-cdk-lib';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import {
  BlockPublicAccess,
  Bucket,
  BucketEncryption,
  type LifecycleRule,
  ObjectLockRetention,
  ObjectOwnership,
} from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import { acknowledge } from '../nag-reasons.ts';
import type { Setting } from './setting.ts';

/**
 * A bucket that nobody outside reads: encrypted, by TLS only, owned by the account, with versions, and kept as the stage says.
 * @param lifecycleRules - versions that are not current stay for ever without a rule
 * @param options.encryptionKey - whoever may not use it reads nothing; without one, S3's own
 * @param options.lockedFor - in `prod` nobody, not even the account itself, deletes a version earlier (Object Lock)
 */
export function privateBucket(
  scope: Construct,
  setting: Setting,
  lifecycleRules: LifecycleRule[],
  { encryptionKey, lockedFor }: { readonly encryptionKey?: IKey; readonly lockedFor?: Duration } = {},
): Bucket {
  const bucket = new Bucket(scope, 'Bucket', {
    blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
    ...(encryptionKey === undefined
      ? { encryption: BucketEncryption.S3_MANAGED }
      : { encryption: BucketEncryption.KMS, encryptionKey, bucketKeyEnabled: true }),
    enforceSSL: true,
    objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
    versioned: true,
    ...(lockedFor !== undefined && setting.isProtected
      ? { objectLockEnabled: true, objectLockDefaultRetention: ObjectLockRetention.compliance(lockedFor) }
      : {}),
    removalPolicy: setting.removalPolicy,
    lifecycleRules,
  });
  acknowledge(bucket, 'AwsSolutions-S1');
  return bucket;
}
