import { ApiError } from './api-errors.ts';
import { LONGEST_DESCRIPTION, type MachineApiDeps, machineNamed, unqualifiedArn } from './api-machines.ts';
import type { Operations } from './api-operation.ts';
import { paged, seconds } from './api-request.ts';
import type { MachineAlias, MachineStore } from './machines.ts';
import { publish } from './publishing.ts';

/** What AWS calls the revision of a machine that has never been updated. */
const FIRST_REVISION = 'INITIAL';

/** The API calls about versions of state machines. */
export function versionOperations({ machines, now }: MachineApiDeps): Operations {
  return {
    PublishStateMachineVersion: async (request) => {
      const machine = machineNamed(machines, request);
      const wanted = request.optionalText('revisionId');
      const current = machine.revisionId ?? FIRST_REVISION;
      if (wanted !== undefined && wanted !== current) {
        throw new ApiError(
          'ConflictException',
          `Failed to publish the State Machine version for revision ${wanted}. The current State Machine revision is ${current}.`,
        );
      }
      const description = request.optionalText('description', LONGEST_DESCRIPTION);
      const { machine: next, version, isNew } = publish(machines, machine, description, now());
      if (isNew) await machines.put(next, version);
      return { stateMachineVersionArn: version.arn, creationDate: seconds(version.createdAt) };
    },

    ListStateMachineVersions: (request) => {
      const page = request.page();
      const range = { offset: page.position, limit: page.limit + 1 };
      const { items, ...more } = paged(machines.versions(unqualifiedArn(request), range), page);
      return {
        stateMachineVersions: items.map(({ arn, createdAt }) => ({
          stateMachineVersionArn: arn,
          creationDate: seconds(createdAt),
        })),
        ...more,
      };
    },

    DeleteStateMachineVersion: async (request) => {
      const { arn, machineArn, version } = request.machine('stateMachineVersionArn');
      if (version === undefined) {
        throw new ApiError('ValidationException', `This operation needs the ARN of a version: '${arn}'`);
      }
      const names = aliasesTo(machines, machineArn, arn).map(({ name }) => name);
      if (names.length > 0) {
        throw new ApiError(
          'ConflictException',
          `Version to be deleted must not be referenced by an alias. Current list of aliases referencing this version: [${names.join(', ')}]`,
        );
      }
      await machines.removeVersion(machineArn, version);
      return {};
    },
  };
}

/** The most aliases that a machine has. */
export const MOST_ALIASES = 100;

/** The aliases of a machine that point at a version, newest first. */
export function aliasesTo(machines: MachineStore, machineArn: string, versionArn: string): readonly MachineAlias[] {
  return machines
    .aliases(machineArn, { offset: 0, limit: MOST_ALIASES })
    .filter(({ routes }) => routes.some((route) => route.versionArn === versionArn));
}
