/** One normaliser of what S3 answers instead of a file. */
import { ConfigError, ConnectorTransientError } from '../../runtime/errors.ts';

/** @throws ConfigError, ConnectorTransientError: of Amazon's own errors, none. */
export async function askS3<Output>(call: () => Promise<Output>): Promise<Output> {
  try {
    return await call();
  } catch (cause) {
    const name = cause instanceof Error ? cause.name : 'unknown';
    if (cause instanceof ConfigError) {
      throw cause;
    }
    if (name === 'AccessDenied' || name === 'NoSuchBucket') {
      throw new ConfigError(`the bucket of payroll cannot be used: ${name}`, { cause });
    }
    throw new ConnectorTransientError(`S3 did not answer as it should: ${name}`, { cause });
  }
}
