/** Worlds in which everything that a machine does fails at first, with each of the errors that machines try again after. */
import { machineFiles } from '../../local/paths/machine-files.ts';
import { waysOf } from '../../local/step-functions/paths/ways.ts';
import type { Fault, WorldOptions } from './process-world.ts';

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

/** Each call of a function, or each start of a machine, fails once; everybody has the patience to let it be tried again. */
export function failingAtFirst(error: string): Pick<WorldOptions, 'fault' | 'startFault' | 'patience'> {
  const failed = new Set<string>();
  let starts = 0;
  if (error.startsWith('StepFunctions.')) {
    return {
      patience: PATIENCE,
      startFault: () => {
        starts += 1;
        return starts % 2 === 1 ? error : undefined;
      },
    };
  }
  return {
    patience: PATIENCE,
    fault: (_, functionName, payload) => {
      // Each attempt has a task token of its own.
      const call = JSON.stringify([functionName, payload], (key, value) => (key === 'token' ? '' : value));
      const isFirst = !failed.has(call);
      failed.add(call);
      return isFirst ? { error } : undefined;
    },
  };
}

/** In minutes: longer than one attempt waits for the next, shorter than any reminder. */
const PATIENCE = 30;

/** The first call of one function meets the fault. */
export function firstCallOf(functionName: string, fault: Fault): NonNullable<WorldOptions['fault']> {
  return nthCallOf(functionName, 1, fault);
}

/** One call of a function, counted from 1, meets the fault. */
export function nthCallOf(functionName: string, nth: number, fault: Fault): NonNullable<WorldOptions['fault']> {
  let calls = 0;
  return (_call, name) => {
    calls += Number(name === functionName);
    return name === functionName && calls === nth ? fault : undefined;
  };
}
