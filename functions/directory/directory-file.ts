/**
 * The company's directory (JSON): its people, departments, cost centres and posts. Checked whole when the stack is
 * synthesized and when it is imported, so that a wrong reference is found by whoever edits it and not by a running process.
 */
import * as z from 'zod';
import { toDotPath } from 'zod/v4/core';
import { OPERATORS } from '../approvals/domain/plan.ts';
import { timeZoneSchema } from '../calendar/time-zone.ts';
import { decimalSchema } from '../money/money.ts';
import { type FieldIssue, ValidationError } from '../runtime/errors.ts';
import { ROLES } from '../sign-in/signed-in.ts';
import type { Absence, Person } from './port.ts';

const idSchema = z
  .string()
  .regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/, 'must be 1 to 64 letters, digits, dots, hyphens or underscores');
const nameSchema = z.string().trim().min(1).max(200);

const momentSchema = z.iso.datetime({ offset: true, error: 'must be an instant such as 2026-12-01T00:00:00+08:00' });
const absenceSchema = z
  .strictObject({
    from: momentSchema,
    until: momentSchema,
    substituteId: idSchema,
    scope: z.array(z.string().min(1)).min(1).optional(),
  })
  .refine(({ from, until }) => Date.parse(from) < Date.parse(until), 'must end after it begins');

const personSchema = z.strictObject({
  employeeId: idSchema.refine((id) => id !== OPERATORS, `"${OPERATORS}" stands for whoever is on duty`),
  name: nameSchema,
  email: z.email(),
  locale: z.enum(['zh-CN', 'en']),
  timeZone: timeZoneSchema.optional(),
  managerId: idSchema.optional(),
  departmentId: idSchema,
  posts: z.array(idSchema),
  active: z.boolean(),
  grade: z
    .string()
    .regex(/^[A-Za-z0-9][A-Za-z0-9-]{0,15}$/, 'must be 1 to 16 letters, digits or hyphens')
    .optional(),
  approvalLimit: decimalSchema.refine((limit) => !limit.startsWith('-'), 'must not be negative').optional(),
  substituteId: idSchema.optional(),
  absences: z.array(absenceSchema).optional(),
});

const departmentSchema = z.strictObject({
  departmentId: idSchema,
  name: nameSchema,
  headId: idSchema.optional(),
  /** By the company's own code, as claims name it. */
  legalEntity: z.string().min(1).max(32).optional(),
});
const costCentreSchema = z.strictObject({ costCentreId: idSchema, name: nameSchema, departmentId: idSchema });
const postSchema = z.strictObject({
  postId: idSchema,
  name: nameSchema,
  /** What whoever holds it may do on pages and by the API, as with a group of the identity provider. */
  roles: z.array(z.enum(ROLES)).optional(),
});

type PersonRecord = z.infer<typeof personSchema>;
type DepartmentRecord = z.infer<typeof departmentSchema>;
type CostCentreRecord = z.infer<typeof costCentreSchema>;
type PostRecord = z.infer<typeof postSchema>;

/** A directory file that holds together. */
export interface DirectoryData {
  readonly people: readonly PersonRecord[];
  readonly departments: readonly DepartmentRecord[];
  readonly costCentres: readonly CostCentreRecord[];
  readonly posts: readonly PostRecord[];
}

/** A person as the port gives them. */
export function personOf({
  timeZone,
  managerId,
  grade,
  approvalLimit,
  substituteId,
  absences,
  ...person
}: PersonRecord): Person {
  return {
    ...person,
    ...(timeZone === undefined ? {} : { timeZone }),
    ...(managerId === undefined ? {} : { managerId }),
    ...(grade === undefined ? {} : { grade }),
    ...(approvalLimit === undefined ? {} : { approvalLimit }),
    ...(substituteId === undefined ? {} : { substituteId }),
    ...(absences === undefined ? {} : { absences: absences.map(absenceOf) }),
  };
}

function absenceOf({ scope, ...absence }: z.infer<typeof absenceSchema>): Absence {
  return { ...absence, ...(scope === undefined ? {} : { scope }) };
}

