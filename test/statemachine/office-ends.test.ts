import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { rerouteTasks } from '../../functions/approvals/re-route-tasks.ts';
import { createFileDirectory } from '../../functions/directory/file-directory.ts';
import { handInOffice } from '../support/office-end.ts';
import { HEAD, OfficeWorld, officeEvent } from '../support/office-world.ts';
import { companyPolicies, directoryData } from '../support/purchase-company.ts';

const event = officeEvent();
const GENERAL_MANAGER = 'E-0002';
const OTHER_HEAD = 'E-3002';

async function approved(world = new OfficeWorld(), filed = event): Promise<OfficeWorld> {
  await world.submit(filed);
  await world.approve();
  return world;
}

/** The form as it comes with Meridian, with changes. */
function sealUse(changes: object = {}) {
  const file = join(import.meta.dirname, '../../rules/forms/seal-use.json');
  return { ...JSON.parse(readFileSync(file, 'utf8')), ...changes };
}

function numbersGiven(world: OfficeWorld): readonly unknown[] {
  return world.notices.flatMap(({ facts }) => facts.number ?? []);
}

describe('an office request', () => {
  it('that is approved gets the first number of its form and year, and the OA is told', async () => {
    // Act
    const world = await approved();

    // Assess
    const last = world.notices.at(-1);
    expect(last?.facts).toMatchObject({ number: 'SEAL-2026-0001', form: 'seal-use', formVersion: 1, final: true });
    expect(last?.text.zh).toBe('申请已批准。编号：SEAL-2026-0001。');
    await handInOffice(world, event, { record: 'approve approved', oa: 'accepted approved' });
  });

  it('shows whoever decides every field in words, and keeps what is personal out of the record', async () => {
    const world = await approved();

    const [mail] = world.mails;
    expect(mail?.text).toContain('公章 / Company seal');
    expect(mail?.text).toContain('Mr Wang');
    expect(JSON.stringify(await world.record(event))).not.toContain('Mr Wang');
    expect(await world.record(event)).toContainEqual(
      expect.objectContaining({
        type: 'OfficeRequestChecked',
        facts: expect.objectContaining({
          formVersion: 1,
          fields: { seal: 'company', document: 'Lease of the north warehouse', copies: 2 },
        }),
      }),
    );
  });

  it('asks whom the route names for what was filled in, level by level', async () => {
    const contract = officeEvent({ fields: { seal: 'contract' } });
    const world = await approved(new OfficeWorld(), contract);
    expect(world.told()).toEqual(['accepted']);

    await world.decide(await world.lastAsked(), 'approve');

    const record = await world.record(contract);
    const routed = record.find(({ type }) => type === 'ApprovalRouted');
    expect(routed?.facts).toMatchObject({ ruledBy: [{ table: 'forms/seal-use/1', rows: [1, 2] }] });
    await handInOffice(world, contract, { record: 'approve approve approved', oa: 'accepted approved' });
  });

  it('about which a link alone decides nothing is refused by link, at every level', async () => {
    const world = new OfficeWorld();
    const legal = officeEvent({ fields: { seal: 'legal-representative' } });
    await world.submit(legal);

    const result = await world.decide(HEAD, 'approve');

    expect(result).toMatchObject({ kind: 'refused', refusal: 'sign-in-required' });
    await handInOffice(world, legal, { record: '(Office approval)', oa: 'accepted' });
  });

  it('that is rejected gets no number', async () => {
    const world = new OfficeWorld();
    await world.submit(event);
    await world.decide(HEAD, 'reject', 'Not without the lawyers');
    const next = officeEvent({ requestId: 'OF-2' });
    await approved(world, next);

    expect(numbersGiven(world)).toEqual(['SEAL-2026-0001']);
    await handInOffice(world, event, { record: 'reject rejected', oa: expect.stringContaining('rejected') });
  });

  it('that is withdrawn before it is decided gets no number', async () => {
    const world = new OfficeWorld();
    await world.submit(event);

    expect(await world.withdraw(event)).toBe('withdrawn');

    expect(numbersGiven(world)).toEqual([]);
    await handInOffice(world, event, { record: 'withdrawn', oa: 'accepted withdrawn' });
  });

  it('that has its number cannot be withdrawn', async () => {
    const world = await approved();

    expect(await world.withdraw(event)).toBe('refused');

    await handInOffice(world, event, { record: 'approve approved', oa: 'accepted approved withdrawal-refused' });
  });

  it('that nobody decides expires', async () => {
    const world = new OfficeWorld();
    await world.submit(event);
    await world.advance(24 * 40);

    await handInOffice(world, event, { record: 'expired', oa: 'accepted expired' });
  });

  it('of somebody who has left, or that cannot be read, is refused', async () => {
    const world = new OfficeWorld();
    const left = officeEvent({ requestId: 'OF-2', employeeId: 'E-1003' });
    const garbled = officeEvent({ request: { title: '' } });
    await world.submit(left);
    await world.submit(garbled);

    expect((await world.head(left)).outcome).toBe('refused');
    await handInOffice(world, garbled, { record: 'refused', oa: 'refused refused' });
  });

  it('in which a field is wrong goes back to its requester in the words of the form, and is approved once it is right', async () => {
    // Prepare
    const world = new OfficeWorld();
    const wrong = officeEvent({ fields: { copies: 0, seal: 'tin', colour: 'red' } });
    await world.submit(wrong);
    const [notice] = world.notices;
    expect(notice?.text.en).toContain('Copies: must be at least 1.');
    expect(notice?.text.en).toContain('Seal: must be one of Company seal, Contract seal,');
    expect(notice?.text.en).toContain('colour: is no field of the form.');
    expect(notice?.text.zh).toContain('份数：不得小于 1。');

    // Act
    await world.resubmit(wrong, { changes: { fields: officeEvent().request.fields } });
    await world.approve();

    // Assess
    await handInOffice(world, wrong, { record: 'approve approved', oa: 'returned accepted approved' });
  });

  it('of a form that the company does not have goes back, and may be of another then', async () => {
    const world = new OfficeWorld();
    const unknown = officeEvent({ request: { form: 'helicopter' } });
    await world.submit(unknown);

    await world.resubmit(unknown, { changes: { form: 'seal-use' } });
    await world.approve();

    await handInOffice(world, unknown, { record: 'approve approved', oa: 'returned accepted approved' });
  });

  it('that was returned by whoever decides is checked and decided anew', async () => {
    const world = new OfficeWorld();
    await world.submit(event);
    await world.returnIt(HEAD, 'Three copies, please');
    await world.resubmit(event, { changes: { fields: { ...event.request.fields, copies: 3 } } });
    await world.approve();

    await handInOffice(world, event, { record: 'return approve approved', oa: 'accepted returned accepted approved' });
  });

  it('waits while it is held, and gets its number once the hold is released', async () => {
    const world = new OfficeWorld();
    await world.submit(event);
    await world.hold(event);
    await world.approve();
    expect(numbersGiven(world)).toEqual([]);

    await world.release(event);

    await handInOffice(world, event, { record: 'approve approved', oa: 'accepted approved' });
  });
});

describe('an office request that is asked about', () => {
  it('follows the directory as all others do, by the route of its own version', async () => {
    // Prepare
    const world = new OfficeWorld();
    await world.submit(event);
    const departments = directoryData.departments.map((one) =>
      one.headId === HEAD ? { ...one, headId: OTHER_HEAD } : one,
    );
    const directory = createFileDirectory({ ...directoryData, departments });
    const deps = { ...world.decisionDeps(), directory, policies: companyPolicies };

    // Act
    const outcomes = await rerouteTasks(deps, { by: 'Lin', directoryVersion: 1 });
    await world.run();

    // Assess
    expect(outcomes).toMatchObject([
      { became: 'moved', from: [{ approverIds: [HEAD] }], to: [{ approverIds: [OTHER_HEAD] }] },
    ]);
    expect(await rerouteTasks(deps, { by: 'Lin', directoryVersion: 1 })).toEqual([]);
    await world.decide(OTHER_HEAD, 'approve');
    await handInOffice(world, event, { record: 'approve approved', oa: 'accepted approved' });
  });
});

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
