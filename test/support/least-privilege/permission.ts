/** What a role may, taken apart. */

/** A statement without expressions, as IAM takes it. */
export interface PolicyStatement {
  readonly Effect: string;
  readonly Action: readonly string[];
  readonly Resource: readonly string[];
  readonly Condition?: unknown;
}

/** The least that can be allowed: one action on one resource, or pattern of resources. */
export interface Permission {
  readonly role: string;
  readonly action: string;
  /** As docs/permissions.md calls it. */
  readonly resource: string;
  readonly statement: PolicyStatement;
}

/** A permission in one line, as docs/permissions.md writes it. */
export function told({ role, action, resource }: Permission): string {
  return `${role}: ${action} on ${resource}`;
}