const fileSchema = z.strictObject({
  people: z.array(z.unknown()),
  departments: z.array(z.unknown()),
  costCentres: z.array(z.unknown()),
  posts: z.array(z.unknown()),
});

/** A record that is well-formed by itself, with its place in the file. */
interface Placed<T> {
  readonly field: string;
  readonly value: T;
}

/** @throws ValidationError naming everything that is wrong with the file, at once. */
export function parseDirectory(value: unknown): DirectoryData {
  const file = fileSchema.safeParse(value);
  if (!file.success) {
    throw new ValidationError(
      file.error.issues.map((issue) =>
        wrong(
          issue.path.join('.') || '(whole)',
          issue.message,
          'give lists of people, departments, costCentres, posts',
        ),
      ),
    );
  }
  const people = readList('people', file.data.people, personSchema, 'employeeId');
  const departments = readList('departments', file.data.departments, departmentSchema, 'departmentId');
  const costCentres = readList('costCentres', file.data.costCentres, costCentreSchema, 'costCentreId');
  const posts = readList('posts', file.data.posts, postSchema, 'postId');
  const known = { people: people.ids, departments: departments.ids, posts: posts.ids };
  const issues = [
    ...[people, departments, costCentres, posts].flatMap((list) => list.issues),
    ...people.records.flatMap((person) => personReferences(person, known)),
    ...departments.records.flatMap(({ field, value: { headId } }) =>
      unknownReference(`${field}.headId`, headId, known.people, 'person'),
    ),
    ...costCentres.records.flatMap(({ field, value: { departmentId } }) =>
      unknownReference(`${field}.departmentId`, departmentId, known.departments, 'department'),
    ),
    ...sharedMails(people.records),
    ...managerCycles(people.records),
    ...furtherHeads(people.records),
  ];
  if (issues.length > 0) {
    throw new ValidationError(issues);
  }
  return {
    people: people.records.map(({ value: record }) => record),
    departments: departments.records.map(({ value: record }) => record),
    costCentres: costCentres.records.map(({ value: record }) => record),
    posts: posts.records.map(({ value: record }) => record),
  };
}

function readList<Key extends string, T extends { readonly [key in Key]: string }>(
  name: string,
  items: readonly unknown[],
  schema: z.ZodType<T>,
  key: Key,
) {
  const records: Placed<T>[] = [];
  const issues: FieldIssue[] = [];
  const ids = new Set<string>();
  for (const [index, item] of items.entries()) {
    const field = `${name}[${index}]`;
    const parsed = schema.safeParse(item);
    const id = parsed.success ? parsed.data[key] : rawId(item, key);
    if (id !== undefined && ids.has(id)) {
      issues.push(wrong(`${field}.${key}`, `the id ${id} is there twice`, 'give each record an id of its own'));
    }
    if (id !== undefined) {
      ids.add(id);
    }
    if (parsed.success) {
      records.push({ field, value: parsed.data });
    } else {
      issues.push(...parsed.error.issues.map((issue) => shapeIssue(field, issue)));
    }
  }
  return { records, issues, ids };
}

/** Of a record that is wrong elsewhere, so that its slip is not reported again by everybody who refers to it. */
function rawId(item: unknown, key: string): string | undefined {
  const id = z.record(z.string(), z.unknown()).safeParse(item).data?.[key];
  return typeof id === 'string' ? id : undefined;
}

function personReferences(
  { field, value: person }: Placed<PersonRecord>,
  known: { people: ReadonlySet<string>; departments: ReadonlySet<string>; posts: ReadonlySet<string> },
): readonly FieldIssue[] {
  return [
    ...unknownReference(`${field}.managerId`, person.managerId, known.people, 'person'),
    ...unknownReference(`${field}.departmentId`, person.departmentId, known.departments, 'department'),
    ...unknownReference(`${field}.substituteId`, person.substituteId, known.people, 'person'),
    ...ownSubstitute(`${field}.substituteId`, person.substituteId, person),
    ...(person.absences ?? []).flatMap(({ substituteId }, index) => [
      ...unknownReference(`${field}.absences[${index}].substituteId`, substituteId, known.people, 'person'),
      ...ownSubstitute(`${field}.absences[${index}].substituteId`, substituteId, person),
    ]),
    ...person.posts.flatMap((post, index) => unknownReference(`${field}.posts[${index}]`, post, known.posts, 'post')),
  ];
}

