/** The policies of a synthesized stack under the names of a deployed one: what its roles may, and what resources refuse. */
import * as z from 'zod';
import { resourceName } from '../../infra/permissions.ts';
import { allowed, ofType, pathOf, type Synthesized } from '../../infra/synthesize.ts';
import type { Permission, PolicyStatement } from './permission.ts';
import { resolved, type StackNames } from './stack-names.ts';

export interface Role {
  /** Construct path without `/Role`. */
  readonly name: string;
  readonly arn: string;
  readonly permissions: readonly Permission[];
  /** What is refused whatever is allowed. */
  readonly denials: readonly PolicyStatement[];
}

export interface StackPolicies {
  readonly roles: readonly Role[];
  /** ARN of the role of a function or a state machine, by its name or ARN. */
  roleOf(caller: string): string;
  /** The policy of a resource itself, by its ARN; of an object that of its bucket. */
  policyOf(arn: string): unknown;
}

const documentSchema = z.object({ PolicyDocument: z.unknown() });
const propertiesSchema = z.object({
  FunctionName: z.string().optional(),
  Role: z.unknown().optional(),
  RoleArn: z.unknown().optional(),
});

/** @throws Error for a policy that is not known here: nobody would ask it. */
export function policiesOf(template: Synthesized, names: StackNames): StackPolicies {
  const resolve = (value: unknown): unknown => resolved(template, names, value);
  const callers = new Map<string, string>();
  for (const [id, { Properties }] of ofType(template, 'AWS::Lambda::Function')) {
    callers.set(names.ref(id), String(resolve(propertiesSchema.parse(Properties).Role)));
  }
  for (const [id, { Properties }] of ofType(template, 'AWS::StepFunctions::StateMachine')) {
    callers.set(names.ref(id), String(resolve(propertiesSchema.parse(Properties).RoleArn)));
  }
  const policies = resourcePolicies(template, resolve);
  return {
    roles: ofType(template, 'AWS::IAM::Role').map(([id, { Properties }]) => {
      demandNoOtherPolicies(id, Properties);
      return roleAt(template, id, resolve);
    }),
    roleOf: (caller) => {
      const role = callers.get(caller);
      if (role === undefined) throw new Error(`the stack has no function or state machine ${caller}`);
      return role;
    },
    policyOf: (arn) => policies.get(arn) ?? policies.get(arn.replace(/^(arn:aws:s3:::[^/]+)\/.*$/, '$1')),
  };
}

function roleAt(template: Synthesized, id: string, resolve: (value: unknown) => unknown): Role {
  const name = pathOf(template, id).replace(/\/Role$/, '');
  const own = allowed(template, id);
  const permissions = own
    .filter(({ Effect }) => Effect === 'Allow')
    .flatMap(({ Action, Resource, Condition }) =>
      Action.flatMap((action) =>
        Resource.map((one) => ({
          role: name,
          action,
          resource: resourceName(template, one),
          statement: {
            Effect: 'Allow',
            Action: [action],
            Resource: [String(resolve(one))],
            ...(Condition === undefined ? {} : { Condition: resolve(Condition) }),
          },
        })),
      ),
    );
  const denials = own
    .filter(({ Effect }) => Effect === 'Deny')
    .map(({ Effect, Action, Resource, Condition }) => ({
      Effect,
      Action,
      Resource: Resource.map((one) => String(resolve(one))),
      ...(Condition === undefined ? {} : { Condition: resolve(Condition) }),
    }));
  return { name, arn: String(resolve({ 'Fn::GetAtt': [id, 'Arn'] })), permissions, denials };
}

/** All that a role may stands in policies of the stack, which `allowed` reads. */
function demandNoOtherPolicies(id: string, properties: Readonly<Record<string, unknown>>): void {
  const others = ['ManagedPolicyArns', 'Policies', 'PermissionsBoundary'].filter(
    (name) => properties[name] !== undefined,
  );
  if (others.length > 0) throw new Error(`${id} has ${others.join(', ')}, which nobody asks here`);
}

/** Where each type of resource keeps its policy, and whose policy it is. */
const RESOURCE_POLICIES: Readonly<
  Record<string, (id: string, properties: Readonly<Record<string, unknown>>) => readonly [unknown, unknown][]>
> = {
  'AWS::DynamoDB::Table': (id, { ResourcePolicy }) =>
    ResourcePolicy === undefined ? [] : [[arnOf(id), documentSchema.parse(ResourcePolicy).PolicyDocument]],
  'AWS::Events::EventBus': (id, { Policy }) => (Policy === undefined ? [] : [[arnOf(id), Policy]]),
  'AWS::S3::BucketPolicy': (_id, { Bucket, PolicyDocument }) => [
    [arnOf(z.object({ Ref: z.string() }).parse(Bucket).Ref), PolicyDocument],
  ],
  'AWS::SQS::QueuePolicy': (_id, { Queues, PolicyDocument }) =>
    z
      .array(z.object({ Ref: z.string() }))
      .parse(Queues)
      .map(({ Ref }) => [arnOf(Ref), PolicyDocument]),
  'AWS::SNS::TopicPolicy': (_id, { Topics, PolicyDocument }) =>
    z
      .array(z.unknown())
      .parse(Topics)
      .map((topic) => [topic, PolicyDocument]),
};

function arnOf(id: string) {
  return { 'Fn::GetAtt': [id, 'Arn'] };
}

function resourcePolicies(template: Synthesized, resolve: (value: unknown) => unknown): ReadonlyMap<string, unknown> {
  const policies = new Map<string, unknown>();
  for (const [id, { Type, Properties }] of Object.entries(template.resources)) {
    const read = RESOURCE_POLICIES[Type];
    if (read === undefined && /Policy$/.test(Type) && Type !== 'AWS::IAM::Policy') {
      throw new Error(`${id} is a policy of a type that nobody asks here: ${Type}`);
    }
    for (const [arn, document] of read?.(id, Properties) ?? []) {
      policies.set(String(resolve(arn)), resolve(document));
    }
  }
  return policies;
}
