/** All that was asked for end to end, beside all that may be asked for. */
import { ACCOUNT_ID, REGION } from '../../../local/cloud/aws.ts';
import { type LocalCloud, output } from '../../../local/cloud/start.ts';
import type { Synthesized } from '../../infra/synthesize.ts';
import { authorizationsOf } from './authorizations.ts';
import type { Permission } from './permission.ts';
import { policiesOf, type Role, type StackPolicies } from './policies.ts';
import type { RecordedCall } from './recording-proxy.ts';
import { eventSourceCalls, machineCalls, type Request, schedulerCalls } from './service-calls.ts';
import { decide, grantsOf, type Verdict } from './simulate.ts';
import { deployedNames } from './stack-names.ts';

/** A request with what the policies say to it. */
export interface Judged {
  readonly request: Request;
  readonly role: Role;
  readonly verdict: Verdict;
  /** Permissions that would allow it alone. */
  readonly grants: readonly Permission[];
}

export interface Evidence {
  readonly policies: StackPolicies;
  readonly judged: readonly Judged[];
}

/** Judges each different request once by the policies of `template`. */
export async function gatherEvidence(
  template: Synthesized,
  cloud: LocalCloud,
  calls: readonly RecordedCall[],
): Promise<Evidence> {
  const names = await deployedNames(cloud.endpoint, 'meridian');
  const policies = policiesOf(template, names);
  const machineArns = [
    'ProcureToPayArn',
    'ExpenseToPostingArn',
    'LeaveRequestArn',
    'OfficeRequestArn',
    'EngineeringChangeArn',
    'ReplenishmentArn',
    'PayrollRunArn',
    'PayslipArn',
    'ApprovalArn',
  ].map((name) => output(cloud.outputs, name));
  const machines = await machineCalls(cloud.engineUrl, machineArns);
  const deployment = {
    region: REGION,
    accountId: ACCOUNT_ID,
    machineOf: machines.machineOf,
    secretArn: names.secretArn,
  };
  const requests: readonly Request[] = [
    ...calls.flatMap((call) => authorizationsOf(call, deployment).map((one) => ({ ...one, caller: call.caller }))),
    ...machines.requests,
    ...(await eventSourceCalls(cloud.endpoint, calls)),
    ...schedulerCalls(calls, machines),
  ];
  const different = new Map(requests.map((request) => [JSON.stringify(request), request]));
  const judged: Judged[] = [];
  for (const request of different.values()) judged.push(await judge(policies, request));
  return { policies, judged };
}

async function judge(policies: StackPolicies, request: Request): Promise<Judged> {
  const arn = request.caller.includes(':role/') ? request.caller : policies.roleOf(request.caller);
  const role = policies.roles.find((one) => one.arn === arn);
  if (role === undefined) throw new Error(`the stack has no role ${arn}`);
  const verdict = await decide(policies, role, role.permissions, request);
  return { request, role, verdict, grants: await grantsOf(policies, role, request) };
}
