/** What acting on an approval needs. */
import type { Directory } from '../directory/port.ts';
import type { Policies } from '../policy/port.ts';
import type { ProcessDeps } from '../process/update-process.ts';

export interface DecisionDeps extends ProcessDeps {
  readonly directory: Directory;
  /** Whether people can sign in: without it, the operators are told of what a link may not decide. */
  readonly hasSignIn?: boolean;
  /** Absent: no order is approved here. */
  readonly policies?: Policies;
}

/** Of pages and the API on which people decide about everything that they are asked. */
export interface DecidingDeps extends DecisionDeps {
  readonly policies: Policies;
}
