import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { formVersions } from '../../../functions/office/form-versions.ts';
import { openAdministration } from './open-administration.ts';

const ADMINISTRATOR = 'E-0002';
const FORMS = '/admin/forms';
const SHIPPED = readFileSync(join(import.meta.dirname, '../../../rules/forms/seal-use.json'), 'utf8');

/** The form of a company that Meridian knows nothing about. */
function parking(changes: object = {}): string {
  return JSON.stringify({
    id: 'parking',
    name: { en: 'Parking space', zh: '车位申请' },
    number: 'P-{year}-{seq:3}',
    schema: {
      type: 'object',
      additionalProperties: false,
      required: ['plate', 'months'],
      properties: {
        plate: { type: 'string', 'x-label': { en: 'Plate', zh: '车牌' }, minLength: 1, maxLength: 10 },
        months: { type: 'integer', 'x-label': { en: 'Months', zh: '月数' }, minimum: 1, maximum: 24 },
        guests: {
          type: 'array',
          'x-label': { en: 'Guests', zh: '访客' },
          maxItems: 5,
          items: {
            type: 'object',
            additionalProperties: false,
            properties: { name: { type: 'string', 'x-label': { en: 'Name', zh: '姓名' }, maxLength: 50 } },
          },
        },
      },
    },
    route: {
      rows: [
        { level: 'Manager', approver: 'manager', ...HOURS },
        { when: { months: '> 12' }, level: 'General manager', approver: 'post:general-manager', ...HOURS },
      ],
    },
    ...changes,
  });
}

const HOURS = { remindAfterHours: 8, escalateAfterHours: 16, expireAfterHours: 40 };

async function opened() {
  const { signIn, world, deps } = await openAdministration();
  const { get, post, csrf } = await signIn(ADMINISTRATOR);
  const send = (fields: object) =>
    post(`${FORMS}?lang=en`, [
      ['csrf', csrf],
      ...Object.entries(fields).map(([name, value]) => [name, `${value}`] as const),
    ]);
  const preview = (json: string, more: object = {}) => send({ step: 'preview', json, ...more });
  const publish = (json: string, more: object = {}) =>
    send({ step: 'publish', json, replaces: 0, reason: 'Asked for', ...more });
  return { get, send, preview, publish, world, deps, signIn };
}

