/** An error of the Step Functions API: `name` is AWS's exception name. */
export class ApiError extends Error {
  constructor(name: string, message: string) {
    super(message);
    this.name = name;
  }
}

/** A longer value is not repeated in full to the one who sent it. */
const LONGEST_QUOTE = 1_024;

/** What AWS says of a parameter that is not as its model demands. */
export function violation(field: string, value: unknown, constraint: string): ApiError {
  const text = String(value);
  const quoted = text.length > LONGEST_QUOTE ? `${text.slice(0, LONGEST_QUOTE)}…` : text;
  return new ApiError(
    'ValidationException',
    `1 validation error detected: Value '${quoted}' at '${field}' failed to satisfy constraint: ${constraint}`,
  );
}

/** AWS's answer to an operation that machines of the other type have. */
export function typeNotSupported(): ApiError {
  return new ApiError('StateMachineTypeNotSupported', 'This operation is not supported by this type of state machine');
}

export function noMachine(arn: string): ApiError {
  return new ApiError('StateMachineDoesNotExist', `State Machine Does Not Exist: '${arn}'`);
}

/** AWS's answer about a version, an alias or tags that are not there. */
export function noResource(arn: string): ApiError {
  return new ApiError('ResourceNotFound', `Resource not found: '${arn}'`);
}
