/** What Step Functions answers an operator's look with, when it is no plain answer. */
import { awsFailure, errorName } from '../../process/adapters/failures.ts';

const GONE = ['ExecutionDoesNotExist', 'ResourceNotFound', 'InvalidArn'];

/**
 * Undefined: there is no such thing, or it is not kept any more.
 * @throws the failure that stands for any other answer.
 */
export async function unlessGone<Answer>(asked: Promise<Answer>): Promise<Answer | undefined> {
  try {
    return await asked;
  } catch (cause) {
    if (GONE.includes(errorName(cause))) {
      return undefined;
    }
    throw awsFailure('Step Functions', cause);
  }
}

/** @throws always: the failure that stands for an answer of Step Functions. */
export function fail(cause: unknown): never {
  throw awsFailure('Step Functions', cause);
}

/** Name of a machine, of its ARN without a version. */
export function nameOf(machineArn: string): string {
  return machineArn.slice(machineArn.lastIndexOf(':') + 1);
}
