import { describe, expect, it } from 'vitest';
import { rerouteTasks } from '../../functions/approvals/re-route-tasks.ts';
import { createFileDirectory } from '../../functions/directory/file-directory.ts';
import { handInOffice } from '../support/office-end.ts';
import { HEAD, OfficeWorld, officeEvent } from '../support/office-world.ts';
import { companyPolicies, directoryData } from '../support/purchase-company.ts';

const event = officeEvent();
const OTHER_HEAD = 'E-3002';

async function approved(world = new OfficeWorld(), filed = event): Promise<OfficeWorld> {
  await world.submit(filed);
  await world.approve();
  return world;
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
