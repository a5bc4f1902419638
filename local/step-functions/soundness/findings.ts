/** What a check can find, each with a name by which an exception is made for it. */
export type Rule =
  | 'unreachable'
  | 'endless'
  | 'no-deadline'
  | 'unbounded-wait'
  | 'no-retry'
  | 'no-catch'
  | 'uncaught'
  | 'named-too-late'
  | 'loop-without-wait'
  | 'growth'
  | 'history';

/** Something that is wrong with a definition, or that must at least be explained. */
export interface Finding {
  readonly rule: Rule;
  /** The state, or the first state of a loop. */
  readonly at: string;
  readonly problem: string;
}
