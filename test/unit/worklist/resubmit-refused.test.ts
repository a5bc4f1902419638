/** What is sent from the page in the place of what came back, and does not count. */
import { describe, expect, it } from 'vitest';
import { formFields } from '../../support/shown-form.ts';
import { COLLEAGUE, LIST, REQUESTER, returnedPurchase } from './resubmitting.ts';

describe('what does not count', () => {
  it('is refused by name, recorded and answered where it was sent, and changes nothing', async () => {
    const { world, event, send, shown, entries, signIn, processId } = await returnedPurchase();
    const told = world.told();
    const form = await shown();

    const stale = await send({ '=version': '2' }, form);
    const none = await send({ '=version': 'x', title: 'Another' }, form);
    const colleague = await signIn(COLLEAGUE);
    const token = formFields((await colleague.get('/me/absence')).text);
    const others = await colleague.post(LIST, { ...form, csrf: token.csrf ?? '', resubmit: processId });

    expect([stale.status, none.status, others.status]).toEqual([409, 409, 404]);
    expect(stale.text).toContain('It takes the place of another version than the one that stands');
    expect((await entries()).map(({ actor, facts }) => [actor.id, facts.refusal, facts.via])).toEqual([
      [REQUESTER, 'other-version', 'signed-in'],
      [REQUESTER, 'other-version', 'signed-in'],
      [COLLEAGUE, 'not-the-requester', 'signed-in'],
    ]);
    expect(world.told()).toEqual(told);
    expect((await world.head(event)).documentVersion).toBeUndefined();
  });

  it('is limited, so that nobody fills a record with it', async () => {
    const { send, shown, entries } = await returnedPurchase();
    const form = await shown();
    const statuses: number[] = [];
    for (let attempt = 0; attempt < 22; attempt += 1) {
      statuses.push((await send({ title: '' }, form)).status);
    }

    expect(statuses).toEqual([...Array(20).fill(422), 429, 429]);
    expect(await entries()).toHaveLength(20);
  });

  it('is no form of ours: without its token, without its document, or too large', async () => {
    const { send, entries } = await returnedPurchase();

    const statuses = [
      await send({ csrf: undefined }),
      await send({ '=document': undefined }),
      await send({ '=document': '[]' }),
      await send({ '=document': `${'{"a":'.repeat(40)}1${'}'.repeat(40)}` }),
      await send({ justification: 'x'.repeat(200_000) }),
      await send({ justification: 'x'.repeat(1_200_000) }),
    ].map(({ status }) => status);

    expect(statuses).toEqual([403, 403, 403, 403, 413, 413]);
    expect(await entries()).toEqual([]);
  });
});
