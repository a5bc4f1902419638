import { randomUUID } from 'node:crypto';
import { ApiError, noMachine } from './api-errors.ts';
import { nameIn, type Operations } from './api-operation.ts';
import { type ApiRequest, paged, seconds } from './api-request.ts';
import { tagsIn } from './api-tags.ts';
import { machineReference } from './arns.ts';
import type { JsonObject } from './json.ts';
import type { Machine, MachineStore, MachineType, MachineVersion, Revision } from './machines.ts';
import { InvalidDefinition } from './problems.ts';
import { publish } from './publishing.ts';
import { readDefinition } from './read-definition.ts';

/** What the calls about state machines need. */
export interface MachineApiDeps {
  readonly machines: MachineStore;
  readonly now: () => number;
}

const TYPES: readonly MachineType[] = ['STANDARD', 'EXPRESS'];
const LONGEST_DEFINITION = 1_048_576;
export const LONGEST_DESCRIPTION = 256;

/**
 * The API calls that keep state machines.
 *
 * @param arnPrefix - `arn:aws:states:<region>:<account>`
 */
export function machineOperations({ machines, now }: MachineApiDeps, arnPrefix: string): Operations {
  return {
    CreateStateMachine: async (request) => {
      const wanted = newMachine(request, arnPrefix, now());
      const existing = machines.get(wanted.arn);
      if (existing !== undefined) return repeated(machines, existing, wanted);
      if (wanted.publishedAtCreation === undefined) {
        await machines.put(wanted);
        return created(wanted);
      }
      const { machine, version } = publish(machines, wanted, wanted.publishedAtCreation.description, now());
      await machines.put(machine, version);
      return created(machine, version);
    },

    UpdateStateMachine: async (request) => {
      const machine = machineNamed(machines, request);
      const description = versionDescription(request);
      const updated = updatedMachine(request, machine, now());
      const revised = { updateDate: seconds(updated.updatedAt), ...revisionOf(updated) };
      if (!request.flag('publish')) {
        if (updated !== machine) await machines.put(updated);
        return revised;
      }
      const published = publish(machines, updated, description, now());
      await machines.put(published.machine, published.isNew ? published.version : undefined);
      return { ...revised, stateMachineVersionArn: published.version.arn };
    },

    DescribeStateMachine: (request) => describeMachine(machines, request),

    ListStateMachines: (request) => {
      const page = request.page();
      const { items, ...more } = paged(machines.list({ offset: page.position, limit: page.limit + 1 }), page);
      return {
        stateMachines: items.map(({ arn, name, type, createdAt }) => ({
          stateMachineArn: arn,
          name,
          type,
          creationDate: seconds(createdAt),
        })),
        ...more,
      };
    },

    DeleteStateMachine: async (request) => {
      await machines.remove(unqualifiedArn(request));
      return {};
    },

    ValidateStateMachineDefinition: (request) => {
      try {
        readDefinition(request.text('definition'), request.choice('type', TYPES) ?? 'STANDARD');
        return { result: 'OK', diagnostics: [], truncated: false };
      } catch (error) {
        if (!(error instanceof InvalidDefinition)) throw error;
        const diagnostics = error.problems.map((problem) => ({ severity: 'ERROR', ...problem }));
        return { result: 'FAIL', diagnostics, truncated: false };
      }
    },
  };
}

/** The ARN of a machine, for a call that takes no version, alias or label; throws ValidationException. */
export function unqualifiedArn(request: ApiRequest): string {
  const { arn, machineArn } = request.machine();
  if (arn === machineArn) return arn;
  throw new ApiError('ValidationException', `This operation needs the ARN of a state machine itself: '${arn}'`);
}

/** The machine that a request names; throws StateMachineDoesNotExist. */
export function machineNamed(machines: MachineStore, request: ApiRequest): Machine {
  const arn = unqualifiedArn(request);
  const machine = machines.get(arn);
  if (machine === undefined) throw noMachine(arn);
  return machine;
}

function newMachine(request: ApiRequest, arnPrefix: string, at: number): Machine {
  const name = nameIn(request);
  const definition = request.text('definition', LONGEST_DEFINITION);
  const type = request.choice('type', TYPES) ?? 'STANDARD';
  const description = versionDescription(request);
  const tags = tagsIn(request);
  readDefinition(definition, type);
  return {
    arn: `${arnPrefix}:stateMachine:${name}`,
    name,
    type,
    roleArn: request.text('roleArn'),
    definition,
    createdAt: at,
    updatedAt: at,
    lastVersion: 0,
    tags,
    ...(request.flag('publish') ? { publishedAtCreation: description === undefined ? {} : { description } } : {}),
  };
}

