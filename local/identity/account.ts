/** Somebody whom the provider vouches for. */
export interface Account {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly isMailVerified: boolean;
  readonly groups: readonly string[];
}
