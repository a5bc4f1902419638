/** A requester changes what came back to them on a page, and sends it as the next version: by the rules of the OA and the API. */
import { describe, expect, it } from 'vitest';
import { ChangeWorld, changeEvent, DEPARTMENTS } from '../../support/change-world.ts';
import { claimEvent, line, receipt } from '../../support/expense-company.ts';
import { ExpenseWorld } from '../../support/expense-world.ts';
import { LeaveWorld, leaveEvent } from '../../support/leave-world.ts';
import { OfficeWorld, officeEvent, sealUse } from '../../support/office-world.ts';
import { requisitionEvent } from '../../support/purchase-company.ts';
import { PurchaseWorld } from '../../support/purchase-world.ts';
import { formFields } from '../../support/shown-form.ts';
import { pagesOver } from './open-my-pages.ts';

const REQUESTER = 'E-1001';
const COLLEAGUE = 'E-1002';
const MANAGER = 'E-2001';
const LIST = '/me/requests?lang=en';

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

type World = Pick<PurchaseWorld, 'store' | 'urgeDeps' | 'run'>;

/** The requester of what came back, with the form in front of them. */
async function before(world: World, processId: string) {
  const { signIn } = pagesOver(world);
  const requester = await signIn(REQUESTER);
  const question = `/me/requests?resubmit=${processId}&lang=en`;
  const shown = async () => formFields((await requester.get(question)).text);
  /** Undefined: as somebody who takes the tick or the field away. */
  const send = async (changes: Readonly<Record<string, string | undefined>>, from?: Record<string, string>) => {
    const entries = Object.entries({ ...(from ?? (await shown())), resubmit: processId, ...changes });
    const fields = Object.fromEntries(entries.flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])));
    const answer = await requester.post(LIST, fields);
    await world.run();
    return answer;
  };
  return { signIn, requester, question, shown, send };
}

async function returnedPurchase(changes: Parameters<typeof requisitionEvent>[0] = {}) {
  const world = new PurchaseWorld();
  const event = requisitionEvent(changes);
  await world.submit(event);
  await world.returnIt(MANAGER);
  const { processId } = await world.head(event);
  const entries = async () => (await world.record(event)).filter(({ type }) => /Resub/.test(type));
  return { world, event, processId, entries, ...(await before(world, processId)) };
}

async function claimThatChecksReturned(claim: object) {
  const world = new ExpenseWorld();
  const event = claimEvent({ claim });
  await world.submit(event);
  const { processId } = await world.head(event);
  return { world, event, processId, ...(await before(world, processId)) };
}

async function returnedOffice(request: object = {}, fields: object = {}, world = new OfficeWorld()) {
  const event = officeEvent({ request, fields });
  await world.submit(event);
  const { processId } = await world.head(event);
  return { world, event, processId, ...(await before(world, processId)) };
}

describe('the form of what came back', () => {
  it('is reached from the list, and says by whom, why and until when; looking changes nothing', async () => {
    const { world, event, processId, requester, question } = await returnedPurchase();
    const commits = world.store.commits;

    const list = (await requester.get(LIST)).text;
    const { status, text } = await requester.get(question);

    expect(list).toContain(`href="/me/requests?resubmit=${processId}"`);
    expect(status).toBe(200);
    expect(text).toContain('王强 Wang Qiang returned it');
    expect(text).toContain('Ten chairs are too many');
    expect(text).toContain('It can be sent again until');
    expect(formFields(text)).toMatchObject({
      title: event.requisition.title,
      justification: event.requisition.justification,
      'lines[0].productCode': event.requisition.lines[0]?.productCode,
      'lines[0].quantity': event.requisition.lines[0]?.quantity,
      'lines[0].unitPrice': event.requisition.lines[0]?.unitPrice,
    });
    expect(world.store.commits).toBe(commits);
  });

  it('speaks Chinese to whoever reads Chinese', async () => {
    const { requester, processId } = await returnedPurchase();

    const { text } = await requester.get(`/me/requests?resubmit=${processId}&lang=zh`);

    expect(text).toMatch(/王强 Wang Qiang 已退回.*单价.*重新提交/s);
  });

  it('is not there for what did not come back, nor for anybody else', async () => {
    const world = new PurchaseWorld();
    const event = requisitionEvent();
    await world.submit(event);
    const { processId } = await world.head(event);
    const { requester, question, signIn } = await before(world, processId);

    const asked = await requester.get(question);

    expect(asked.text).toContain('The requisition was not returned');
    expect(asked.text).not.toContain('<form');
    expect((await requester.get(LIST)).text).not.toContain('?resubmit=');
    expect((await (await signIn(COLLEAGUE)).get(question)).status).toBe(404);
    expect((await requester.get('/me/requests?resubmit=P2P-none')).status).toBe(404);
  });
});

