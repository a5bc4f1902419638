import type * as z from 'zod';
import { outputName } from './output-name.ts';
import type { TaskFunction } from './task-function.ts';

/** Finds the function that stands behind a placeholder of a machine: `OpenLevelArn` for `open-level`. */
export function functionsOfMachine(functions: readonly TaskFunction<z.ZodType>[]): (placeholder: string) => string {
  const arns = new Map(functions.map(({ bundle, lambda }) => [placeholderOf(bundle), lambda.functionArn]));
  return (placeholder) => {
    const arn = arns.get(placeholder);
    if (arn === undefined) {
      throw new Error(`no function of this process stands behind \${${placeholder}}`);
    }
    return arn;
  };
}

function placeholderOf(bundle: string): string {
  return `${outputName(bundle)}Arn`;
}
