/** An office request that came back, on the page of its requester: by its own form. */
import { describe, expect, it } from 'vitest';
import { OfficeWorld, officeEvent, sealUse } from '../../support/office-world.ts';
import { formFields } from '../../support/shown-form.ts';
import { before, LIST } from './resubmitting.ts';

/** A list of a form, each line with a text and a whole number. */
const LIST_FIELD = {
  type: 'array',
  'x-label': { en: 'People', zh: '人员' },
  items: {
    type: 'object',
    additionalProperties: false,
    required: ['name'],
    properties: {
      name: { type: 'string', 'x-label': { en: 'Name', zh: '姓名' }, minLength: 1, maxLength: 50 },
      age: { type: 'integer', 'x-label': { en: 'Age', zh: '年龄' } },
    },
  },
};

async function returnedOffice(request: object = {}, fields: object = {}, world = new OfficeWorld()) {
  const event = officeEvent({ request, fields });
  await world.submit(event);
  const { processId } = await world.head(event);
  return { world, event, processId, ...(await before(world, processId)) };
}

describe('an office request', () => {
  it('that came back has the fields of its form, in its words, and goes on once they are right', async () => {
    const { world, event, processId, requester, question, send, shown } = await returnedOffice({}, { copies: 0 });

    const list = (await requester.get(LIST)).text;
    const { text } = await requester.get(question);
    const form = await shown();
    const { status } = await send({ 'fields.copies': '3', 'fields.seal': 'finance' }, form);

    expect(list).toContain(`href="/me/requests?resubmit=${processId}"`);
    expect(text).toMatch(/<option value="company" selected[^>]*>Company seal<\/option>/);
    expect(text).toContain('Copies: must be at least 1.');
    expect(form).toMatchObject({ title: event.request.title, 'fields.copies': '0', 'fields.seal': 'company' });
    expect(status).toBe(200);
    expect((await world.head(event)).state.request?.fields).toMatchObject({ copies: 3, seal: 'finance' });
  });

  it('says beside each field what the form finds wrong with it, with all that was written', async () => {
    const { send } = await returnedOffice({}, { copies: 0 });

    const { status, text } = await send({ 'fields.copies': 'many', 'fields.document': '' });

    expect(status).toBe(422);
    expect(formFields(text)).toMatchObject({ 'fields.copies': 'many', 'fields.document': '' });
    expect(text).toContain('Copies: must be a whole number.');
    expect(text.match(/ aria-invalid="true"/g)).toHaveLength(2);
  });

  it('with a list is changed line by line, up to as many as the form takes', async () => {
    const world = new OfficeWorld();
    const people = { ...LIST_FIELD, maxItems: 2 };
    const schema = { ...sealUse().schema, required: ['people'], properties: { people } };
    const route = { rows: sealUse().route.rows.slice(0, 1) };
    await world.publish(sealUse({ id: 'tour', number: 'TOUR-{year}-{seq:4}', schema, route }));
    const filed = [{ name: '', age: 4 }];
    const { event, shown, send } = await returnedOffice({ form: 'tour', fields: { people: filed } }, {}, world);
    const form = await shown();

    await send({ 'fields.people[0].name': 'Li Na', 'fields.people[1].name': 'Bo', 'fields.people[1].age': '7' }, form);

    expect(form).toMatchObject({ 'fields.people[0].age': '4', 'fields.people[1].name': '' });
    expect(Object.keys(form).some((name) => name.startsWith('fields.people[2]'))).toBe(false);
    expect((await world.head(event)).state.request?.fields.people).toEqual([
      { age: 4, name: 'Li Na' },
      { name: 'Bo', age: 7 },
    ]);
  });

  it('of a form that the company does not have has no page, and is changed in the OA', async () => {
    const { requester, question, processId } = await returnedOffice({ form: 'nonsense' });

    expect((await requester.get(question)).status).toBe(404);
    expect((await requester.get(LIST)).text).not.toContain(`?resubmit=${processId}`);
  });
});