function versionDescription(request: ApiRequest): string | undefined {
  const description = request.optionalText('versionDescription', LONGEST_DESCRIPTION);
  if (description !== undefined && !request.flag('publish')) {
    throw new ApiError('ValidationException', 'Version description can only be set when publish is true');
  }
  return description;
}

/** A creation that is asked for again gets the answer of the first; another role and other tags do not matter. */
function repeated(machines: MachineStore, existing: Machine, wanted: Machine): JsonObject {
  const same =
    existing.definition === wanted.definition &&
    existing.type === wanted.type &&
    (existing.publishedAtCreation === undefined) === (wanted.publishedAtCreation === undefined) &&
    existing.publishedAtCreation?.description === wanted.publishedAtCreation?.description;
  if (!same) throw new ApiError('StateMachineAlreadyExists', `State Machine Already Exists: '${existing.arn}'`);
  return created(existing, existing.publishedAtCreation === undefined ? undefined : machines.version(existing.arn, 1));
}

function created({ arn, createdAt }: Machine, version?: MachineVersion): JsonObject {
  return {
    stateMachineArn: arn,
    creationDate: seconds(createdAt),
    ...(version === undefined ? {} : { stateMachineVersionArn: version.arn }),
  };
}

/** The machine with what a request changes; the same one when that is nothing. */
function updatedMachine(request: ApiRequest, machine: Machine, at: number): Machine {
  const definition = request.optionalText('definition', LONGEST_DEFINITION);
  const roleArn = request.optionalText('roleArn');
  if (definition === undefined && roleArn === undefined) {
    throw new ApiError(
      'MissingRequiredParameter',
      'Either the definition, the role ARN, the LoggingConfiguration, or the TracingConfiguration must be specified',
    );
  }
  if (definition !== undefined) readDefinition(definition, machine.type);
  const wanted = { definition: definition ?? machine.definition, roleArn: roleArn ?? machine.roleArn };
  const changes = wanted.definition !== machine.definition || wanted.roleArn !== machine.roleArn;
  return changes ? { ...machine, ...wanted, revisionId: randomUUID(), updatedAt: at } : machine;
}

function describeMachine(machines: MachineStore, request: ApiRequest): JsonObject {
  const reference = request.machine();
  const machine = machines.get(reference.machineArn);
  const version = versionDescribed(machines, reference);
  if (machine === undefined || (version === undefined && reference.arn !== machine.arn)) throw noMachine(reference.arn);
  const revision: Revision = version ?? machine;
  return {
    stateMachineArn: version?.arn ?? machine.arn,
    name: machine.name,
    status: 'ACTIVE',
    definition: metadataOnly(request) ? '{}' : revision.definition,
    roleArn: revision.roleArn,
    type: machine.type,
    creationDate: seconds(version?.createdAt ?? machine.createdAt),
    ...revisionOf(revision),
    ...(version?.description === undefined ? {} : { description: version.description }),
    loggingConfiguration: { level: 'OFF', includeExecutionData: false },
    tracingConfiguration: { enabled: false },
  };
}

/** Of an alias, the version that most of its executions get. */
function versionDescribed(
  machines: MachineStore,
  { machineArn, version, alias }: ReturnType<ApiRequest['machine']>,
): MachineVersion | undefined {
  if (version !== undefined) return machines.version(machineArn, version);
  const routes = alias === undefined ? [] : (machines.alias(machineArn, alias)?.routes ?? []);
  const [first] = routes.toSorted((one, other) => other.weight - one.weight);
  const number = first === undefined ? undefined : machineReference(first.versionArn)?.version;
  return number === undefined ? undefined : machines.version(machineArn, number);
}

function revisionOf({ revisionId }: Revision): { readonly revisionId?: string } {
  return revisionId === undefined ? {} : { revisionId };
}

/** True when a caller wants no payloads and no definitions. */
export function metadataOnly(request: ApiRequest): boolean {
  return request.choice('includedData', ['ALL_DATA', 'METADATA_ONLY']) === 'METADATA_ONLY';
}
