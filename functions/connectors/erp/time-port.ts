/**
 * Working time of employees as the ERP keeps it: who is employed, on which days they are absent, and when they clocked. Beside
 * {@link ErpPort} (purchases) and {@link LedgerPort} (the books); the adapter and the ERP in memory pass one contract
 * suite (`test/contract/erp/`).
 *
 * Errors of every operation are those of `ErpPort`. Dates are calendar dates `YYYY-MM-DD` of the company's time zone; hours
 * are plain decimal strings such as `8` or `3.5`.
 */

/** An employee as the time sheets know them. */
export interface TimeEmployee {
  /** The company's own employee id. */
  readonly employeeId: string;
  readonly name: string;
  /** First and last day of the employment; undefined: not known, or still open. */
  readonly employedFrom?: string;
  readonly employedUntil?: string;
}

export interface AbsenceDay {
  readonly date: string;
  /** More than zero. */
  readonly hours: string;
}

/** A day, or a part of it, on which somebody is absent, whoever entered it. */
export interface AbsentDay extends AbsenceDay {
  readonly kind: string;
  /** Idempotency key of the command that recorded it; undefined: people entered it in the ERP. */
  readonly key?: string;
}

/** A moment at which somebody came or went, as the time clock has it. */
export interface Clocking {
  /** ISO 8601 in UTC. */
  readonly at: string;
  readonly direction: 'in' | 'out';
}

export interface AbsenceCommand {
  /** Idempotency key, stable for the process and step; at most 60 characters of [A-Za-z0-9-]. */
  readonly key: string;
  readonly employeeId: string;
  /** Code of the kind of leave, such as `annual`: lower-case letters and dashes. */
  readonly kind: string;
  /** At least one; each date once. */
  readonly days: readonly AbsenceDay[];
  /** For people who read the time sheet; nothing personal. */
  readonly description: string;
}

export interface Absence {
  readonly key: string;
  readonly employeeId: string;
  readonly kind: string;
  /** In the order of their dates; empty once it is cancelled. */
  readonly days: readonly AbsenceDay[];
  readonly state: 'recorded' | 'cancelled';
}

export interface TimePort {
  /** Undefined: the time sheets know no such employee. */
  findEmployee(employeeId: string): Promise<TimeEmployee | undefined>;
  /** Codes of the kinds of leave that can be recorded, in alphabetical order. */
  leaveKinds(): Promise<readonly string[]>;
  /** All days from one date to another (both included) on which the employee is absent, by their dates. Nobody known: none. */
  absencesOf(employeeId: string, from: string, to: string): Promise<readonly AbsentDay[]>;
  /**
   * When the employee clocked, from one instant up to, but not including, another (ISO 8601 in UTC), in the order of time;
   * corrected by people or not, as it stands now. Nobody known, or no time clock in the ERP: none.
   */
  clockingsOf(employeeId: string, from: string, until: string): Promise<readonly Clocking[]>;
  /**
   * Records all days, or none. Called again with the same key it returns the same absence, also one that was cancelled.
   * `BusinessRuleError`: `unknown-employee`, `not-employed` on one of the days, `unknown-leave-kind`.
   */
  recordAbsence(command: AbsenceCommand): Promise<Absence>;
  /** The absence of a key; undefined: none so far (a request whose reply was lost may commit later). */
  findAbsence(key: string): Promise<Absence | undefined>;
  /**
   * Takes back what the absence of the key has beyond the command's days: other days, and more hours of a day. `days` may be
   * empty; nothing is added. Called again it changes nothing, also on an absence that is cancelled.
   * `ConnectorPermanentError`: there is no absence of the key.
   */
  shortenAbsence(command: AbsenceCommand): Promise<Absence>;
  /**
   * Takes the absence of the key back, whether it was recorded or may still be on its way: the key is used up then, and a
   * recording that comes later finds it cancelled. Called again it changes nothing. Errors as of `recordAbsence`.
   */
  cancelAbsence(command: AbsenceCommand): Promise<Absence>;
}
