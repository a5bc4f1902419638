/**
 * Who works here, who reports to whom, who holds which post, and what each may approve. Amounts are of the company's
 * own currency. The source is the company's directory file, validated whole at synth.
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
  /** The highest amount the person may approve, in the company's currency; undefined: none. */
  readonly approvalLimit?: string;
}

export interface CostCentre {
  readonly costCentreId: string;
  readonly name: string;
  readonly departmentId: string;
}

export interface Directory {
  /** Undefined: nobody of that id was ever here. */
  person(employeeId: string): Promise<Person | undefined>;
  /** Active people whose id, mail address or name is exactly this, whatever the case of its letters. */
  find(text: string): Promise<readonly Person[]>;
  /** Active holders of a post, ordered by employee id. */
  holdersOf(postId: string): Promise<readonly Person[]>;
  /** Active head of a department; undefined: vacant. */
  headOf(departmentId: string): Promise<Person | undefined>;
  costCentre(costCentreId: string): Promise<CostCentre | undefined>;
}
