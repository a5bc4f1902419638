/** Documents that an ERP shows in two answers, head and lines, while a clerk may be at work on them. */
import { ConnectorTransientError } from '../../runtime/errors.ts';

/** A clerk who saves again and again between two answers is waited for by the caller's retries. */
const TRIES = 3;

/**
 * Reads the lines of documents between two equal readings of their heads: the lines of one state under the total of
 * another are no invoice that anybody entered, and would be asked about as if they were.
 *
 * @param options.what - for the message, such as "the invoices of order PO0001"
 * @param options.heads - all that tells one state of a document from the next, in a fixed order
 * @param options.lines - of these heads
 * @throws ConnectorTransientError when they change at each try
 */
export async function steadyRead<Head, Line>(options: {
  readonly what: string;
  readonly heads: () => Promise<readonly Head[]>;
  readonly lines: (heads: readonly Head[]) => Promise<readonly Line[]>;
}): Promise<{ readonly heads: readonly Head[]; readonly lines: readonly Line[] }> {
  let heads = await options.heads();
  for (let tries = 0; tries < TRIES && heads.length > 0; tries += 1) {
    const lines = await options.lines(heads);
    const after = await options.heads();
    if (JSON.stringify(after) === JSON.stringify(heads)) {
      return { heads, lines };
    }
    heads = after;
  }
  if (heads.length > 0) {
    throw new ConnectorTransientError(`${options.what} are being changed in the ERP just now`);
  }
  return { heads, lines: [] };
}
