/** Worlds in which everything fails once, with an error that machines try again after. */
import { machineFiles } from '../../local/paths/machine-files.ts';
import { waysOf } from '../../local/step-functions/paths/ways.ts';
import type { WorldOptions } from './process-world.ts';

/** Every error that a machine tries again after, as those name it who throw it. */
export const RETRIED_ERRORS: readonly string[] = [
  ...new Set(
    machineFiles()
      .flatMap(({ definition }) => waysOf(definition))
      .filter(({ kind }) => kind === 'retry')
      .flatMap(({ when }) => when.split(', '))
      .filter((name) => !name.startsWith('States.')),
  ),
];

/** Each call of a function, and each start of a machine, fails once. */
export function failingAtFirst(error: string): Pick<WorldOptions, 'fault' | 'startFault'> {
  const failed = new Set<string>();
  let starts = 0;
  if (error.startsWith('StepFunctions.')) {
    return {
      startFault: () => {
        starts += 1;
        return starts % 2 === 1 ? error : undefined;
      },
    };
  }
  return {
    fault: (_, functionName, payload) => {
      // Each attempt has a task token of its own.
      const call = JSON.stringify([functionName, payload], (key, value) => (key === 'token' ? '' : value));
      const isFirst = !failed.has(call);
      failed.add(call);
      return isFirst ? { error } : undefined;
    },
  };
}
