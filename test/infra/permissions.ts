/** How the tables of docs/permissions.md are made from the template. */
import { allowed, ofType, pathOf, readable, type Synthesized } from './synthesize.ts';

/** What every function and every machine may: write its own log and its traces. */
const COMMON = /^(logs|xray):/;
const ACCOUNT = /^arn:(aws|<AWS::Partition>):([a-z0-9-]+):[^:]*:[^:]*:/;

/** What every function that changes processes may; told once, above the table. */
export const CHANGES = [
  'dynamodb:DeleteItem, dynamodb:GetItem, dynamodb:PutItem, dynamodb:Query on Tables/Work',
  'dynamodb:PutItem on Tables/Personal',
  'dynamodb:PutItem on Tables/Record',
];

/** One row for each role that is allowed more than to write its log: `| role | permissions |`. */
export function permissionRows(template: Synthesized): readonly string[] {
  return ofType(template, 'AWS::IAM::Role')
    .map(([id]) => ({
      role: pathOf(template, id).replace(/\/Role$/, ''),
      cells: shortened(permissionCells(template, id)),
    }))
    .filter(({ cells }) => cells.length > 0)
    .map(({ role, cells }) => `| \`${role}\` | ${cells.join('<br>')} |`)
    .sort();
}

function permissionCells(template: Synthesized, roleId: string): readonly string[] {
  const actions = new Map<string, string[]>();
  for (const { Action, Resource } of allowed(template, roleId)) {
    for (const resource of Resource.map((one) => readable(template, one).replace(ACCOUNT, '$2 '))) {
      const known = actions.get(resource) ?? [];
      known.push(...Action.filter((action) => !COMMON.test(action)));
      actions.set(resource, known);
    }
  }
  return [...actions]
    .filter(([, names]) => names.length > 0)
    .map(([resource, names]) => `${[...new Set(names)].sort().join(', ')} on ${resource.replaceAll('*', '\\*')}`)
    .sort();
}

function shortened(cells: readonly string[]): readonly string[] {
  const rest = cells.filter((cell) => !CHANGES.includes(cell));
  return cells.length - rest.length === CHANGES.length ? ['changes processes', ...rest] : cells;
}
