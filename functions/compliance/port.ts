/** Port: whoever is warned of a case beside its owner. Delivery is at least once: a receiver knows a repetition by `messageId`. */
import type { CaseWarning } from '../process/domain/process.ts';

export interface WarningNotice extends CaseWarning {
  /** The same for every delivery of one warning. */
  readonly messageId: string;
  readonly caseId: string;
  /** What was found, in words. */
  readonly text: { readonly en: string; readonly zh: string };
  /** The page of the case, for those who are of compliance. */
  readonly url: string;
  /** ISO 8601 in UTC. */
  readonly occurredAt: string;
}

export interface WarningPort {
  /**
   * Resolves once the warning is taken.
   * @throws ConnectorTransientError when it may be taken later.
   * @throws ConnectorPermanentError when this warning will not be taken.
   * @throws ConfigError when an operator can mend it, and it can be sent then.
   */
  warn(notice: WarningNotice): Promise<void>;
}
