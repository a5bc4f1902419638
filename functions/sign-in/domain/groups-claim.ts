/** What the identity provider says of groups. Pure. */

/**
 * The groups of a claim: a list; or, where Cognito copies a federated provider's list into an attribute, its text
 * (`[one, two]`); or the name of the only one.
 */
export function groupsIn(claim: unknown): readonly string[] {
  if (Array.isArray(claim)) {
    return claim.filter((group) => typeof group === 'string');
  }
  return typeof claim === 'string'
    ? claim
        .replace(/^\[|\]$/g, '')
        .split(',')
        .map((group) => group.trim().replace(/^"|"$/g, ''))
        .filter((group) => group !== '')
    : [];
}

/** The claim of the groups of the user pool itself. */
const OWN_GROUPS = 'cognito:groups';

/**
 * The groups of a token whose claims API Gateway passes on: it turns a list into text with spaces between (`[one two]`).
 * Groups of the pool have none in their names; those of a federated provider may, and come as {@link groupsIn} reads them.
 */
export function groupsOfToken(claims: { readonly [name: string]: unknown }, claim: string): readonly string[] {
  const value = claims[claim];
  return claim === OWN_GROUPS && typeof value === 'string'
    ? value
        .replace(/^\[|\]$/g, '')
        .split(/[\s,]+/)
        .filter((group) => group !== '')
    : groupsIn(value);
}
