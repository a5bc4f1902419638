import { ApiError, noResource, violation } from './api-errors.ts';
import type { ApiRequest } from './api-request.ts';
import { machineReference } from './arns.ts';
import type { MachineStore, Route } from './machines.ts';

const FIELD = 'routingConfiguration';
const MOST_ROUTES = 2;
const WHOLE = 100;

/**
 * The versions that a request's routing configuration names, with their weights; undefined when it has none.
 *
 * @param machineArn - the machine that the versions must be of; default: that of the first
 * @throws ApiError ValidationException in AWS's words, ResourceNotFound for a version that is not there
 */
export function routesIn(
  machines: MachineStore,
  request: ApiRequest,
  machineArn?: string,
): readonly Route[] | undefined {
  const members = request.list(FIELD);
  if (members === undefined) return undefined;
  if (members.length === 0) throw violation(FIELD, '[]', 'Member must have length greater than or equal to 1');
  if (members.length > MOST_ROUTES) {
    throw violation(FIELD, JSON.stringify(members), `Member must have length less than or equal to ${MOST_ROUTES}`);
  }
  const routes = members.map(({ stateMachineVersionArn, weight }, index) => ({
    versionArn: String(stateMachineVersionArn),
    weight: weightIn(weight, index),
  }));
  requireVersions(machines, routes, machineArn);
  const weights = routes.map(({ weight }) => weight);
  if (weights.reduce((sum, weight) => sum + weight, 0) !== WHOLE) {
    throw invalid(`Sum of routing configuration weights must equal ${WHOLE}. Received: [${weights.join(', ')}]`);
  }
  return routes;
}

function weightIn(weight: unknown, index: number): number {
  const field = `${FIELD}.${index + 1}.member.weight`;
  if (typeof weight !== 'number' || !Number.isInteger(weight))
    throw violation(field, weight, 'Member must not be null');
  if (weight < 0) throw violation(field, weight, 'Member must have value greater than or equal to 0');
  if (weight > WHOLE) throw violation(field, weight, `Member must have value less than or equal to ${WHOLE}`);
  return weight;
}

function requireVersions(machines: MachineStore, routes: readonly Route[], machineArn: string | undefined): void {
  const arns = routes.map(({ versionArn }) => versionArn);
  const received = `Received: [${arns.join(', ')}]`;
  const references = arns.map(machineReference);
  if (references.some((reference) => reference?.version === undefined)) {
    throw invalid(`Routing configuration must contain state machine version ARNs. ${received}`);
  }
  if (new Set(arns).size < arns.length) {
    throw invalid(`Routing configuration must contain distinct state machine version ARNs. ${received}`);
  }
  const owner = machineArn ?? references[0]?.machineArn;
  for (const reference of references) {
    if (reference?.machineArn !== owner) {
      throw invalid(`Routing configuration must contain versions of one state machine. ${received}`);
    }
    if (machines.version(reference?.machineArn ?? '', reference?.version ?? 0) === undefined) {
      throw noResource(reference?.arn ?? '');
    }
  }
}

function invalid(message: string): ApiError {
  return new ApiError('ValidationException', message);
}
