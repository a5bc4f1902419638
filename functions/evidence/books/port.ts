/**
 * Where books are kept. What holds personal values lies apart, under `personal/`: it is gone when its time is over, whereas
 * `books/` cannot be deleted before its own. Adapters: S3; memory for tests.
 *
 * @throws ConnectorTransientError (down, throttled), ConfigError (not allowed, or no such bucket) from all.
 */
export interface Shelf {
  /** The same path again: another version, and the earlier one stays. */
  put(path: string, content: Uint8Array): Promise<void>;
  /** Of personal values: whether or not it is there. */
  remove(path: string): Promise<void>;
  /** Undefined: there is no such file, or it is gone. */
  read(path: string): Promise<Uint8Array | undefined>;
}
