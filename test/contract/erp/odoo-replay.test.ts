/** The replay server of Odoo: that it answers as the real one did, and takes nothing that was not recorded. */
import { afterEach, describe, expect, it, vi } from 'vitest';
import { ASSUMED, type Exchange, RECORDED } from '../../support/odoo/exchanges.ts';
import { API_KEY, DATABASE, OdooReplay } from '../../support/odoo/server.ts';

const servers: OdooReplay[] = [];

afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.stop()));
});

/** An Odoo in which the next records have the identifiers of the recordings. */
async function openReplay(): Promise<OdooReplay> {
  const replay = new OdooReplay();
  servers.push(replay);
  await replay.start();
  const { records } = replay.purchasing;
  records.add('res.currency', { name: 'CNY' });
  records.add('stock.location', { name: 'Vendors', usage: 'supplier' });
  const begin = {
    ...{ 'res.partner': 9, 'product.product': 10, 'purchase.order': 31, 'stock.picking': 3, 'stock.move': 4 },
    ...{ 'account.move': 7, 'account.payment.register': 2, 'account.payment': 2 },
  };
  for (const [model, id] of Object.entries(begin)) {
    records.nextId(model, id);
  }
  Object.assign(replay.purchasing, { nextOrder: 19, nextBill: 3 });
  return replay;
}

async function ask(replay: OdooReplay, path: string, body: unknown, headers: Readonly<Record<string, string>> = {}) {
  const response = await fetch(`${replay.url}${path}`, {
    method: 'POST',
    headers: {
      ...{ 'content-type': 'application/json', authorization: `bearer ${API_KEY}`, 'x-odoo-database': DATABASE },
      ...headers,
    },
    body: JSON.stringify(body),
  });
  return { status: response.status, response: withoutTimes(await response.json()) };
}

/** The time of a change is that of the play. */
function withoutTimes(answer: unknown): unknown {
  return JSON.parse(JSON.stringify(answer), (key, value) => (key === 'write_date' ? 'some time' : value));
}

/** Exchanges one after another; those that raced for one external id together. */
function turns(exchanges: readonly Exchange[]): readonly (readonly Exchange[])[] {
  const all: Exchange[][] = [];
  for (const exchange of exchanges) {
    const isRacer = (exchange.response as { ids?: unknown } | null)?.ids === false;
    const last = all.at(-1);
    if (isRacer && last !== undefined) {
      last.push(exchange);
    } else {
      all.push([exchange]);
    }
  }
  return all;
}

/** The first of them begins first, and ends when all have begun. */
async function together(replay: OdooReplay, turn: readonly Exchange[], headers: Readonly<Record<string, string>>) {
  let end = () => {};
  replay.loadsEnd = new Promise((resolve) => {
    end = resolve;
  });
  const before = replay.calls.length;
  const asked: Promise<unknown>[] = [];
  for (const [index, { path, request }] of turn.entries()) {
    asked.push(ask(replay, path, request, headers));
    await vi.waitFor(() => expect(replay.calls.length).toBe(before + index + 1));
  }
  end();
  return Promise.all(asked);
}