describe('a requisition that is sent from the form', () => {
  it('is the next version, with its amounts worked out, a line less and another one more', async () => {
    const { world, event, send, entries } = await returnedPurchase();
    const [first] = event.requisition.lines;
    const added = { 'lines[2].productCode': 'P-1002', 'lines[2].quantity': '3', 'lines[2].unitPrice': '10.10' };

    const { status, text } = await send({
      title: 'Fewer chairs',
      'lines[0].quantity': '2',
      '=remove': 'lines[1]',
      ...added,
    });

    expect([status, text.includes('It was sent')]).toEqual([200, true]);
    const { documentVersion, state } = await world.head(event);
    expect(documentVersion).toBe(2);
    const unitPrice = first?.unitPrice ?? '';
    expect(state.requisition).toEqual({
      ...event.requisition,
      title: 'Fewer chairs',
      lines: [
        { ...first, quantity: '2', amount: (2 * Number(unitPrice)).toFixed(2) },
        { productCode: 'P-1002', quantity: '3', unitPrice: '10.10', amount: '30.30' },
      ],
      total: (2 * Number(unitPrice) + 30.3).toFixed(1).replace(/\.0$/, ''),
    });
    expect(await entries()).toMatchObject([
      {
        type: 'RequisitionResubmitted',
        actor: { id: REQUESTER },
        facts: { via: 'signed-in', replacesVersion: 1 },
      },
    ]);
    expect(world.told()).toEqual(['accepted', 'returned', 'accepted']);
    expect(await world.damages(event)).toEqual([]);
  });

  it('keeps what the form has no field for', async () => {
    const choices = { approvers: { reviewer: 'E-3102' }, fields: { lead: 'E-2002' } };
    const { world, event, send } = await returnedPurchase({ requisition: choices });

    await send({ 'approvers.reviewer': 'E-3101' });

    expect((await world.head(event)).state.requisition).toMatchObject({
      approvers: { reviewer: 'E-3101' },
      fields: { lead: 'E-2002' },
    });
  });

  it('that is sent twice counts once', async () => {
    const { send, shown, entries } = await returnedPurchase();
    const form = await shown();

    const answers = [await send({}, form), await send({}, form)];

    expect(answers.map(({ status }) => status)).toEqual([200, 200]);
    expect(await entries()).toHaveLength(1);
  });

  it('with mistakes is not sent: each stands beside its field with what was typed, and in the record', async () => {
    const { world, event, send, entries } = await returnedPurchase();
    const told = world.told();

    const { status, text } = await send({
      title: '',
      costCentre: 'CC-999',
      'lines[0].quantity': 'ten',
      'lines[1].unitPrice': '0',
      justification: 'They are <broken>',
    });

    expect(status).toBe(422);
    expect(formFields(text)).toMatchObject({
      title: '',
      costCentre: 'CC-999',
      'lines[0].quantity': 'ten',
      'lines[1].unitPrice': '0',
      justification: 'They are <broken>',
    });
    const beside = (field: string) =>
      text
        .slice(text.indexOf(`id="${field}-wrong"`))
        .match(/>([^<]+)</)?.[1]
        ?.trim();
    expect(beside('title')).toBe('Please fill this in.');
    expect(beside('costCentre')).toContain('CC-999 is not in the directory');
    expect(beside('lines[0].quantity')).toContain('must be a plain decimal');
    expect(beside('lines[1].unitPrice')).toContain('give the net price per unit, more than zero');
    expect(text.match(/ aria-invalid="true"/g)).toHaveLength(4);
    expect(world.told()).toEqual(told);
    expect((await world.head(event)).state.rework?.sent).toBeUndefined();
    const [entry, ...others] = await entries();
    expect(others).toEqual([]);
    expect(entry).toMatchObject({
      type: 'ResubmissionRefused',
      actor: { id: REQUESTER },
      facts: { refusal: 'incomplete', via: 'signed-in', version: 1 },
    });
    expect(JSON.stringify(entry)).toContain('requisition.lines[0].quantity');
    expect(JSON.stringify(entry)).not.toContain('broken');
    expect((await send({}, formFields(text))).status).toBe(422);
  });

  it('that the ERP finds wrong later comes back with what was sent, and the words beside the field', async () => {
    const { world, event, send, requester, question } = await returnedPurchase();

    expect((await send({ 'lines[0].productCode': 'P-none', title: 'Other chairs' })).status).toBe(200);

    expect(world.told().at(-1)).toBe('resubmission-refused');
    const { text } = await requester.get(question);
    expect(text).toContain('What you sent before was not complete');
    expect(formFields(text)).toMatchObject({ title: 'Other chairs', 'lines[0].productCode': 'P-none' });
    expect(text).toMatch(/id="lines\[0\]\.productCode-wrong"/);
    const [first] = event.requisition.lines;
    expect((await send({ 'lines[0].productCode': first?.productCode })).status).toBe(200);
    expect((await world.head(event)).documentVersion).toBe(2);
  });
});

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

