/** How the tables of docs/permissions.md are made from the template. */
import { allowed, ofType, pathOf, readable, type Synthesized } from './synthesize.ts';

/** What every function and every machine may: write its own log and its traces. */
const COMMON = /^(logs|xray):/;
const ACCOUNT = /^arn:(aws|<AWS::Partition>):([a-z0-9-]+):[^:]*:[^:]*:/;

/** What every function that changes processes may; told once, above the table. */
const CHANGES: ReadonlyMap<string, readonly string[]> = new Map([
  ['Tables/Work', ['dynamodb:GetItem', 'dynamodb:PutItem']],
  ['Tables/Record', ['dynamodb:PutItem']],
]);

/** The row that tells it. */
export const CHANGES_ROW = `| changes processes | ${cellsOf(CHANGES).join('<br>')} |`;

/** One row for each role that is allowed more than to write its log: `| role | permissions |`. */
export function permissionRows(template: Synthesized): readonly string[] {
  return ofType(template, 'AWS::IAM::Role')
    .map(([id]) => ({
      role: pathOf(template, id).replace(/\/Role$/, ''),
      cells: shortened(permissionsOf(template, id)),
    }))
    .filter(({ cells }) => cells.length > 0)
    .map(({ role, cells }) => `| \`${role}\` | ${cells.join('<br>')} |`)
    .sort();
}

/** A resource of a policy as the tables call it: without the account, which is always the stack's own. */
export function resourceName(template: Synthesized, resource: unknown): string {
  return readable(template, resource).replace(ACCOUNT, '$2 ');
}

/** Actions by resource. */
export function permissionsOf(template: Synthesized, roleId: string): ReadonlyMap<string, readonly string[]> {
  const actions = new Map<string, readonly string[]>();
  for (const { Action, Resource } of allowed(template, roleId)) {
    for (const resource of Resource.map((one) => resourceName(template, one))) {
      actions.set(resource, [...(actions.get(resource) ?? []), ...Action.filter((action) => !COMMON.test(action))]);
    }
  }
  return actions;
}

function shortened(permissions: ReadonlyMap<string, readonly string[]>): readonly string[] {
  const changes = [...CHANGES].every(([resource, actions]) =>
    actions.every((action) => permissions.get(resource)?.includes(action)),
  );
  if (!changes) return cellsOf(permissions);
  const others = [...permissions].map(
    ([resource, actions]) => [resource, actions.filter((action) => !CHANGES.get(resource)?.includes(action))] as const,
  );
  return ['changes processes', ...cellsOf(new Map(others))];
}

function cellsOf(permissions: ReadonlyMap<string, readonly string[]>): readonly string[] {
  return [...permissions]
    .filter(([, actions]) => actions.length > 0)
    .map(([resource, actions]) => `${[...new Set(actions)].sort().join(', ')} on ${resource.replaceAll('*', '\\*')}`)
    .sort();
}
