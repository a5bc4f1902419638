/** Somebody whom the provider vouches for. */
export interface Account {
  readonly id: string;
  readonly name: string;
  /** Undefined: the provider sends none. */
  readonly email: string | undefined;
  /** Undefined: the provider says nothing of it. */
  readonly isMailVerified: boolean | undefined;
  /** Employee id in the claim `employee_number`; absent: the provider sends none. */
  readonly employeeNumber?: string;
  readonly groups: readonly string[];
}
