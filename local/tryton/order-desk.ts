/**
 * What sales, production, the warehouse and accounting do with what the company makes and sells, for demonstrations and
 * tests: each action runs as the restricted user of the person who does it, with the buttons that the person would press.
 * Quantities and prices are plain decimals, dates are `YYYY-MM-DD`.
 */
import { COMPANY_CURRENCY, COMPANY_TIME_ZONE, CUSTOMER, type UserRole } from './company-data.ts';
import { date, decimal, idOf, type TrytonAddress, type TrytonClient, type TrytonLogin, withClient } from './rpc.ts';

export interface Sold {
  readonly productCode: string;
  readonly quantity: string;
  /** Per unit, in the company's currency. */
  readonly unitPrice: string;
  /** When it is to be shipped; undefined: nothing is promised. */
  readonly promisedOn?: string;
}

export interface OrderDesk {
  /** Sales writes an offer; gives the number that it has from then on. */
  offer(sold: Sold): Promise<string>;
  /** The customer orders what was offered. */
  confirm(orderNumber: string): Promise<void>;
  /** The warehouse ships what is open of an order, or so much of it. */
  ship(orderNumber: string, quantity?: string): Promise<void>;
  /** Accounting sends the customer the invoices that Tryton has drafted for what was shipped. */
  invoice(orderNumber: string): Promise<void>;
  /** Production is to make so much of a product by a day; gives the number of the order. Its components are not reserved yet. */
  plan(productCode: string, quantity: string, plannedOn: string): Promise<string>;
  /** The shop floor takes the components and begins. */
  start(orderNumber: string): Promise<void>;
  finish(orderNumber: string): Promise<void>;
  /** Production gives up an order that was not begun. */
  giveUp(orderNumber: string): Promise<void>;
}

/** The date on the company's clocks, which Tryton dates by. */
export function companyToday(): string {
  return new Intl.DateTimeFormat('en-CA', { timeZone: COMPANY_TIME_ZONE }).format(new Date());
}

export function createOrderDesk(
  address: TrytonAddress,
  logins: Readonly<Record<UserRole, TrytonLogin>>,
  today = companyToday,
): OrderDesk {
  const as = <Result>(role: UserRole, work: (client: TrytonClient) => Promise<Result>): Promise<Result> =>
    withClient(address, logins[role], work);
  /** Looked up by sales: nobody else may see it. */
  const onSale = async (
    role: UserRole,
    orderNumber: string,
    work: (client: TrytonClient, sale: Sale) => Promise<unknown>,
  ) => {
    const sale = await as('sales', (client) => readSale(client, orderNumber));
    await as(role, async (client) => {
      await work(client, sale);
    });
  };
  const onProduction = (orderNumber: string, buttons: readonly string[]) =>
    as('production', async (client) => {
      const production = idOf(await client.one('production', [['number', '=', orderNumber]], ['id']));
      for (const button of buttons) {
        await client.press('production', button, [production]);
      }
    });
  return {
    offer: (sold) => as('sales', (client) => offer(client, sold)),
    async confirm(orderNumber) {
      await onSale('sales', orderNumber, (client, sale) => client.press('sale.sale', 'confirm', [sale.id]));
      // A worker of Tryton's does this where one runs.
      await onSale('admin', orderNumber, (client, sale) => client.press('sale.sale', 'process', [sale.id]));
    },
    ship: (orderNumber, quantity) =>
      onSale('warehouse', orderNumber, (client, sale) => ship(client, sale, quantity, today())),
    invoice: (orderNumber) => onSale('accounting', orderNumber, (client, sale) => invoice(client, sale, today())),
    plan: (productCode, quantity, plannedOn) =>
      as('production', (client) => plan(client, { productCode, quantity, plannedOn })),
    start: (orderNumber) => onProduction(orderNumber, ['assign_try', 'run']),
    finish: (orderNumber) => onProduction(orderNumber, ['do']),
    giveUp: (orderNumber) => onProduction(orderNumber, ['cancel']),
  };
}

interface Sale {
  readonly id: number;
  readonly shipments: readonly number[];
  readonly invoices: readonly number[];
}

async function readSale(client: TrytonClient, orderNumber: string): Promise<Sale> {
  const sale = await client.one('sale.sale', [['number', '=', orderNumber]], ['id', 'shipments', 'invoices']);
  const ids = (value: unknown) => (Array.isArray(value) ? value.map(Number) : []);
  return { id: idOf(sale), shipments: ids(sale.shipments), invoices: ids(sale.invoices) };
}

