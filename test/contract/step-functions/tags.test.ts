import { ListTagsForResourceCommand, type Tag, TagResourceCommand, UntagResourceCommand } from '@aws-sdk/client-sfn';
import { expect, it } from 'vitest';
import { PASSING, useEngine } from './support.ts';

const engine = useEngine();
const tag = (resourceArn: string, tags: readonly Tag[]) =>
  engine.client.send(new TagResourceCommand({ resourceArn, tags: [...tags] }));
const tagsOf = async (resourceArn: string) =>
  (await engine.client.send(new ListTagsForResourceCommand({ resourceArn }))).tags;
const many = (count: number, prefix: string) =>
  Array.from({ length: count }, (_, index) => ({ key: `${prefix}${index}`, value: '' }));

it('tags come with a machine, are added, replaced and removed', async () => {
  const { stateMachineArn: arn } = await engine.create(PASSING, { tags: [{ key: 'stage', value: 'test' }] });

  await tag(arn, [
    { key: 'owner', value: 'purchasing' },
    { key: 'stage', value: 'production' },
  ]);
  await engine.client.send(new UntagResourceCommand({ resourceArn: arn, tagKeys: ['owner', 'none'] }));

  expect(await tagsOf(arn)).toEqual([{ key: 'stage', value: 'production' }]);
});

it('a machine has at most 50 tags', async () => {
  const { stateMachineArn: arn } = await engine.create(PASSING, { tags: many(40, 'first') });

  await expect(tag(arn, many(11, 'more'))).rejects.toMatchObject({ name: 'TooManyTags' });
  await tag(arn, many(10, 'more'));

  expect(await tagsOf(arn)).toHaveLength(50);
});

it.each([
  ['a key that is too long', { key: 'k'.repeat(129), value: '' }],
  ['a value that is too long', { key: 'k', value: 'v'.repeat(257) }],
  ['a sign that tags do not hold', { key: 'k', value: 'a<b' }],
])('%s is refused', async (_what, wrong) => {
  const { stateMachineArn: arn } = await engine.create(PASSING);

  await expect(tag(arn, [wrong])).rejects.toMatchObject({ name: 'ValidationException' });
  expect(await tagsOf(arn)).toEqual([]);
});

it('only machines that are there have tags', async () => {
  const { stateMachineArn: arn } = await engine.create(PASSING, { publish: true });

  for (const other of [`${arn}:1`, `${arn}-other`]) {
    const refusal = { name: 'ResourceNotFound', message: `Resource not found: '${other}'` };
    await expect(tag(other, [{ key: 'k', value: 'v' }])).rejects.toMatchObject(refusal);
    await expect(tagsOf(other)).rejects.toMatchObject(refusal);
  }
});
