/** The ways of messages in Meridian, and what each warrants (`infra/constructs/`). */
import type { Hop } from '../kit/post.ts';

const ANY = ['late', 'later', 'behind', 'twice', 'twice-late', 'dropped'] as const;

/** Bus, rule, queue: at least once, in no order. What fails too often lies in the dead letters until it is sent on. */
export const EVENT: Hop = { name: 'event', fates: ANY, attempts: 5, afterwards: 'dead-letter' };

/** The work table's stream: an effect that it does not bring is left to the sweep. */
export const STREAM: Hop = {
  name: 'stream',
  fates: ['late', 'behind', 'twice', 'dropped'],
  attempts: 5,
  afterwards: 'gone',
};

/** The queue of an effect's worker: the sweep sends again what stays undone. */
export const WORK: Hop = { name: 'work', fates: ANY, attempts: 3, afterwards: 'gone' };

/** Mail has no guarantee at all. */
export const MAILBOX: Hop = { name: 'mailbox', fates: ANY, attempts: 1, afterwards: 'gone' };

/** EventBridge Scheduler: at least once; behind it stands the time-out of the state machine. */
export const ALARM: Hop = { name: 'alarm', fates: ANY, attempts: 3, afterwards: 'dead-letter' };
