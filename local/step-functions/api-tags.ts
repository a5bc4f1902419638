import { ApiError, noResource, violation } from './api-errors.ts';
import type { Operations } from './api-operation.ts';
import type { ApiRequest } from './api-request.ts';
import type { Machine, MachineStore } from './machines.ts';

const MOST_TAGS = 50;
const LONGEST_KEY = 128;
const LONGEST_VALUE = 256;
const TAG_TEXT = /^[\p{L}\p{N}\p{Z}_.:/=+\-@]*$/u;

/** The API calls about tags of state machines. */
export function tagOperations(machines: MachineStore): Operations {
  return {
    TagResource: async (request) => {
      const machine = taggedMachine(machines, request);
      const tags = { ...machine.tags, ...tagsIn(request) };
      requireFew(tags);
      await machines.put({ ...machine, tags });
      return {};
    },
    UntagResource: async (request) => {
      const machine = taggedMachine(machines, request);
      const gone = new Set(request.texts('tagKeys'));
      const tags = Object.fromEntries(Object.entries(machine.tags).filter(([key]) => !gone.has(key)));
      await machines.put({ ...machine, tags });
      return {};
    },
    ListTagsForResource: (request) => ({
      tags: Object.entries(taggedMachine(machines, request).tags).map(([key, value]) => ({ key, value })),
    }),
  };
}

/** The tags that a request gives; throws TooManyTags. */
export function tagsIn(request: ApiRequest): Readonly<Record<string, string>> {
  const tags = Object.fromEntries(
    (request.list('tags') ?? []).map(({ key, value }, index) => [
      tagText(key, LONGEST_KEY, `tags.${index + 1}.member.key`),
      tagText(value ?? '', LONGEST_VALUE, `tags.${index + 1}.member.value`),
    ]),
  );
  requireFew(tags);
  return tags;
}

function tagText(value: unknown, limit: number, field: string): string {
  if (typeof value !== 'string') throw violation(field, value, 'Member must not be null');
  if (value.length > limit) throw violation(field, value, `Member must have length less than or equal to ${limit}`);
  if (!TAG_TEXT.test(value))
    throw violation(field, value, 'Tags hold letters, digits, white space and _ . : / = + - @');
  return value;
}

function requireFew(tags: Readonly<Record<string, string>>): void {
  if (Object.keys(tags).length > MOST_TAGS) {
    throw new ApiError('TooManyTags', `A resource has at most ${MOST_TAGS} tags`);
  }
}

/** Versions and aliases have no tags. */
function taggedMachine(machines: MachineStore, request: ApiRequest): Machine {
  const { arn } = request.machine('resourceArn');
  const machine = machines.get(arn);
  if (machine === undefined) throw noResource(arn);
  return machine;
}
