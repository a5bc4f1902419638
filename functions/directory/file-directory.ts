/** The directory as the file of the deployment has it: version 0. */
import { type DirectoryData, personOf } from './directory-file.ts';
import type { CostCentre, Directory, Person } from './port.ts';
import { standInsAmong, substitutesFor } from './substitutes.ts';

/** `data`: a file that `parseDirectory` accepted. */
export function createFileDirectory(data: DirectoryData): Directory {
  const people = new Map(data.people.map((record): [string, Person] => [record.employeeId, personOf(record)]));
  const heads = new Map(data.departments.map(({ departmentId, headId }) => [departmentId, headId]));
  const entities = new Map(data.departments.map(({ departmentId, legalEntity }) => [departmentId, legalEntity]));
  const costCentres = new Map(data.costCentres.map((centre): [string, CostCentre] => [centre.costCentreId, centre]));
  const roles = new Map(data.posts.map((post) => [post.postId, post.roles]));
  const holders = holdersByPost([...people.values()]);
  return {
    async person(employeeId) {
      return people.get(employeeId);
    },
    async find(text) {
      const wanted = text.trim().toLowerCase();
      const names = ({ employeeId, email, name }: Person) => [employeeId, email, name].map((one) => one.toLowerCase());
      return [...people.values()].filter((person) => person.active && names(person).includes(wanted));
    },
    async rolesOf(postIds) {
      return [...new Set(postIds.flatMap((postId) => roles.get(postId) ?? []))];
    },
    async holdersOf(postId) {
      return holders.get(postId) ?? [];
    },
    async headOf(departmentId) {
      const head = people.get(heads.get(departmentId) ?? '');
      return head?.active === true ? head : undefined;
    },
    async legalEntityOf(departmentId) {
      return entities.get(departmentId);
    },
    substitutesFor(employeeId, at, subject) {
      return substitutesFor(async (id) => people.get(id), employeeId, at, subject);
    },
    async standInsOf(employeeId) {
      return standInsAmong([...people.values()], employeeId);
    },
    async costCentre(costCentreId) {
      return costCentres.get(costCentreId);
    },
  };
}

function holdersByPost(people: readonly Person[]): ReadonlyMap<string, readonly Person[]> {
  const holders = new Map<string, Person[]>();
  const inOrder = people
    .filter((person) => person.active)
    .sort((left, right) => (left.employeeId < right.employeeId ? -1 : 1));
  for (const person of inOrder) {
    for (const post of person.posts) {
      holders.set(post, [...(holders.get(post) ?? []), person]);
    }
  }
  return holders;
}
