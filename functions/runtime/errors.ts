/**
 * The error taxonomy. `name` is the contract with the state machines: a Retry or Catch names it in `ErrorEquals`,
 * so it is a literal and never derived from the class (minifiers rename classes).
 */

/** One thing that is wrong with an input: which field, what is wrong, and what would mend it. */
export interface FieldIssue {
  /** Path of the field in the input as its sender knows it, such as `requisition.lines[0].quantity`. */
  readonly field: string;
  readonly problem: string;
  readonly remedy: string;
}

interface ErrorContext {
  readonly cause?: unknown;
}

/** The input is wrong and stays wrong: never retried; goes back to who sent it with every issue named at once. */
export class ValidationError extends Error {
  override readonly name = 'ValidationError';
  readonly issues: readonly FieldIssue[];

  constructor(issues: readonly FieldIssue[], context: ErrorContext = {}) {
    super(issues.map((issue) => `${issue.field}: ${issue.problem} (${issue.remedy})`).join('; '), context);
    this.issues = issues;
  }
}

/** As {@link ValidationError}, of what was sent in the place of a returned requisition: it may be corrected and sent again. */
export class ResubmissionRefusedError extends Error {
  override readonly name = 'ResubmissionRefusedError';
}

/** A rule of the business says no: the process routes on it (`rule` is stable, the message is for people). */
export class BusinessRuleError extends Error {
  override readonly name = 'BusinessRuleError';
  readonly rule: string;

  constructor(rule: string, message: string, context: ErrorContext = {}) {
    super(message, context);
    this.rule = rule;
  }
}

/** The other system cannot answer now; the same call may succeed later. Nobody knows whether it did the work. */
export class ConnectorTransientError extends Error {
  override readonly name = 'ConnectorTransientError';
  /** Seconds after which it makes sense to ask again. */
  readonly retryAfter: number;

  constructor(message: string, context: ErrorContext & { readonly retryAfter?: number } = {}) {
    super(message, context);
    this.retryAfter = context.retryAfter ?? 5;
  }
}

/** The other system refuses and will refuse again: becomes a task for a person. */
export class ConnectorPermanentError extends Error {
  override readonly name = 'ConnectorPermanentError';
}

/** Somebody else wrote first: re-read and decide again. */
export class ConcurrencyError extends Error {
  override readonly name = 'ConcurrencyError';
}

/** The installation lacks something only its operator can add; the message says what and where. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}

/** Every error name that a state machine may route on. The static check of `statemachines/` reads this list. */
export const ERROR_NAMES = [
  'ValidationError',
  'ResubmissionRefusedError',
  'BusinessRuleError',
  'ConnectorTransientError',
  'ConnectorPermanentError',
  'ConcurrencyError',
  'ConfigError',
] as const;