describe('the replay server', () => {
  it('answers every recorded call, in the order of the recordings, as the real Odoo did', async () => {
    // Prepare
    const replay = await openReplay();
    const { records } = replay.purchasing;
    const answers: unknown[] = [];

    // Act
    for (const turn of turns(RECORDED)) {
      if (turn[0]?.path.endsWith('purchase.order/load') && records.find('purchase.order', 33) === undefined) {
        // Between the recordings of the order and of the loads other orders were made.
        records.nextId('purchase.order', 33);
        records.nextId('purchase.order.line', 48);
      } else if (JSON.stringify(turn).includes('_race') && records.find('purchase.order', 35) === undefined) {
        records.nextId('purchase.order', 35);
      }
      const key: Readonly<Record<string, string>> = turn[0]?.status === 401 ? { authorization: 'bearer another' } : {};
      answers.push(...(await together(replay, turn, key)));
    }

    // Assess
    const expected = RECORDED.map(({ status, response }) => ({ status, response: withoutTimes(response) }));
    expect(answers).toEqual(expected);
    expect(replay.strays).toEqual([]);
  });

  const READ = { ids: [31], fields: ['picking_ids', 'receipt_status', 'invoice_status'] };
  const LOAD = RECORDED.find(({ path }) => path === '/json/2/purchase.order/load')?.request ?? {};
  const [ROW = []] = LOAD.data as unknown[][];
  it.each<[string, string, unknown, RegExp]>([
    ['a method that nobody called', 'purchase.order/unlink', { ids: [31] }, /nothing was recorded of .*unlink/],
    [
      'another field',
      'purchase.order/read',
      { ...READ, fields: ['picking_ids', 'amount', 'x'] },
      /\.fields\[1\] is "am/,
    ],
    ['a field less', 'purchase.order/read', { ...READ, fields: ['invoice_ids', 'name'] }, /\.fields has 2 entries/],
    ['an argument more', 'purchase.order/read', { ...READ, load: 'raw' }, /the body has load/],
    ['an argument less', 'purchase.order/button_confirm', {}, /the body lacks ids/],
    ['no record', 'purchase.order/button_confirm', { ids: [] }, /\.ids has 0 entries/],
    ['a number as text', 'purchase.order/button_confirm', { ids: ['31'] }, /\.ids\[0\] is "31"/],
    [
      'another operator',
      'purchase.order/search_count',
      { domain: [['origin', 'ilike', 'x']] },
      /\.domain\[0\] is origin ilike in place of origin =/,
    ],
    [
      'another value of what is no variable',
      'account.payment.register/action_create_payments',
      { ids: [2], context: { active_model: 'sale.order', active_ids: [7] } },
      /active_model is "sale\.order" in place of "account\.move"/,
    ],
    [
      'a date in another form',
      'account.move/write',
      { ids: [7], vals: { invoice_date: '25.11.2026', ref: 'X' } },
      /invoice_date is "25\.11\.2026"/,
    ],
    ['a row that is too short', 'purchase.order/load', { ...LOAD, data: [ROW.slice(1)] }, /does not fill its columns/],
    [
      'a price as text',
      'purchase.order/load',
      { ...LOAD, data: [[...ROW.slice(0, -1), '5']] },
      /\.data\[0\]\[5\] is "5" in place of 5/,
    ],
  ])('refuses %s, and says what comes nearest to it', async (_what, method, body, message) => {
    const replay = await openReplay();

    const { status, response } = await ask(replay, `/json/2/${method}`, body);

    expect(status).toBe(400);
    expect(response).toMatchObject({ name: 'replay.Stray', message: expect.stringMatching(message) });
    expect(replay.strays).toEqual([expect.stringMatching(message)]);
  });

  it.each([
    ['the database', { 'x-odoo-database': 'another' }],
    ['the type of the body', { 'content-type': 'text/plain' }],
  ])('refuses a call whose headers do not name %s', async (_what, headers) => {
    const replay = await openReplay();

    const { status } = await ask(replay, '/json/2/purchase.order/button_confirm', { ids: [31] }, headers);

    expect(status).toBe(400);
    expect(replay.strays).toEqual([expect.stringContaining('without the headers')]);
  });
});

describe('what is assumed of Odoo', () => {
  it('names the source of each exchange, and is no exchange that was recorded', () => {
    const recorded = new Set(RECORDED.map(({ path, request }) => `${path} ${JSON.stringify(request)}`));

    expect(ASSUMED.filter(({ source }) => !/^(addons|odoo)\/.*\.py/.test(source ?? ''))).toEqual([]);
    expect(ASSUMED.filter(({ path, request }) => recorded.has(`${path} ${JSON.stringify(request)}`))).toEqual([]);
  });

  it('calls by the methods that were recorded of some model, but for two', () => {
    const methodOf = ({ path }: Exchange) => path.split('/').at(-1) ?? '';
    const recorded = new Set(RECORDED.map(methodOf));

    const others = new Set(ASSUMED.map(methodOf).filter((method) => !recorded.has(method)));

    expect(others).toEqual(new Set(['context_get', 'button_cancel']));
  });
});