async function offer(client: TrytonClient, { productCode, quantity, unitPrice, promisedOn }: Sold): Promise<string> {
  const party = await client.one('party.party', [['code', '=', CUSTOMER.code]], ['id', 'addresses']);
  const product = await client.one('product.product', [['code', '=', productCode]], ['id', 'default_uom']);
  const [address] = Array.isArray(party.addresses) ? party.addresses : [];
  const line = {
    ...{ product: idOf(product), unit: product.default_uom },
    ...{ quantity: Number(quantity), unit_price: decimal(unitPrice) },
  };
  const sale = await client.create('sale.sale', {
    ...{ party: idOf(party), invoice_address: address, shipment_address: address, lines: [['create', [line]]] },
    ...(promisedOn === undefined ? {} : { shipping_date: date(promisedOn) }),
  });
  await client.press('sale.sale', 'quote', [sale]);
  const [quoted] = await client.read('sale.sale', [sale], ['number']);
  return String(quoted?.number);
}

async function ship(
  client: TrytonClient,
  { shipments }: Sale,
  quantity: string | undefined,
  today: string,
): Promise<void> {
  const [shipment] = await client.search('stock.shipment.out', [
    ['id', 'in', shipments],
    ['state', '=', 'waiting'],
  ]);
  if (shipment === undefined) throw new Error('nothing of the order is to be shipped');
  await client.write('stock.shipment.out', [shipment], { effective_date: date(today) });
  if (quantity !== undefined) {
    const [moves] = await client.read('stock.shipment.out', [shipment], ['inventory_moves']);
    const [move] = Array.isArray(moves?.inventory_moves) ? moves.inventory_moves.map(Number) : [];
    await client.write('stock.move', [Number(move)], { quantity: Number(quantity) });
  }
  for (const button of ['assign_try', 'pick', 'pack', 'do']) {
    await client.press('stock.shipment.out', button, [shipment]);
  }
}

async function invoice(client: TrytonClient, { invoices }: Sale, today: string): Promise<void> {
  const drafts = await client.search('account.invoice', [
    ['id', 'in', invoices],
    ['state', '=', 'draft'],
  ]);
  if (drafts.length === 0) throw new Error('there is nothing to invoice');
  await client.write('account.invoice', drafts, { invoice_date: date(today) });
  await client.press('account.invoice', 'post', drafts);
}

async function plan(
  client: TrytonClient,
  {
    productCode,
    quantity,
    plannedOn,
  }: { readonly productCode: string; readonly quantity: string; readonly plannedOn: string },
): Promise<string> {
  const product = await client.one('product.product', [['code', '=', productCode]], ['id', 'default_uom']);
  const link = await client.one('product.product-production.bom', [['product', '=', idOf(product)]], ['bom']);
  const [warehouse] = await client.search('stock.location', [['type', '=', 'warehouse']]);
  const places = await client.read('stock.location', [Number(warehouse)], ['production_location', 'storage_location']);
  const [shop, storage] = [places[0]?.production_location, places[0]?.storage_location];
  const [company] = await client.search('company.company', []);
  // Tryton's client would fill these in as the bill says while somebody types.
  const inputs = await client.searchRead(
    'production.bom.input',
    [['bom', '=', link.bom]],
    ['product', 'quantity', 'unit'],
  );
  const taken = inputs.map((input) => ({
    ...{ product: input.product, unit: input.unit, quantity: Number(input.quantity) * Number(quantity) },
    ...{ from_location: storage, to_location: shop, company },
  }));
  const made = {
    ...{ product: idOf(product), unit: product.default_uom, quantity: Number(quantity), company },
    ...{ from_location: shop, to_location: storage, unit_price: decimal('0'), currency: await currencyOf(client) },
  };
  const production = await client.create('production', {
    ...{ product: idOf(product), bom: link.bom, quantity: Number(quantity), unit: product.default_uom },
    ...{ warehouse, location: shop, planned_date: date(plannedOn), planned_start_date: date(plannedOn) },
    ...{ inputs: [['create', taken]], outputs: [['create', [made]]] },
  });
  await client.press('production', 'wait', [production]);
  const [row] = await client.read('production', [production], ['number']);
  return String(row?.number);
}

async function currencyOf(client: TrytonClient): Promise<number> {
  return idOf(await client.one('currency.currency', [['code', '=', COMPANY_CURRENCY]], ['id']));
}
