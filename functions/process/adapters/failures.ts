/** Failures of AWS's own services in the taxonomy's words. */
import { ConfigError, ConnectorPermanentError, ConnectorTransientError } from '../../runtime/errors.ts';

/** What only an operator can mend: a permission or a resource that is missing. */
const NOT_SET_UP =
  /^(AccessDenied|AccessDeniedException|StateMachineDoesNotExist|ResourceNotFoundException|QueueDoesNotExist|UnrecognizedClientException)$/;
/** What stays wrong however often it is sent. */
const REFUSED =
  /^(ValidationException|InvalidName|InvalidExecutionInput|InvalidOutput|InvalidArn|InvalidMessageContents|ServiceQuotaExceededException)$/;

/**
 * @param service - for the reader, such as `Step Functions`
 * @returns ConfigError, ConnectorPermanentError or, for all else (throttling, 5xx, network), ConnectorTransientError.
 *   Texts of services can quote what was sent, so only the name is kept.
 */
export function awsFailure(service: string, cause: unknown): Error {
  const name = errorName(cause);
  if (NOT_SET_UP.test(name)) {
    return new ConfigError(`${service} is not set up for this call: ${name}`, { cause });
  }
  if (REFUSED.test(name)) {
    return new ConnectorPermanentError(`${service} refused: ${name}`, { cause });
  }
  return new ConnectorTransientError(`${service} did not answer as it should: ${name}`, { cause });
}

/** The service's name of an error. */
export function errorName(cause: unknown): string {
  return cause instanceof Error ? cause.name : 'unknown';
}
