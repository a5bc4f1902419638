import type { Role } from '../sign-in/signed-in.ts';

/**
 * Who works here, who reports to whom, who holds which post, and what each may approve. Amounts are of the company's
 * own currency. What is read by one object of this port is of one version of the directory, from its first question on: it
 * is made for one event, one step or one request, and not kept.
 */
export interface Person {
  readonly employeeId: string;
  readonly name: string;
  readonly email: string;
  readonly locale: 'zh-CN' | 'en';
  /** IANA zone of the person's working time and of the instants that they read; undefined: the company's. */
  readonly timeZone?: string;
  /** Undefined only for the head of the company. */
  readonly managerId?: string;
  readonly departmentId: string;
  /** Post ids that the person holds. */
  readonly posts: readonly string[];
  /** False: has left or is blocked, and decides nothing. */
  readonly active: boolean;
  /** The company's own name of the person's grade, which limits of expenses are by; undefined: none. */
  readonly grade?: string;
  /** The highest amount the person may approve, in the company's currency; undefined: none. */
  readonly approvalLimit?: string;
  /** Who stands in for the person when a leave names nobody; undefined: their manager. */
  readonly substituteId?: string;
  /** When the person is away, and who stands in for them. */
  readonly absences?: readonly Absence[];
}

/** From `from` up to, but not including, `until` (ISO 8601 with an offset). */
export interface Absence {
  readonly from: string;
  readonly until: string;
  readonly substituteId: string;
  /** Subjects of approvals that go to the substitute; the person keeps the others. Undefined: all go. */
  readonly scope?: readonly string[];
}

/** Somebody stands in for somebody. */
export interface StandIn {
  /** Of who is away. */
  readonly employeeId: string;
  readonly absence: Absence;
}

export interface CostCentre {
  readonly costCentreId: string;
  readonly name: string;
  readonly departmentId: string;
}

export interface Directory {
  /** Roles that the posts give, each once; posts that are unknown give none. */
  rolesOf(postIds: readonly string[]): Promise<readonly Role[]>;
  /** Undefined: nobody of that id was ever here. */
  person(employeeId: string): Promise<Person | undefined>;
  /** Active people whose id, mail address or name is exactly this, whatever the case of its letters. */
  find(text: string): Promise<readonly Person[]>;
  /** Active holders of a post, ordered by employee id. */
  holdersOf(postId: string): Promise<readonly Person[]>;
  /** Active head of a department; undefined: vacant. */
  headOf(departmentId: string): Promise<Person | undefined>;
  /** The legal entity that a department belongs to, by the company's own code; undefined: the directory does not say. */
  legalEntityOf(departmentId: string): Promise<string | undefined>;
  /**
   * Who stands in for somebody who is away at that moment; in the place of a substitute who is away as well, theirs. Active
   * people who are there; lines of five are followed, circles are not. Empty when the person is not away, or nobody is there.
   * @param subject - of the approval; absences whose scope leaves it out do not count
   */
  substitutesFor(employeeId: string, at: Date, subject: string): Promise<readonly Person[]>;
  /** All absences, past and coming, in which this person is the substitute; whether they are there themselves is not asked. */
  standInsOf(employeeId: string): Promise<readonly StandIn[]>;
  costCentre(costCentreId: string): Promise<CostCentre | undefined>;
}
