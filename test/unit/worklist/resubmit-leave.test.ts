/** A request for leave that came back, on the page of its requester. */
import { describe, expect, it } from 'vitest';
import { LeaveWorld, leaveEvent } from '../../support/leave-world.ts';
import { before, COLLEAGUE, MANAGER, REQUESTER } from './resubmitting.ts';

describe('a request for leave', () => {
  it('is sent with other days and a substitute, whom the directory must know', async () => {
    const world = new LeaveWorld();
    const event = leaveEvent({ leave: { startsAtNoon: true } });
    await world.submit(event);
    await world.returnIt(MANAGER, 'Not on Monday');
    const { send, shown } = await before(world, (await world.head(event)).processId);
    const form = await shown();
    expect(form).toMatchObject({ from: '2026-03-06', to: '2026-03-09', startsAtNoon: 'yes' });

    const wrong = await send({ substituteId: REQUESTER, to: '' }, form);
    const nobody = await send({ substituteId: REQUESTER }, form);
    const right = await send({ substituteId: COLLEAGUE, to: '2026-03-06', startsAtNoon: undefined }, form);

    expect([wrong.status, nobody.status, right.status]).toEqual([422, 422, 200]);
    expect(nobody.text).toContain(`${REQUESTER} cannot stand in`);
    const { documentVersion, state } = await world.head(event);
    expect(documentVersion).toBe(2);
    expect(state.leave).toMatchObject({
      from: '2026-03-06',
      to: '2026-03-06',
      startsAtNoon: false,
      substituteId: COLLEAGUE,
      reason: 'The wedding of my sister',
    });
  });
});
