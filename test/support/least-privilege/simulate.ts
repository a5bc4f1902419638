/** Asks the simulator of IAM what the policies of a stack say to a call. */
import { runSimulation, runUnsafeSimulation, type Simulation } from '@cloud-copilot/iam-simulate';
import { ACCOUNT_ID } from '../../../local/cloud/aws.ts';
import type { Authorization } from './authorizations.ts';
import type { Permission } from './permission.ts';
import type { Role, StackPolicies } from './policies.ts';

export type Verdict = 'Allowed' | 'ExplicitlyDenied' | 'ImplicitlyDenied';

/** The reference says that these know no resources; the service asks for one all the same (see authorizations.ts). */
const RESOURCE_IN_SPITE_OF_REFERENCE: ReadonlySet<string> = new Set(['states:SendTaskSuccess']);

/**
 * What a role would be answered, by its own policies and by the policy of the resource. All calls are encrypted on AWS,
 * whatever they are here.
 *
 * @param permissions - those of the role, or fewer
 * @throws Error when the question or a policy is none that AWS would understand
 */
export async function decide(
  { policyOf }: Pick<StackPolicies, 'policyOf'>,
  { arn, denials }: Pick<Role, 'arn' | 'denials'>,
  permissions: readonly Permission[],
  { action, resource, context }: Authorization,
): Promise<Verdict> {
  const policy = { Version: '2012-10-17', Statement: [...permissions.map(({ statement }) => statement), ...denials] };
  const resourcePolicy = policyOf(resource);
  const simulation: Simulation = {
    request: {
      principal: arn,
      action,
      resource: { resource, accountId: ACCOUNT_ID },
      contextVariables: { 'aws:PrincipalArn': arn, 'aws:SecureTransport': 'true', ...context },
    },
    identityPolicies: policy.Statement.length === 0 ? [] : [{ name: 'role', policy }],
    serviceControlPolicies: [],
    resourceControlPolicies: [],
    ...(resourcePolicy === undefined ? {} : { resourcePolicy }),
  };
  if (RESOURCE_IN_SPITE_OF_REFERENCE.has(action)) return runUnsafeSimulation(simulation, {});
  const answer = await runSimulation(simulation, {});
  if (answer.resultType === 'error') {
    throw new Error(`${action} on ${resource}: ${JSON.stringify(answer.errors)}`);
  }
  return answer.overallResult;
}

/** Those of the role's permissions that would allow it alone. */
export async function grantsOf(
  policies: Pick<StackPolicies, 'policyOf'>,
  role: Role,
  authorization: Authorization,
): Promise<readonly Permission[]> {
  const grants: Permission[] = [];
  for (const permission of role.permissions.filter(({ action }) => action === authorization.action)) {
    if ((await decide(policies, role, [permission], authorization)) === 'Allowed') grants.push(permission);
  }
  return grants;
}
