/**
 * List responses of SCIM (RFC 7644, section 3.4.2): how long a list is and what of it the files have. Providers answer in
 * pages, and whoever is on a page that nobody fetched would count as somebody who has left.
 */
import * as z from 'zod';
import type { JsonText } from './json-text.ts';
import type { Problem } from './source.ts';

const LIST = 'urn:ietf:params:scim:api:messages:2.0:ListResponse';

const listSchema = z.object({
  schemas: z.array(z.string()).refine((names) => names.includes(LIST)),
  totalResults: z.unknown().optional(),
  Resources: z.array(z.unknown()),
});

const totalSchema = z.int().nonnegative();

/** A JSON file, read. */
export interface JsonFile {
  readonly name: string;
  readonly json: JsonText;
}

export function isScim({ json }: JsonFile): boolean {
  return listSchema.safeParse(json.value).success;
}

/** @param file - one that {@link isScim} */
export function resourcesOf({ json }: JsonFile): readonly unknown[] {
  return listSchema.parse(json.value).Resources;
}

/** Whatever has members and is no user. */
export function isGroup(resource: unknown): boolean {
  return (
    z.object({ members: z.unknown() }).safeParse(resource).success &&
    !z.object({ userName: z.unknown() }).safeParse(resource).success
  );
}

/** What of the lists is missing, named at the first page of each. Pages of one list say the same length. */
export function missingPages(files: readonly JsonFile[]): readonly Problem[] {
  const lists = new Map<string, { readonly first: JsonFile; readonly have: Set<unknown> }>();
  for (const file of files) {
    const name = listOf(file);
    const list = lists.get(name) ?? { first: file, have: new Set() };
    lists.set(name, list);
    for (const resource of resourcesOf(file)) list.have.add(identityOf(resource));
  }
  return [...lists.values()].flatMap(({ first, have: { size: have } }) => {
    const total = totalSchema.safeParse(totalOf(first));
    if (total.success && have >= total.data) {
      return [];
    }
    return total.success
      ? [
          problemIn(
            first,
            `the list has ${total.data} ${kindsOf(first)}, and the files have ${have} of them`,
            'fetch its other pages (startIndex, count), each into a file, and import them all at once',
          ),
        ]
      : [problemIn(first, 'the list does not say how long it is', 'give the whole answer of the provider, as it came')];
  });
}

/** The same for all pages of a list: users and groups are lists of their own, though they may be as long. */
function listOf(file: JsonFile): string {
  return JSON.stringify([totalOf(file), kindsOf(file)]);
}

function totalOf({ json }: JsonFile): unknown {
  return listSchema.parse(json.value).totalResults;
}

function kindsOf(file: JsonFile): string {
  const kinds = new Set(resourcesOf(file).map((resource) => (isGroup(resource) ? 'groups' : 'users')));
  return kinds.size === 0 ? 'entries' : [...kinds].sort().join(' and ');
}

/** A page that is there twice is not two pages. */
function identityOf(resource: unknown): unknown {
  return z.object({ id: z.string() }).safeParse(resource).data?.id ?? resource;
}

function problemIn({ name: file, json }: JsonFile, problem: string, remedy: string): Problem {
  return { file, line: json.lineAt(['totalResults']), field: 'totalResults', problem, remedy };
}
