/** Values that stand in several places of a company's file. */
import * as z from 'zod';

/** The definitions of the state machines name services of this partition of AWS. */
export const OTHER_PARTITION = 'must be of the partition "aws" (Meridian cannot run in China or GovCloud)';

export const principalArn = z
  .string()
  .regex(/^arn:aws[a-z-]*:iam::\d{12}:(role|user)\/[\w+=,.@/-]+$/, 'must be the ARN of an IAM role or user')
  .refine((arn) => !/^arn:aws-/.test(arn), OTHER_PARTITION);

export const httpsUrl = z.url({ protocol: /^https$/, error: 'must be an https address' });
export const name = z.string().trim().min(1);

export const secretArn = z
  .string()
  .regex(/^arn:aws:secretsmanager:[a-z0-9-]+:\d{12}:secret:.+$/, 'must be the ARN of a secret in Secrets Manager');