function ownSubstitute(
  field: string,
  substituteId: string | undefined,
  { employeeId }: PersonRecord,
): readonly FieldIssue[] {
  return substituteId === employeeId
    ? [wrong(field, `${employeeId} cannot stand in for themselves`, 'name somebody else')]
    : [];
}

function unknownReference(
  field: string,
  id: string | undefined,
  known: ReadonlySet<string>,
  what: string,
): readonly FieldIssue[] {
  return id === undefined || known.has(id)
    ? []
    : [wrong(field, `there is no ${what} ${id}`, `name a ${what} of this file, or add it`)];
}

function sharedMails(people: readonly Placed<PersonRecord>[]): readonly FieldIssue[] {
  const owners = new Map<string, string>();
  return people.flatMap(({ field, value: person }) => {
    const mail = person.email.toLowerCase();
    const owner = owners.get(mail);
    owners.set(mail, owner ?? person.employeeId);
    return owner === undefined
      ? []
      : [wrong(`${field}.email`, `${person.email} belongs to ${owner} already`, 'a link proves one person: use two')];
  });
}

/** Everybody on a cycle is named once, in the order in which they report to each other. */
function managerCycles(people: readonly Placed<PersonRecord>[]): readonly FieldIssue[] {
  const byId = new Map(people.map((person) => [person.value.employeeId, person]));
  const settled = new Set<string>();
  const issues: FieldIssue[] = [];
  for (const start of people) {
    const path: string[] = [];
    let current: Placed<PersonRecord> | undefined = start;
    while (current !== undefined && !settled.has(current.value.employeeId)) {
      const { employeeId, managerId }: PersonRecord = current.value;
      settled.add(employeeId);
      path.push(employeeId);
      if (managerId !== undefined && path.includes(managerId)) {
        const cycle = [...path.slice(path.indexOf(managerId)), managerId].join(' -> ');
        issues.push(wrong(`${current.field}.managerId`, `people report in a circle: ${cycle}`, 'break the circle'));
      }
      current = managerId === undefined ? undefined : byId.get(managerId);
    }
  }
  return issues;
}

function furtherHeads(people: readonly Placed<PersonRecord>[]): readonly FieldIssue[] {
  const [head, ...others] = people.filter(({ value }) => value.active && value.managerId === undefined);
  return others.map(({ field, value }) =>
    wrong(
      `${field}.managerId`,
      `${value.employeeId} has no manager, as has ${head?.value.employeeId}`,
      'only the head of the company has none: name the manager',
    ),
  );
}

/** What mends the form of a field. */
const REMEDIES: Readonly<Record<string, string>> = {
  employeeId: 'give each person the id that the OA uses',
  name: 'give a name of at most 200 characters',
  email: 'give a mail address such as li.na@company.example',
  locale: 'write zh-CN or en',
  timeZone: 'write a time zone such as Asia/Shanghai',
  managerId: 'give the id of a person',
  departmentId: 'give the id of a department',
  legalEntity: 'give the code of the legal entity, at most 32 characters',
  posts: 'give the ids of posts',
  roles: 'give roles: administrator, operator, auditor',
  active: 'write true or false',
  approvalLimit: 'write a plain number such as 5000.00',
};

function shapeIssue(field: string, issue: z.core.$ZodIssue): FieldIssue {
  const path = toDotPath(issue.path);
  const remedy = REMEDIES[String(issue.path[0])] ?? 'see local/demo/directory.json for an example';
  return wrong(path === '' ? field : `${field}.${path}`, issue.message, remedy);
}

function wrong(field: string, problem: string, remedy: string): FieldIssue {
  return { field, problem, remedy };
}
