/** A fault of a definition, as AWS's diagnostics give it. */
export interface Problem {
  readonly code:
    | 'SCHEMA_VALIDATION_FAILED'
    | 'MISSING_TRANSITION_TARGET'
    | 'MISSING_END_STATE'
    | 'DUPLICATE_STATE_NAME'
    | 'INVALID_JSONATA_EXPRESSION'
    | 'UNSUPPORTED_JSONATA_EXPRESSION';
  readonly message: string;
  /** Path in the definition, for example `/States/Ask/Next`. */
  readonly location?: string;
}

/** A definition that Step Functions would refuse at creation; `problems` say why and where. */
export class InvalidDefinition extends Error {
  readonly problems: readonly Problem[];
  constructor(problems: readonly Problem[]) {
    super(`Invalid State Machine Definition: '${problems.map(sentence).join(', ')}'`);
    this.name = 'InvalidDefinition';
    this.problems = problems;
  }
}

/** A problem in one line, as AWS's message of CreateStateMachine has it; a problem of the whole stands at null. */
function sentence({ code, message, location }: Problem): string {
  return `${code}: ${message} at ${location ?? null}`;
}

/** Collects the problems of a definition. */
export interface Report {
  readonly problems: Problem[];
  /** Adds SCHEMA_VALIDATION_FAILED. */
  schema(message: string, location: string): void;
  add(code: Problem['code'], message: string, location?: string): void;
}

export function newReport(): Report {
  const problems: Problem[] = [];
  const add = (code: Problem['code'], message: string, location?: string): void => {
    problems.push({ code, message, ...(location === undefined ? {} : { location }) });
  };
  return { problems, add, schema: (message, location) => add('SCHEMA_VALIDATION_FAILED', message, location) };
}
