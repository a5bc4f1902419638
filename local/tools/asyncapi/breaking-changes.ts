/**
 * What of a contract of events breaks whoever keeps to the one before. Whoever sends an event to us is broken by what is narrower,
 * whoever reads one of ours by what is wider; a part that is gone, and a rule that cannot be compared, breaks both.
 */
import * as z from 'zod';

const documentSchema = z.object({
  info: z.object({ version: z.string() }),
  operations: z.record(
    z.string(),
    z.object({ action: z.enum(['send', 'receive']), messages: z.array(z.object({ $ref: z.string() })) }),
  ),
  components: z.object({ messages: z.record(z.string(), z.object({ payload: z.unknown() })) }),
});
type Document = z.infer<typeof documentSchema>;

const schemaPart = z.looseObject({
  type: z.union([z.string(), z.array(z.string())]).optional(),
  properties: z.record(z.string(), z.unknown()).default({}),
  required: z.array(z.string()).default([]),
  items: z.unknown().optional(),
  additionalProperties: z.unknown().optional(),
  propertyNames: z.unknown().optional(),
  enum: z.array(z.unknown()).optional(),
  const: z.unknown().optional(),
});

/** A larger number lets more through, or less. */
const MOST = ['maxLength', 'maxItems', 'maxProperties', 'maximum', 'exclusiveMaximum'] as const;
const LEAST = ['minLength', 'minItems', 'minProperties', 'minimum', 'exclusiveMinimum'] as const;
/** What is only the same or not. */
const OTHER_RULES = [
  'pattern',
  'format',
  'multipleOf',
  'uniqueItems',
  'anyOf',
  'oneOf',
  'allOf',
  'not',
  '$ref',
] as const;

type Role = 'they-send' | 'they-read';

/**
 * @param released - the AsyncAPI document that others keep to
 * @param current - the one of now
 * @returns a sentence for each; none where the major version of the events is another one
 */
export function breakingChanges(released: unknown, current: unknown): readonly string[] {
  const before = documentSchema.parse(released);
  const after = documentSchema.parse(current);
  if (majorOf(before) !== majorOf(after)) {
    return [];
  }
  return Object.entries(before.components.messages).flatMap(([name, { payload }]) => {
    const now = after.components.messages[name];
    const role = roleOf(before, name);
    if (now === undefined || roleOf(after, name) !== role) {
      return [`${name}: is gone`];
    }
    return changesAt(name, payload, now.payload, role);
  });
}

function majorOf({ info }: Document): string {
  return info.version.split('.')[0] ?? '';
}

function roleOf({ operations }: Document, name: string): Role | undefined {
  const found = Object.values(operations).find(({ messages }) =>
    messages.some(({ $ref }) => $ref.endsWith(`/${name}`)),
  );
  return found === undefined ? undefined : found.action === 'receive' ? 'they-send' : 'they-read';
}

function changesAt(at: string, before: unknown, after: unknown, role: Role | undefined): readonly string[] {
  const [was, is] = [openness(before), openness(after)];
  if (was !== 1 || is !== 1) {
    return (role === 'they-read' ? is > was : is < was) ? [`${at}: other values are taken than before`] : [];
  }
  const old = schemaPart.parse(before);
  const now = schemaPart.parse(after);
  return [
    ...setChange(`${at}: type`, typesOf(old), typesOf(now), role),
    ...setChange(`${at}: values`, valuesOf(old), valuesOf(now), role),
    ...boundChanges(at, old, now, role),
    ...ruleChanges(at, old, now, role),
    ...requiredChanges(at, old, now, role),
    ...Object.entries(old.properties).flatMap(([name, property]) =>
      now.properties[name] === undefined
        ? [`${at}.${name}: is gone`]
        : changesAt(`${at}.${name}`, property, now.properties[name], role),
    ),
    ...changesAt(`${at}[]`, old.items, now.items, role),
    ...changesAt(`${at}.*`, old.additionalProperties, now.additionalProperties, role),
    ...changesAt(`${at} (names)`, old.propertyNames, now.propertyNames, role),
  ];
}

type Part = z.infer<typeof schemaPart>;

/** How much a schema takes: nothing (0), some (1) or all (2), which absence and no rule mean as well. */
function openness(schema: unknown): 0 | 1 | 2 {
  if (schema === false) {
    return 0;
  }
  return typeof schema === 'object' && schema !== null && Object.keys(schema).length > 0 ? 1 : 2;
}

/** Undefined: of whatever type. An integer is a number as well. */
function typesOf({ type }: Part): ReadonlySet<string> | undefined {
  const types = typeof type === 'string' ? [type] : type;
  return types === undefined
    ? undefined
    : new Set(types.flatMap((one) => (one === 'number' ? ['number', 'integer'] : [one])));
}

function valuesOf(part: Part): ReadonlySet<string> | undefined {
  const values = part.enum ?? (part.const === undefined ? undefined : [part.const]);
  return values === undefined ? undefined : new Set(values.map((value) => JSON.stringify(value)));
}

function setChange(
  what: string,
  before: ReadonlySet<string> | undefined,
  after: ReadonlySet<string> | undefined,
  role: Role | undefined,
): readonly string[] {
  const [inner, outer] = role === 'they-read' ? [after, before] : [before, after];
  const isKept = outer === undefined || (inner !== undefined && [...inner].every((one) => outer.has(one)));
  return isKept ? [] : [`${what}: ${shown(before)} became ${shown(after)}`];
}

function boundChanges(at: string, old: Part, now: Part, role: Role | undefined): readonly string[] {
  const changed = (name: string, least: boolean) => {
    const open = least ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
    const [was, is] = [numberAt(old, name) ?? open, numberAt(now, name) ?? open];
    const isNarrower = least ? is > was : is < was;
    const isWider = least ? is < was : is > was;
    return (role === 'they-read' ? isWider : isNarrower) ? [`${at}: ${name} was ${was} and is ${is}`] : [];
  };
  return [...MOST.flatMap((name) => changed(name, false)), ...LEAST.flatMap((name) => changed(name, true))];
}

/** A rule that goes makes it wider; one that comes or changes may make it anything. */
function ruleChanges(at: string, old: Part, now: Part, role: Role | undefined): readonly string[] {
  return OTHER_RULES.flatMap((name) => {
    const [was, is] = [JSON.stringify(old[name]), JSON.stringify(now[name])];
    const isHarmless = was === is || (role === 'they-read' ? was === undefined : is === undefined);
    return isHarmless ? [] : [`${at}: ${name} was ${was ?? 'none'} and is ${is ?? 'none'}`];
  });
}

function requiredChanges(at: string, old: Part, now: Part, role: Role | undefined): readonly string[] {
  return role === 'they-read'
    ? old.required.filter((name) => !now.required.includes(name)).map((name) => `${at}.${name}: may be missing now`)
    : now.required.filter((name) => !old.required.includes(name)).map((name) => `${at}.${name}: is required now`);
}

function numberAt(part: Part, name: string): number | undefined {
  const value = part[name];
  return typeof value === 'number' ? value : undefined;
}

function shown(values: ReadonlySet<string> | undefined): string {
  return values === undefined ? 'everything' : [...values].join(', ');
}
