/** The table of docs/permissions.md that says why a permission is there although nothing used it end to end. */
import { type Permission, told } from './permission.ts';

/** A text in which `*` stands for any text. */
interface Pattern {
  readonly text: string;
  readonly fits: RegExp;
}

/** A row of the table. */
export interface Reason {
  readonly row: string;
  readonly permissions: readonly Pattern[];
  readonly roles: readonly Pattern[];
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
 * that was used and has a reason all the same, a reason for nothing, and a part of a reason that is for nothing, such as a
 * role that is gone.
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
  const dead = reasons
    .filter((reason) => !idle.includes(reason))
    .flatMap((reason) =>
      deadParts(reason, permissions).map((text) => `no permission fits ${text} here: ${reason.row}`),
    );
  const wrong = found.flatMap(({ permission, reasons: { length } }) => {
    const name = told(permission);
    if (used.has(permission)) return length === 0 ? [] : [`${name} was used, and has a reason for not being used`];
    return length === 1 ? [] : [`${name} was not used, and has ${length} reasons`];
  });
  return [...wrong, ...idle.map(({ row }) => `no permission has this reason: ${row}`), ...dead].sort();
}

/** Patterns of a row that fit nothing which the row is for. */
function deadParts(reason: Reason, permissions: readonly Permission[]): readonly string[] {
  const own = permissions.filter((permission) => isFor(reason, permission));
  const dead = [
    ...reason.permissions.filter(({ fits }) => !own.some((permission) => fits.test(whatOf(permission)))),
    ...reason.roles.filter(({ fits }) => !own.some(({ role }) => fits.test(role))),
  ];
  return dead.map(({ text }) => text);
}

function isFor({ permissions, roles }: Reason, permission: Permission): boolean {
  return (
    permissions.some(({ fits }) => fits.test(whatOf(permission))) &&
    roles.some(({ fits }) => fits.test(permission.role))
  );
}

function whatOf({ action, resource }: Permission): string {
  return `${action} on ${resource}`;
}

/** Of `` `one`<br>`another` ``. */
function patternsIn(cell: string): readonly Pattern[] {
  return [...cell.matchAll(/`([^`]+)`/g)].map(([, text = '']) => {
    const parts = text.split('*').map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'));
    return { text, fits: new RegExp(`^${parts.join('.*')}$`) };
  });
}
