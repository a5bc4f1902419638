/** Who is signed in on a page: proved by the company's identity provider, known to the directory. */

/** What somebody may do beyond their own tasks and requests. From the identity provider's groups, and from posts of the directory. */
export const ROLES = ['administrator', 'operator', 'auditor'] as const;
export type Role = (typeof ROLES)[number];

/** One session, as pages know it. */
export interface SignedIn {
  readonly employeeId: string;
  readonly roles: readonly Role[];
  /** Stands as the hidden field `csrf` in each form of the session. */
  readonly csrfToken: string;
}
