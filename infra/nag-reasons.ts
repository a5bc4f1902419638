/**
 * Every finding of cdk-nag that is let stand, with its reason (the table in docs/permissions.md repeats them, and a test
 * compares both).
 */
import { type IResolvable, Names, Reference, Stack, Tokenization, Validations } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import * as z from 'zod';

const joinSchema = z.object({
  Ref: z.string().optional(),
  'Fn::GetAtt': z.tuple([z.string(), z.string()]).optional(),
  'Fn::Join': z.tuple([z.string(), z.array(z.unknown())]).optional(),
});

/** Reasons by finding. */
export const NAG_REASONS = {
  'AwsSolutions-IAM5[Resource::*]':
    'X-Ray, the delivery of logs and ListStreams know no resources: AWS allows these actions on * only.',
  'AwsSolutions-IAM5[Scheduler]': 'Alarms are schedules named by a hash, within the one group that is made for them.',
  'AwsSolutions-IAM5[Execution]':
    'Executions get their names when they start; the pattern holds the one child machine only.',
  'AwsSolutions-IAM5[Executions]':
    'Operators look at executions, and have them go on, of whatever name; the pattern holds those of one machine of this stack only.',
  'AwsSolutions-IAM5[Items]':
    'The executions of the items of a Map get their names when they start; the pattern holds those of the one machine only.',
  'AwsSolutions-IAM5[Results]':
    'Each run of a Map writes into a folder named by its id; the pattern holds the one bucket of payroll only.',
  'AwsSolutions-IAM5[Figures]':
    'Files of payroll are named by their run; the pattern holds one of the two folders of the one bucket.',
  'AwsSolutions-IAM5[Files]':
    'Files get their names when they arrive or are kept; the pattern holds one of the two folders of the one bucket.',
  'AwsSolutions-IAM5[EventLog]':
    'Files of the event log are named by their content; the pattern holds one of the two folders of the one bucket.',
  'AwsSolutions-IAM5[Books]':
    'Files of a book are named by its day and part; the pattern holds a bucket that has nothing else.',
  'AwsSolutions-S1':
    'The log of a bucket holds the whole address of each request, and with it the signatures of downloads.',
  'AwsSolutions-APIG4':
    'The function checks the capability: a link (256 random bits, or an HMAC of the record), or the cookie of a session.',
  'AwsSolutions-SQS3':
    'It is a dead-letter queue: of rules, of Scheduler or of a stream, which the check does not see.',
  'AwsSolutions-SMG4':
    'The ERP, the OA or the user pool must take a new value at the same time, and a new record key ends all read links: see docs/deploy.md.',
  'AwsSolutions-COG8':
    'Threat protection watches passwords: a company that federates has none here, and the others have a second factor.',
} as const;

/** Lets a finding about a whole resource stand. */
export function acknowledge(
  scope: IConstruct,
  id: 'AwsSolutions-APIG4' | 'AwsSolutions-COG8' | 'AwsSolutions-S1' | 'AwsSolutions-SMG4' | 'AwsSolutions-SQS3',
): void {
  Validations.of(scope).acknowledge({ id, reason: NAG_REASONS[id] });
}

/** Lets the findings stand that a policy of this role names `*`, for actions that AWS knows on `*` only. */
export function acknowledgeAnyResource(scope: IConstruct): void {
  Validations.of(scope).acknowledge({
    id: 'AwsSolutions-IAM5[Resource::*]',
    reason: NAG_REASONS['AwsSolutions-IAM5[Resource::*]'],
  });
}

/** Why a policy names a pattern. */
type PatternReason =
  | 'Scheduler'
  | 'Execution'
  | 'Executions'
  | 'Items'
  | 'Results'
  | 'Figures'
  | 'Files'
  | 'EventLog'
  | 'Books';

/** Lets the finding stand that a policy of this role names a pattern of resources. */
export function acknowledgePattern(scope: IConstruct, arn: string, reason: PatternReason): void {
  const stack = Stack.of(scope);
  const mapToken = (token: IResolvable) => parameterFor(stack, token) ?? token;
  const parts = Tokenization.reverseString(arn).mapTokens({ mapToken });
  const seen = parts.join({ join: (left, right) => `${left ?? ''}${right ?? ''}` });
  Validations.of(scope).acknowledge({
    id: `AwsSolutions-IAM5[Resource::${asFound(stack.resolve(seen))}]`,
    reason: NAG_REASONS[`AwsSolutions-IAM5[${reason}]`],
  });
}

/** How cdk-nag names what another stack gives to a nested one: by the parameter that the CDK will make for it. */
function parameterFor(stack: Stack, token: IResolvable): string | undefined {
  return Reference.isReference(token) && Stack.of(token.target) !== stack
    ? `<referenceto${Names.nodeUniqueId(token.target.node)}${token.displayName}>`
    : undefined;
}

/** How cdk-nag writes an ARN with pseudo parameters. */
function asFound(resolved: unknown): string {
  if (typeof resolved === 'string') {
    return resolved;
  }
  const { 'Fn::Join': join, 'Fn::GetAtt': attribute, Ref } = joinSchema.parse(resolved);
  if (attribute !== undefined) {
    return `<${attribute.join('.')}>`;
  }
  return Ref === undefined ? (join?.[1] ?? []).map(asFound).join('') : `<${Ref}>`;
}
