/** The table of docs/permissions.md that says why a permission is there although nothing used it end to end. */
import { type Permission, told } from './permission.ts';

/** A row: permissions and roles may hold `*` for any text. */
export interface Reason {
  readonly row: string;
  readonly permissions: readonly RegExp[];
  readonly roles: readonly RegExp[];
}

const ROW = /^\| ((?:`[^`|]+ on [^`|]+`(?:<br>)?)+) \| ((?:`[^`|]+`(?:<br>)?)+) \| [^|]+ \|$/;

/** Of a document all rows `| permissions | roles | reason |`. */
export function readReasons(document: string): readonly Reason[] {
  return document.split('\n').flatMap((row) => {
    const [, permissions, roles] = ROW.exec(row) ?? [];
    return permissions === undefined || roles === undefined
      ? []
      : [{ row, permissions: patternsIn(permissions), roles: patternsIn(roles) }];
  });
}

/**
 * What stands between the permissions and the reasons: a permission that was not used and has no reason or several, one
 * that was used and has a reason all the same, and a reason for nothing.
 */
export function disputed(
  permissions: readonly Permission[],
  used: ReadonlySet<Permission>,
  reasons: readonly Reason[],
): readonly string[] {
  const found = permissions.map((permission) => ({
    permission,
    reasons: reasons.filter((reason) => isFor(reason, permission)),
  }));
  const idle = reasons.filter((reason) => !found.some(({ reasons: own }) => own.includes(reason)));
  const wrong = found.flatMap(({ permission, reasons: { length } }) => {
    const name = told(permission);
    if (used.has(permission)) return length === 0 ? [] : [`${name} was used, and has a reason for not being used`];
    return length === 1 ? [] : [`${name} was not used, and has ${length} reasons`];
  });
  return [...wrong, ...idle.map(({ row }) => `no permission has this reason: ${row}`)].sort();
}

function isFor({ permissions, roles }: Reason, { role, action, resource }: Permission): boolean {
  return (
    permissions.some((pattern) => pattern.test(`${action} on ${resource}`)) &&
    roles.some((pattern) => pattern.test(role))
  );
}

/** Of `` `one`<br>`another` ``, as patterns in which `*` stands for any text. */
function patternsIn(cell: string): readonly RegExp[] {
  return [...cell.matchAll(/`([^`]+)`/g)].map(([, text = '']) => {
    const parts = text.split('*').map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'));
    return new RegExp(`^${parts.join('.*')}$`);
  });
}
