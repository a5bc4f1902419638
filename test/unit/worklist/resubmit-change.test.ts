/** An engineering change that came back, on the page of its requester. */
import { describe, expect, it } from 'vitest';
import { ChangeWorld, changeEvent, DEPARTMENTS } from '../../support/change-world.ts';
import { formFields } from '../../support/shown-form.ts';
import { before, LIST, REQUESTER } from './resubmitting.ts';

describe('an engineering change', () => {
  async function returnedChange() {
    const world = new ChangeWorld();
    const event = changeEvent({ employeeId: REQUESTER });
    await world.submit(event);
    await world.returnIt(DEPARTMENTS[0], 'The wire is too short');
    const { processId } = await world.head(event);
    return { world, event, processId, ...(await before(world, processId)) };
  }

  it('is reached from the list, and shows the whole bill as it was asked for', async () => {
    const { processId, requester, question, shown } = await returnedChange();

    const list = (await requester.get(LIST)).text;
    const { text } = await requester.get(question);

    expect(list).toContain(`href="/me/requests?resubmit=${processId}"`);
    expect(text).toContain('The wire is too short');
    expect(text).toContain('One more component');
    expect(await shown()).toMatchObject({
      title: 'Shorter leads',
      productCode: 'P-9001',
      basedOn: '',
      effectiveOn: '2026-03-01',
      reason: 'The new housing is smaller',
      'components[0].productCode': 'P-3001',
      'components[1].productCode': 'P-4001',
      'components[1].quantity': '0.2',
      'components[2].productCode': '',
    });
  });

  it('is sent with another quantity, a component less and another day, and is the next version that is decided', async () => {
    const { world, event, send } = await returnedChange();

    const { status } = await send({
      'components[1].quantity': '0.22',
      effectiveOn: '2026-03-02',
      '=remove': 'components[0]',
    });

    expect(status).toBe(200);
    const { documentVersion, phase, state } = await world.head(event);
    expect([documentVersion, phase]).toEqual([2, 'Change approval']);
    expect(state.change).toMatchObject({
      productCode: 'P-9001',
      effectiveOn: '2026-03-02',
      components: [{ productCode: 'P-4001', quantity: '0.22' }],
    });
    expect((await world.entryTypes(event)).filter((type) => /Resub/.test(type))).toEqual([
      'EngineeringChangeResubmitted',
    ]);
    expect(await world.damages(event)).toEqual([]);
  });

  it('with mistakes is not sent, and what the ERP finds later stands beside its field with what was sent', async () => {
    const { world, event, requester, question, send } = await returnedChange();

    const wrong = await send({ 'components[1].quantity': 'little', effectiveOn: '' });
    const taken = await send({ 'components[1].productCode': 'P-none' });

    expect([wrong.status, taken.status]).toEqual([422, 200]);
    expect(formFields(wrong.text)).toMatchObject({ 'components[1].quantity': 'little', effectiveOn: '' });
    expect(wrong.text.match(/ aria-invalid="true"/g)).toHaveLength(2);
    const { text } = await requester.get(question);
    expect(text).toMatch(/id="components\[1\]\.productCode-wrong"/);
    expect(formFields(text)).toMatchObject({ 'components[1].productCode': 'P-none' });
    expect((await send({ 'components[1].productCode': 'P-4001', 'components[1].quantity': '0.21' })).status).toBe(200);
    expect((await world.head(event)).documentVersion).toBe(2);
  });
});
