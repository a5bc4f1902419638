import { ConnectorPermanentError, ConnectorTransientError } from '../../functions/runtime/errors.ts';

/** What happens to one call of an ERP in memory: nothing is done, or everything is done and the reply is lost. */
export type ErpFault = 'down' | 'lost-reply' | 'refuses' | undefined;

/** One call of an ERP in memory; what it gives is a copy. */
export async function faultyCall<Result>(fault: ErpFault, work: () => Result): Promise<Result> {
  if (fault === 'down') {
    throw new ConnectorTransientError('the ERP is down');
  }
  if (fault === 'refuses') {
    throw new ConnectorPermanentError('the ERP refuses: the fiscal year is closed');
  }
  const result = work();
  if (fault === 'lost-reply') {
    throw new ConnectorTransientError('the reply of the ERP was lost');
  }
  return structuredClone(result);
}
