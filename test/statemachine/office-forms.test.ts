/** Office requests and the versions of their forms. */
import { describe, expect, it } from 'vitest';
import { handInOffice } from '../support/office-end.ts';
import { HEAD, OfficeWorld, officeEvent, sealUse } from '../support/office-world.ts';

const event = officeEvent();
const GENERAL_MANAGER = 'E-0002';

function numbersGiven(world: OfficeWorld): readonly unknown[] {
  return world.notices.flatMap(({ facts }) => facts.number ?? []);
}

describe('an office request that is changed after a level has decided', () => {
  /** The head of the department keeps their word, and somebody decides after them. */
  async function returned(): Promise<OfficeWorld> {
    const world = new OfficeWorld();
    const [first, ...others] = sealUse().route.rows;
    const manager = { ...first, level: 'General manager', approver: 'post:general-manager' };
    await world.publish(
      sealUse({ route: { rows: [{ ...first, afterChange: 'keep if not dearer' }, manager, ...others] } }),
    );
    await world.submit(event);
    await world.approve();
    await world.returnIt(GENERAL_MANAGER, 'Three copies, please');
    return world;
  }
  const changed = (fields: object) => ({ changes: { fields: { ...event.request.fields, ...fields } } });

  it('in what the route does not look at, is asked of those who have not decided', async () => {
    const world = await returned();
    await world.resubmit(event, changed({ copies: 3 }));
    await world.decide(GENERAL_MANAGER, 'approve');

    await handInOffice(world, event, {
      record: 'approve return approve approved',
      oa: 'accepted returned accepted approved',
    });
  });

  it('in what the route looks at, is asked of everybody again', async () => {
    const world = await returned();
    await world.resubmit(event, changed({ seal: 'contract' }));

    expect(await world.lastAsked()).toBe(HEAD);
    await handInOffice(world, event, {
      record: 'approve return (Office approval)',
      oa: 'accepted returned accepted',
    });
  });
});

describe('versions of a form', () => {
  it('count for what is filed from then on: what was filed before is checked, routed and numbered by its own', async () => {
    // Prepare
    const world = new OfficeWorld();
    await world.submit(event);
    await world.returnIt(HEAD, 'Please say why');
    await world.advance(1);
    const { route } = sealUse();
    const rows = [{ ...route.rows[0], level: 'General manager', approver: 'post:general-manager', decidedBy: 'link' }];
    await world.publish(sealUse({ number: 'ZHANG-{year}-{seq:3}', route: { rows } }), { replaces: 1 });
    await world.advance(1);

    // Act
    await world.resubmit(event);
    await world.approve();
    const after = officeEvent({ requestId: 'OF-2' });
    await world.submit(after);
    await world.decide(GENERAL_MANAGER, 'approve');

    // Assess
    expect(numbersGiven(world)).toEqual(['SEAL-2026-0001', 'ZHANG-2026-002']);
    expect((await world.head(after)).state.form).toEqual({ id: 'seal-use', version: 2 });
    await handInOffice(world, event, {
      record: 'return approve approved',
      oa: expect.stringContaining('returned'),
    });
  });

  it('that are not the one that counts are not accepted: the requester is told which is', async () => {
    const world = new OfficeWorld();
    const old = officeEvent({ request: { formVersion: 7 } });
    await world.submit(old);

    expect(world.notices.at(-1)?.text.en).toContain('It is of version 1 of the form "seal-use"');
    await world.resubmit(old, { changes: { formVersion: 1 } });
    await world.approve();

    await handInOffice(world, old, { record: 'approve approved', oa: 'returned accepted approved' });
  });

  it('that take a form out of use leave what was filed before as it is', async () => {
    const world = new OfficeWorld();
    await world.submit(event);
    await world.advance(1);
    await world.publish(sealUse({ retired: true }), { replaces: 1 });
    await world.advance(1);
    await world.submit(officeEvent({ requestId: 'OF-2' }));

    await world.approve();

    expect(world.notices.find(({ oa }) => oa.requestId === 'OF-2')?.text.en).toContain('has no form "seal-use" in use');
    await handInOffice(world, event, { record: 'approve approved', oa: expect.stringContaining('approved') });
  });

  it('make a form that nobody has deployed a process of its own kind of document', async () => {
    // Prepare
    const world = new OfficeWorld();
    await world.publish({
      id: 'parking',
      name: { en: 'Parking space', zh: '车位申请' },
      number: 'P{year}/{seq}',
      schema: {
        type: 'object',
        additionalProperties: false,
        required: ['plate', 'chosen'],
        properties: {
          plate: { type: 'string', 'x-label': { en: 'Plate', zh: '车牌' }, minLength: 1, maxLength: 10 },
          chosen: { type: 'string', 'x-label': { en: 'Decided by', zh: '审批人' }, minLength: 1, maxLength: 20 },
        },
      },
      route: {
        rows: [
          {
            level: 'Whoever was chosen',
            approver: 'field:chosen',
            remindAfterHours: 8,
            escalateAfterHours: 16,
            expireAfterHours: 40,
          },
        ],
      },
    });
    const parking = officeEvent({ request: { form: 'parking', fields: { plate: '苏E 12345', chosen: HEAD } } });

    // Act
    await world.submit(parking);
    await world.approve();

    // Assess
    expect(numbersGiven(world)).toEqual(['P2026/1']);
    await handInOffice(world, parking, { record: 'approve approved', oa: 'accepted approved' });
  });

  it('that ask for somebody who cannot decide send the request back', async () => {
    const world = new OfficeWorld();
    const rows = [{ ...sealUse().route.rows[0], approver: 'choice:reviewer' }];
    await world.publish(sealUse({ route: { rows } }));
    const own = officeEvent({ request: { approvers: { reviewer: 'E-1001' } } });
    await world.submit(own);

    await world.resubmit(own, { changes: { approvers: { reviewer: HEAD } } });
    await world.approve();

    await handInOffice(world, own, { record: 'approve approved', oa: 'returned accepted approved' });
  });
});
