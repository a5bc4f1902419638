/** A requester changes what came back to them on a page, and sends it as the next version: by the rules of the OA and the API. */
import { describe, expect, it } from 'vitest';
import { requisitionEvent } from '../../support/purchase-company.ts';
import { PurchaseWorld } from '../../support/purchase-world.ts';
import { formFields } from '../../support/shown-form.ts';
import { before, COLLEAGUE, LIST, REQUESTER, returnedPurchase } from './resubmitting.ts';

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
