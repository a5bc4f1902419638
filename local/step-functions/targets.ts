import { executionArn, expressExecutionArn, type MachineReference, machineReference } from './arns.ts';
import type { NewExecution } from './execution.ts';
import { expressDefinition } from './express.ts';
import type { Machine, MachineStore, MachineType, MachineVersion, Revision, Route } from './machines.ts';
import { readDefinition } from './read-definition.ts';

/** What an execution takes from its machine; an update of the machine does not touch it. */
export type MachineParts = Omit<NewExecution, 'arn' | 'name' | 'input' | 'startedBy'>;

/** What an ARN of a machine, a version or an alias runs. */
export interface Target {
  readonly type: MachineType;
  readonly parts: MachineParts;
}

/** Finds what an ARN runs; a version of an alias is drawn by its weights. */
export function createTargets(machines: MachineStore, random: () => number): (arn: string) => Target | undefined {
  return (arn) => {
    const reference = machineReference(arn);
    const machine = reference === undefined ? undefined : machines.get(reference.machineArn);
    if (reference === undefined || machine === undefined || reference.label !== undefined) return undefined;
    if (reference.version === undefined && reference.alias === undefined) return targetOf(machine, machine);
    const version = versionOf(machines, reference, random);
    return version === undefined
      ? undefined
      : targetOf(machine, version, {
          machineVersionArn: version.arn,
          ...(reference.alias === undefined ? {} : { machineAliasArn: arn }),
        });
  };
}

/** The version that an ARN of a version names, or that an alias chooses. */
function versionOf(
  machines: MachineStore,
  { machineArn, version, alias }: MachineReference,
  random: () => number,
): MachineVersion | undefined {
  if (version !== undefined) return machines.version(machineArn, version);
  const routes = machines.alias(machineArn, alias ?? '')?.routes;
  const chosen = routes === undefined ? undefined : machineReference(chosenRoute(routes, random()).versionArn);
  return chosen?.version === undefined ? undefined : machines.version(machineArn, chosen.version);
}

/** The route that a number (at least 0, less than 1) falls on. */
export function chosenRoute(routes: readonly Route[], draw: number): Route {
  let upTo = 0;
  for (const route of routes) {
    upTo += route.weight;
    if (draw * 100 < upTo) return route;
  }
  throw new Error('The weights of an alias do not sum to 100');
}

function targetOf(machine: Machine, revision: Revision, qualified: Partial<MachineParts> = {}): Target {
  const { type } = machine;
  const definition = readDefinition(revision.definition, type);
  return {
    type,
    parts: {
      machineArn: machine.arn,
      machineName: machine.name,
      roleArn: revision.roleArn,
      definition: type === 'EXPRESS' ? expressDefinition(definition) : definition,
      revisedAt: revision.updatedAt,
      ...(revision.revisionId === undefined ? {} : { revisionId: revision.revisionId }),
      ...qualified,
    },
  };
}

/** The ARN of an execution of a target; `id` tells those of one name apart where names may be used again. */
export function executionArnOf({ type, parts }: Target, name: string, id: string): string {
  return type === 'EXPRESS' ? expressExecutionArn(parts.machineArn, name, id) : executionArn(parts.machineArn, name);
}
