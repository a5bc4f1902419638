import { randomUUID } from 'node:crypto';
import { ApiError } from './api-errors.ts';
import { type ApiRequest, paged, seconds } from './api-request.ts';
import type { MachineDefinition } from './definition.ts';
import { requireIntegrations } from './integrations.ts';
import type { JsonObject } from './json.ts';
import type { Machine, MachineStore } from './machines.ts';
import { InvalidDefinition } from './problems.ts';
import { parseDefinitionText } from './validate.ts';

/** What the calls about state machines need. */
export interface MachineApiDeps {
  readonly machines: MachineStore;
  readonly now: () => number;
  /** `arn:aws:states:<region>:<account>` */
  readonly arnPrefix: string;
}

/** One call of the API: its parameters in, its answer out; throws ApiError. */
export type Operation = (request: ApiRequest) => Promise<JsonObject> | JsonObject;

/** What AWS allows as the name of a machine or of an execution. */
export const NAME = /^[^\s<>{}[\]?*"#%\\^|~`$&,;:/\p{Cc}]{1,80}$/u;

/** The API calls that keep state machines. */
export function machineOperations({ machines, now, arnPrefix }: MachineApiDeps): { [action: string]: Operation } {
  return {
    CreateStateMachine: async (request) => {
      refuseUnsupported(request);
      const name = request.text('name');
      if (!NAME.test(name)) throw new ApiError('InvalidName', `Invalid Name: '${name}'`);
      const definition = request.text('definition');
      readDefinition(definition);
      const arn = `${arnPrefix}:stateMachine:${name}`;
      const roleArn = request.text('roleArn');
      const existing = machines.get(arn);
      if (existing !== undefined && (existing.definition !== definition || existing.roleArn !== roleArn)) {
        throw new ApiError('StateMachineAlreadyExists', `State Machine Already Exists: '${arn}'`);
      }
      const at = now();
      const machine = existing ?? {
        arn,
        name,
        roleArn,
        definition,
        revisionId: randomUUID(),
        createdAt: at,
        updatedAt: at,
      };
      if (existing === undefined) await machines.put(machine);
      return { stateMachineArn: arn, creationDate: seconds(machine.createdAt) };
    },

    UpdateStateMachine: async (request) => {
      refuseUnsupported(request);
      const machine = machineNamed(machines, request);
      const definition = request.optionalText('definition') ?? machine.definition;
      const roleArn = request.optionalText('roleArn') ?? machine.roleArn;
      readDefinition(definition);
      const updated = { ...machine, definition, roleArn, revisionId: randomUUID(), updatedAt: now() };
      await machines.put(updated);
      return { updateDate: seconds(updated.updatedAt), revisionId: updated.revisionId };
    },

    DescribeStateMachine: (request) => {
      const machine = machineNamed(machines, request);
      return {
        stateMachineArn: machine.arn,
        name: machine.name,
        status: 'ACTIVE',
        definition: machine.definition,
        roleArn: machine.roleArn,
        type: 'STANDARD',
        creationDate: seconds(machine.createdAt),
        revisionId: machine.revisionId,
        loggingConfiguration: { level: 'OFF', includeExecutionData: false },
        tracingConfiguration: { enabled: false },
      };
    },

    ListStateMachines: (request) => {
      const page = request.page();
      const { items, ...more } = paged(machines.list().slice(page.offset, page.offset + page.limit + 1), page);
      return {
        stateMachines: items.map(({ arn, name, createdAt }) => ({
          stateMachineArn: arn,
          name,
          type: 'STANDARD',
          creationDate: seconds(createdAt),
        })),
        ...more,
      };
    },

    DeleteStateMachine: async (request) => {
      await machines.remove(request.arn('stateMachineArn', 'stateMachine'));
      return {};
    },

    ValidateStateMachineDefinition: (request) => {
      try {
        readDefinition(request.text('definition'));
        return { result: 'OK', diagnostics: [], truncated: false };
      } catch (error) {
        if (!(error instanceof InvalidDefinition)) throw error;
        const diagnostics = error.problems.map((problem) => ({ severity: 'ERROR', ...problem }));
        return { result: 'FAIL', diagnostics, truncated: false };
      }
    },

    ListTagsForResource: () => ({ tags: [] }),
  };
}

/** The machine that a request names; throws StateMachineDoesNotExist. */
export function machineNamed(machines: MachineStore, request: ApiRequest): Machine {
  const arn = request.arn('stateMachineArn', 'stateMachine');
  const machine = machines.get(arn);
  if (machine === undefined) {
    throw new ApiError('StateMachineDoesNotExist', `State Machine Does Not Exist: '${arn}'`);
  }
  return machine;
}

/** A definition's text as the engine runs it; throws InvalidDefinition, by AWS's name. */
export function readDefinition(text: string): MachineDefinition {
  const definition = parseDefinitionText(text);
  requireIntegrations(definition);
  return definition;
}

/** What AWS would do and this engine would not is refused, never passed over in silence. */
function refuseUnsupported(request: ApiRequest): void {
  if ((request.optionalText('type') ?? 'STANDARD') !== 'STANDARD') {
    throw new ApiError('StateMachineTypeNotSupported', 'This engine runs machines of type STANDARD only');
  }
  if (request.flag('publish')) {
    throw new ApiError('ValidationException', 'This engine keeps no versions of machines: publish must be false');
  }
}