describe('an expense claim', () => {
  it('that the checks returned says where it is wrong, and goes on once its total follows from its lines', async () => {
    const { world, event, requester, question, send } = await claimThatChecksReturned({ total: '181.00' });

    const { text } = await requester.get(question);
    await send({ 'lines[0].description': 'Lunch', justification: '' });

    expect(text).toContain('The checks returned it');
    expect(text).toContain('181.00, but the lines come to 180.00 CNY');
    const { phase, state } = await world.head(event);
    expect(phase).toBe('Expense approval');
    expect(state.claim).toMatchObject({ total: '180.00', justification: '', lines: [{ description: 'Lunch' }] });
  });

  it('loses a line with the receipt that proves nothing else', async () => {
    const { world, event, send } = await claimThatChecksReturned({
      lines: [line(), line({ category: 'bribes', receiptIds: ['r2'] })],
      receipts: [receipt(), receipt({ receiptId: 'r2', number: '2' })],
      total: '360.00',
    });

    await send({ '=remove': 'lines[1]' });

    expect((await world.head(event)).state.claim).toMatchObject({
      lines: [{ receiptIds: ['r1'] }],
      receipts: [{ receiptId: 'r1' }],
      total: '180.00',
    });
  });

  it('of other currencies asks for its total, and keeps what is no number for its owner to mend', async () => {
    const { requester, question, send } = await claimThatChecksReturned({
      lines: [line({ currency: 'USD' })],
      receipts: [receipt({ currency: 'USD' })],
      total: '1.00',
    });
    expect((await requester.get(question)).text).toContain('Total in CNY');

    const { status, text } = await send({ total: 'a lot', 'lines[0].units': 'two', 'lines[0].amount': '' });

    expect(status).toBe(422);
    expect(formFields(text)).toMatchObject({ total: 'a lot', 'lines[0].units': 'two', 'lines[0].amount': '' });
    expect(text.match(/ aria-invalid="true"/g)).toHaveLength(3);
  });
});

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
