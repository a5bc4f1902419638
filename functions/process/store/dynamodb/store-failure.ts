/** DynamoDB's failures in the store's words. */
import type { CancellationReason } from '@aws-sdk/client-dynamodb';
import { ConcurrencyError, ConnectorPermanentError, ConnectorTransientError } from '../../../runtime/errors.ts';
import { awsFailure, errorName } from '../../adapters/failures.ts';

/** A condition that did not hold, or another transaction on the same item at the same moment. */
const FASTER_WRITER = /^(ConditionalCheckFailed|TransactionConflict)$/;
const OVERLOAD = /^(ThrottlingError|ProvisionedThroughputExceeded)$/;

/**
 * ConcurrencyError when another writer was faster; else as {@link awsFailure} says, where ConnectorTransientError also
 * stands for an answer that was lost. Keeps the cause.
 */
export function storeFailure(cause: unknown): Error {
  if (errorName(cause) !== 'TransactionCanceledException') {
    return awsFailure('DynamoDB', cause);
  }
  const codes = reasonsOf(cause).flatMap(({ Code }) => (Code === undefined || Code === 'None' ? [] : [Code]));
  if (codes.some((code) => FASTER_WRITER.test(code))) {
    return new ConcurrencyError('somebody else wrote first', { cause });
  }
  if (codes.length > 0 && codes.every((code) => OVERLOAD.test(code))) {
    return new ConnectorTransientError(`DynamoDB is overloaded: ${codes[0]}`, { cause });
  }
  return new ConnectorPermanentError(`DynamoDB refused the transaction: ${codes.join(', ')}`, { cause });
}

function reasonsOf(cause: unknown): readonly CancellationReason[] {
  const reasons = (cause as { readonly CancellationReasons?: unknown }).CancellationReasons;
  return Array.isArray(reasons) ? reasons : [];
}
