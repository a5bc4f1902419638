import { ApiError } from './api-errors.ts';
import type { Machine, MachineStore, MachineVersion } from './machines.ts';

const MOST_VERSIONS = 1_000;

/** A version of a machine's present revision, and the machine as it is with it. */
export interface Published {
  readonly machine: Machine;
  readonly version: MachineVersion;
  /** False when the revision had been published before. */
  readonly isNew: boolean;
}

/** Makes a version of a machine's present revision, or gives the one that there is. The caller keeps it. */
export function publish(
  machines: MachineStore,
  machine: Machine,
  description: string | undefined,
  now: number,
): Published {
  // A newer version would have been made of a newer revision.
  const [newest] = machines.versions(machine.arn, { offset: 0, limit: 1 });
  if (newest !== undefined && newest.revisionId === machine.revisionId) {
    return { machine, version: newest, isNew: false };
  }
  if (machines.versions(machine.arn, { offset: MOST_VERSIONS - 1, limit: 1 }).length > 0) {
    throw new ApiError('ServiceQuotaExceededException', `A state machine has at most ${MOST_VERSIONS} versions`);
  }
  const number = machine.lastVersion + 1;
  const { arn, roleArn, definition, revisionId, updatedAt } = machine;
  return {
    machine: { ...machine, lastVersion: number },
    version: {
      arn: `${arn}:${number}`,
      machineArn: arn,
      number,
      roleArn,
      definition,
      updatedAt,
      createdAt: now,
      ...(revisionId === undefined ? {} : { revisionId }),
      ...(description === undefined ? {} : { description }),
    },
    isNew: true,
  };
}
