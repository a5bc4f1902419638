import { ApiError, noMachine, noResource, violation } from './api-errors.ts';
import { LONGEST_DESCRIPTION, type MachineApiDeps } from './api-machines.ts';
import type { Operations } from './api-operation.ts';
import { type ApiRequest, missing, paged, seconds } from './api-request.ts';
import { aliasesTo, MOST_ALIASES } from './api-versions.ts';
import type { MachineAlias, MachineStore, Route } from './machines.ts';
import { routesIn } from './routes.ts';

const NAME = /^(?=.*[a-zA-Z_\-.])[a-zA-Z0-9_\-.]+$/;
const NAME_PATTERN = '^(?=.*[a-zA-Z_\\-\\.])[a-zA-Z0-9_\\-\\.]+$';
const LONGEST_NAME = 80;

/** The API calls about aliases of state machines. */
export function aliasOperations({ machines, now }: MachineApiDeps): Operations {
  return {
    CreateStateMachineAlias: async (request) => {
      const wanted = newAlias(machines, request, now());
      const existing = machines.alias(wanted.machineArn, wanted.name);
      if (existing === undefined) {
        requireRoom(machines, wanted.machineArn);
        await machines.putAlias(wanted);
      } else if (!isSame(existing, wanted)) {
        throw new ApiError(
          'ConflictException',
          'Failed to create alias because an alias with the same name and a different routing configuration already exists.',
        );
      }
      const { arn, createdAt } = existing ?? wanted;
      return { stateMachineAliasArn: arn, creationDate: seconds(createdAt) };
    },

    UpdateStateMachineAlias: async (request) => {
      const alias = aliasNamed(machines, request);
      const description = request.optionalText('description', LONGEST_DESCRIPTION);
      const routes = routesIn(machines, request, alias.machineArn);
      if (description === undefined && routes === undefined) {
        throw new ApiError(
          'ValidationException',
          'Either the description or the routing configuration must be specified',
        );
      }
      const updatedAt = now();
      await machines.putAlias({
        ...alias,
        ...(description === undefined ? {} : { description }),
        ...(routes === undefined ? {} : { routes }),
        updatedAt,
      });
      return { updateDate: seconds(updatedAt) };
    },

    DescribeStateMachineAlias: (request) => {
      const { arn, name, description, routes, createdAt, updatedAt } = aliasNamed(machines, request);
      return {
        stateMachineAliasArn: arn,
        name,
        ...(description === undefined ? {} : { description }),
        routingConfiguration: routes.map(({ versionArn, weight }) => ({ stateMachineVersionArn: versionArn, weight })),
        creationDate: seconds(createdAt),
        updateDate: seconds(updatedAt),
      };
    },

    DeleteStateMachineAlias: async (request) => {
      const { machineArn, name } = aliasNamed(machines, request);
      await machines.removeAlias(machineArn, name);
      return {};
    },

    ListStateMachineAliases: (request) => {
      const { arn, machineArn, version } = request.machine();
      if (machines.get(machineArn) === undefined) throw noMachine(arn);
      const page = request.page();
      const range = { offset: page.position, limit: page.limit + 1 };
      const found =
        version === undefined
          ? machines.aliases(machineArn, range)
          : aliasesTo(machines, machineArn, arn).slice(range.offset, range.offset + range.limit);
      const { items, ...more } = paged(found, page);
      return {
        stateMachineAliases: items.map((alias) => ({
          stateMachineAliasArn: alias.arn,
          creationDate: seconds(alias.createdAt),
        })),
        ...more,
      };
    },
  };
}

function newAlias(machines: MachineStore, request: ApiRequest, at: number): MachineAlias {
  const name = request.text('name', LONGEST_NAME);
  if (!NAME.test(name)) {
    throw violation('name', name, `Member must satisfy regular expression pattern: ${NAME_PATTERN}`);
  }
  const description = request.optionalText('description', LONGEST_DESCRIPTION);
  const routes = routesIn(machines, request);
  const [first] = routes ?? [];
  if (routes === undefined || first === undefined) throw missing('routingConfiguration');
  const machineArn = first.versionArn.slice(0, first.versionArn.lastIndexOf(':'));
  return {
    arn: `${machineArn}:${name}`,
    machineArn,
    name,
    ...(description === undefined ? {} : { description }),
    routes,
    createdAt: at,
    updatedAt: at,
  };
}

function requireRoom(machines: MachineStore, machineArn: string): void {
  if (machines.aliases(machineArn, { offset: MOST_ALIASES - 1, limit: 1 }).length > 0) {
    throw new ApiError('ServiceQuotaExceededException', `A state machine has at most ${MOST_ALIASES} aliases`);
  }
}

function isSame(one: MachineAlias, other: MachineAlias): boolean {
  const shape = ({ routes }: { readonly routes: readonly Route[] }) =>
    JSON.stringify(routes.map(({ versionArn, weight }) => [versionArn, weight]).toSorted());
  return one.description === other.description && shape(one) === shape(other);
}

function aliasNamed(machines: MachineStore, request: ApiRequest): MachineAlias {
  const { arn, machineArn, alias } = request.machine('stateMachineAliasArn');
  const found = alias === undefined ? undefined : machines.alias(machineArn, alias);
  if (found === undefined) throw noResource(arn);
  return found;
}
