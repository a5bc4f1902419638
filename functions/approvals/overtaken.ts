/** What walks over many approvals, one after the other, and can be gone on with by whoever comes next. */
import { ConcurrencyError, ConfigError, ConnectorTransientError } from '../runtime/errors.ts';

/** Somebody else walks the same way, or what counts has changed meanwhile: whoever finds that stops. */
export class Overtaken extends Error {}

/** Whether a failure would befall every approval, or passes: then nothing is said about the one at which it came. */
export function isOfAll(error: unknown): boolean {
  return (
    error instanceof Overtaken ||
    error instanceof ConnectorTransientError ||
    error instanceof ConcurrencyError ||
    error instanceof ConfigError
  );
}
