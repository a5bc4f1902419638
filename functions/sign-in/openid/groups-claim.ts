/** What the identity provider says of groups. */

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
