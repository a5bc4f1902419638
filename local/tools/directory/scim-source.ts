/**
 * Users and groups as an identity provider lists them: SCIM 2.0 (RFC 7643, list responses of RFC 7644). Users are people,
 * and a group whose `externalId`, or else name, is the id of a post says who holds it. What SCIM does not know (grades,
 * limits, substitutes, absences) stays as it is; so do posts that no group is about.
 */
import * as z from 'zod';
import type { DirectoryData } from '../../../functions/directory/directory-file.ts';
import { isGroup, type JsonFile, missingPages, resourcesOf } from './scim-list.ts';
import type { Problem, ReadSource, SourceRecord } from './source.ts';

const ENTERPRISE = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';

const userSchema = z.object({
  id: z.string().min(1),
  userName: z.string().min(1),
  externalId: z.string().optional(),
  displayName: z.string().optional(),
  name: z
    .object({ formatted: z.string().optional(), familyName: z.string().optional(), givenName: z.string().optional() })
    .optional(),
  emails: z.array(z.object({ value: z.string(), primary: z.boolean().optional() })).optional(),
  preferredLanguage: z.string().optional(),
  locale: z.string().optional(),
  timezone: z.string().optional(),
  active: z.boolean().optional(),
  [ENTERPRISE]: z
    .object({
      employeeNumber: z.string().optional(),
      department: z.string().optional(),
      manager: z.object({ value: z.string() }).optional(),
    })
    .optional(),
});
type User = z.infer<typeof userSchema>;

const groupSchema = z.object({
  displayName: z.string(),
  externalId: z.string().optional(),
  members: z.array(z.object({ value: z.string() })).optional(),
});
type Group = z.infer<typeof groupSchema>;

/** Attributes by the fields that are made from them. */
const ATTRIBUTES: Readonly<Record<string, string>> = {
  employeeId: 'employeeNumber',
  name: 'displayName',
  email: 'emails',
  locale: 'preferredLanguage',
  timeZone: 'timezone',
  managerId: 'manager',
  departmentId: 'department',
  posts: 'groups',
};

interface Placed<T> {
  readonly value: T;
  readonly file: string;
  readonly line: number;
}

/** @param files - all of one import: groups and managers point at users of other files */
export function readScim(files: readonly JsonFile[], current: DirectoryData): ReadSource {
  const users: Placed<User>[] = [];
  const groups: Placed<Group>[] = [];
  const problems: Problem[] = [...missingPages(files), ...missingUsers(files)];
  for (const { name: file, json } of files) {
    for (const [index, resource] of resourcesOf({ name: file, json }).entries()) {
      const line = json.lineAt(['Resources', index]);
      const parsed = isGroup(resource) ? groupSchema.safeParse(resource) : userSchema.safeParse(resource);
      if (!parsed.success) {
        problems.push(
          ...parsed.error.issues.map(({ path, message: problem }) => ({
            file,
            line: json.lineAt([
              'Resources',
              index,
              ...path.map((part) => (typeof part === 'number' ? part : String(part))),
            ]),
            field: z.core.toDotPath(path) || '(whole)',
            problem,
            remedy: `give a ${isGroup(resource) ? 'Group' : 'User'} of RFC 7643`,
          })),
        );
      } else if ('userName' in parsed.data) {
        users.push({ value: parsed.data, file, line });
      } else {
        groups.push({ value: parsed.data, file, line });
      }
    }
  }
  const postIds = new Set(current.posts.map(({ postId }) => postId));
  const ofPosts = groups.filter(({ value }) => postIds.has(postOf(value)));
  const others = groups.filter(({ value }) => !postIds.has(postOf(value)));
  const ids = new Map(users.map(({ value }) => [value.id, employeeIdOf(value)]));
  return {
    source: { people: users.map((user) => personOf(user, { ids, groups: ofPosts, current })) },
    problems,
    notes: others.map(
      ({ value, file, line }) => `${file}:${line}: group "${value.displayName}" is no post, and is left alone`,
    ),
  };
}

/** Groups alone say nothing about who works here. */
function missingUsers(files: readonly JsonFile[]): readonly Problem[] {
  const [first] = files;
  return first === undefined || files.some((file) => resourcesOf(file).some((resource) => !isGroup(resource)))
    ? []
    : [
        {
          file: first.name,
          line: first.json.lineAt(['Resources']),
          field: 'Resources',
          problem: 'the files have no user',
          remedy: 'import the users with the groups',
        },
      ];
}

function postOf({ externalId, displayName }: Group): string {
  return externalId ?? displayName;
}

function employeeIdOf({ [ENTERPRISE]: enterprise, externalId, userName }: User): string {
  return enterprise?.employeeNumber ?? externalId ?? userName;
}

function personOf(
  { value: user, file, line }: Placed<User>,
  known: {
    readonly ids: ReadonlyMap<string, string>;
    readonly groups: readonly Placed<Group>[];
    readonly current: DirectoryData;
  },
): SourceRecord {
  const employeeId = employeeIdOf(user);
  const { department, manager } = user[ENTERPRISE] ?? {};
  const said = {
    employeeId,
    name: nameOf(user),
    email: (user.emails?.find(({ primary }) => primary === true) ?? user.emails?.[0])?.value,
    locale: localeOf(user),
    timeZone: user.timezone,
    managerId: manager === undefined ? undefined : (known.ids.get(manager.value) ?? manager.value),
    departmentId: department === undefined ? undefined : departmentOf(department, known.current),
    active: user.active ?? true,
    posts: postsOf(user.id, employeeId, known),
  };
  return {
    fields: Object.fromEntries(Object.entries(said).filter(([, value]) => value !== undefined)),
    file,
    lineOf: () => line,
    nameOf: (field) => ATTRIBUTES[field.replace(/\[.*$/, '')] ?? field,
  };
}

function nameOf({ displayName, name }: User): string | undefined {
  const parts = [name?.givenName, name?.familyName].filter((part) => part !== undefined && part !== '');
  return displayName ?? name?.formatted ?? (parts.length === 0 ? undefined : parts.join(' '));
}

/** Mails and pages are in these two languages; of another the directory says that it cannot take it. */
function localeOf({ preferredLanguage, locale }: User): string | undefined {
  const [language] = (preferredLanguage ?? locale)?.toLowerCase().split(/[-_,]/) ?? [];
  return language === 'zh' ? 'zh-CN' : language;
}

/** Identity providers write the name as often as the id. */
function departmentOf(text: string, { departments }: DirectoryData): string {
  const found = departments.filter(({ departmentId, name }) => departmentId === text || name === text);
  return found.length === 1 && found[0] !== undefined ? found[0].departmentId : text;
}

function postsOf(
  userId: string,
  employeeId: string,
  { groups, current }: { readonly groups: readonly Placed<Group>[]; readonly current: DirectoryData },
): readonly string[] {
  const decided = new Set(groups.map(({ value }) => postOf(value)));
  const before = current.people.find((person) => person.employeeId === employeeId)?.posts ?? [];
  const held = groups.filter(({ value }) => value.members?.some((member) => member.value === userId) === true);
  return [...new Set([...before.filter((post) => !decided.has(post)), ...held.map(({ value }) => postOf(value))])];
}
