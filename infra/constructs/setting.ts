/** What all functions of a stack have in common. */
import type { RemovalPolicy } from 'aws-cdk-lib';
import type { RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { Bundles } from '../bundles.ts';

/** Given to every construct that makes functions or other things with a life of their own. */
export interface Setting {
  /** First part of every name. */
  readonly stackName: string;
  readonly bundles: Bundles;
  readonly logRetention: RetentionDays;
  /** `prod` retains what holds data, but not after a first deployment that failed: names must be free for the next one. */
  readonly removalPolicy: RemovalPolicy;
  readonly isProtected: boolean;
  /** Whether the cloud knows versions and aliases of state machines (the local one's engine does, but its CloudFormation does not). */
  readonly hasVersions: boolean;
  /** Variables of every function, whatever its own schema says. */
  readonly ambient: Readonly<Record<string, string>>;
}