describe('the page of forms', () => {
  it('lists the forms that come with Meridian, each with its history', async () => {
    const { get, world } = await opened();
    const commits = world.store.commits;

    const list = (await get(`${FORMS}?lang=en`)).text;
    const one = (await get(`${FORMS}?form=seal-use&lang=en`)).text;

    expect(list.match(/version 1/g)).toHaveLength(4);
    expect(one).toContain('SEAL-{year}-{seq:4}');
    expect(one).toContain('it came with Meridian');
    expect(one).toContain('If seal &quot;contract&quot;, &quot;finance&quot;');
    expect((await get(`${FORMS}?form=helicopter`)).status).toBe(404);
    expect(world.store.commits).toBe(commits);
  });

  it('shows a new form as people fill it in, with its route, and publishes nothing by that', async () => {
    const { preview, world } = await opened();
    const commits = world.store.commits;

    const { status, text } = await preview(parking());

    expect(status).toBe(200);
    expect(text).toContain('<label for="field.plate">Plate</label>');
    expect(text).toMatch(/<input id="field\.months" name="field\.months" required="" inputmode="decimal"/);
    expect(text).toContain('Guests');
    expect(text).toContain('If months &gt; 12');
    expect(text).toMatch(/Rows that can fire together.*<li>1, 2<\/li>/s);
    expect(world.store.commits).toBe(commits);
  });

  it('says by path what is wrong with a form, and by cell what is wrong with its route', async () => {
    const { preview } = await opened();
    const rows = (approver: string, months: string) => ({
      route: { rows: [{ when: { months }, level: 'Manager', approver, ...HOURS }] },
    });

    const shape = (await preview(parking({ number: 'P-1', colour: 'red' }))).text;
    const gap = (await preview(parking(rows('manager', '> 12')))).text;
    const cell = (await preview(parking(rows('manager', '> 1,000')))).text;
    const post = (await preview(parking(rows('post:astronaut', '-')))).text;

    expect(shape).toMatch(/<code>number<\/code>: must have \{year\}/);
    expect(shape).toMatch(/<code>\(whole\)<\/code>: Unrecognized key: &quot;colour&quot;/);
    expect(gap).toContain('parking, route</code>: no row answers months');
    expect(cell).toContain('<code>parking, route, row 1, column &quot;months&quot;</code>: 1,000 groups digits');
    expect(post).toContain('the company has no post astronaut');
    expect((await preview('{')).text).toContain('is not JSON');
  });

  it('says who would decide about an example and why, or what is wrong with it', async () => {
    const { preview } = await opened();
    const example = {
      requester: 'E-1001',
      'field.plate': 'E 12345',
      'field.months': 24,
      'field.guests.0.name': 'Wang',
    };

    const asked = (await preview(parking(), example)).text;
    const wrong = (await preview(parking(), { ...example, 'field.months': 48, requester: 'nobody' })).text;

    expect(asked).toContain('Who is asked');
    expect(asked).toContain('By rows 1, 2 of forms/parking/0');
    expect(asked).toContain('value="Wang"');
    expect(wrong).toContain('Months: must be at most 24.');
    expect(wrong).toContain('That is not exactly one active colleague.');
  });

  it('publishes what was shown, says so in the record with the reason beside it, and shows who did it', async () => {
    const { publish, world, get } = await opened();

    expect((await publish(parking())).status).toBe(200);

    const [version] = await formVersions(world.store, 'parking');
    expect(version).toMatchObject({ version: 1, publishedBy: ADMINISTRATOR, reason: 'Asked for' });
    const entry = (await world.store.readRecord('forms')).at(-1);
    expect(entry).toMatchObject({
      type: 'FormPublished',
      actor: { kind: 'person', id: ADMINISTRATOR },
      facts: { form: 'parking', version: 1, digest: version?.digest },
    });
    expect(JSON.stringify(entry)).not.toContain('Asked for');
    expect((await get(`${FORMS}?form=parking&lang=en`)).text).toContain(`Published by: ${ADMINISTRATOR}`);
  });

  it('refuses to publish over a version that the administrator has not seen, and records it', async () => {
    const { publish, world } = await opened();
    await publish(parking());
    const longer = parking({ name: { en: 'Parking', zh: '停车' } });
    await publish(longer, { replaces: 1 });

    const stale = await publish(parking(), { replaces: 1 });

    expect(stale.status).toBe(400);
    expect(stale.text).toContain('Another version was published meanwhile.');
    expect((await formVersions(world.store, 'parking')).map(({ version }) => version)).toEqual([1, 2]);
    expect((await world.store.readRecord('administration')).at(-1)?.facts).toMatchObject({
      action: 'publish-form',
      refusal: 'form-changed',
    });
  });

  it.each([
    ['says the same as the version that counts', SHIPPED, { replaces: 1 }, 'says the same already'],
    ['gives the numbers of another form', parking({ number: 'SEAL-{year}-{seq:6}' }), {}, 'gives such numbers already'],
    ['comes without a reason', parking(), { reason: ' ' }, 'Please say why.'],
    ['is wrong', parking({ number: '' }), {}, 'It cannot be published'],
  ])('publishes nothing that %s', async (_, json, more, words) => {
    const { publish, world } = await opened();

    const { status, text } = await publish(json, more);

    expect(status).toBe(400);
    expect(text).toContain(words);
    expect(await formVersions(world.store, 'parking')).toEqual([]);
    const seals = await formVersions(world.store, 'seal-use');
    expect(seals.filter(({ publishedBy }) => publishedBy !== '')).toEqual([]);
  });

  it('takes nothing from anybody who is no administrator', async () => {
    const { signIn, world } = await opened();
    const { get, post, csrf } = await signIn('E-2001', ['operator', 'auditor']);

    expect((await get(FORMS)).status).toBe(403);
    const sent = [
      ['csrf', csrf],
      ['step', 'publish'],
      ['json', parking()],
    ] as const;
    expect((await post(FORMS, sent)).status).toBe(403);
    expect(await formVersions(world.store, 'parking')).toEqual([]);
  });

  it('takes nothing without the token of the session', async () => {
    const { signIn, world } = await opened();
    const { post } = await signIn(ADMINISTRATOR);

    const sent = [
      ['step', 'publish'],
      ['json', parking()],
    ] as const;
    expect((await post(FORMS, sent)).status).toBe(403);
    expect(await formVersions(world.store, 'parking')).toEqual([]);
  });

  it('shows which requests go another way by a new version', async () => {
    const { preview } = await opened();
    const changed = SHIPPED.replace('post:finance-director', 'post:general-manager');

    const { text } = await preview(changed);

    expect(text).toMatch(/Requests that go another way.*seal &quot;contract&quot;/s);
  });
});
