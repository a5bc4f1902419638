/**
 * Files of payroll runs: texts in UTF-8 under keys, in a bucket of their own. Errors of every operation:
 * `ConnectorTransientError` (down, slow, throttled: the caller may ask again), `ConfigError` (not allowed, or no bucket).
 */
export interface RunFiles {
  /** @throws ConnectorTransientError also when there is no such file: whoever reads one knows that it was written. */
  read(key: string): Promise<string>;
  /** Undefined: there is no such file. */
  find(key: string): Promise<string | undefined>;
  /** Writing the same again changes nothing. */
  write(key: string, text: string): Promise<void>;
}
