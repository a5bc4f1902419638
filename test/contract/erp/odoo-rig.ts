/** The rig on the replay server of Odoo 19, with the company of the other rigs in it. */
import { createCommandClaims } from '../../../functions/connectors/erp/claims.ts';
import { createOdooErp } from '../../../functions/connectors/erp/odoo/odoo-erp.ts';
import type { ErpPort } from '../../../functions/connectors/erp/port.ts';
import { divide } from '../../../functions/money/money.ts';
import type { Clock } from '../../../functions/runtime/ambient.ts';
import { COMPANY_CURRENCY, CURRENCIES, PRODUCTS, SUPPLIERS } from '../../../local/tryton/company-data.ts';
import { MemoryStore } from '../../support/memory-store.ts';
import type { Purchasing } from '../../support/odoo/purchasing.ts';
import type { Records, Row } from '../../support/odoo/records.ts';
import { API_KEY, DATABASE, OdooReplay } from '../../support/odoo/server.ts';
import type { ByProduct, ErpRig, InvoicePaper } from './rig.ts';

export interface OdooRig extends ErpRig {
  readonly replay: OdooReplay;
  /** An adapter of a time at which all claims have run out. */
  later(): ErpPort;
  /** An adapter with another key. */
  adapter(terms?: { readonly apiKey?: string }): ErpPort;
}

export async function openOdooRig(): Promise<OdooRig> {
  const replay = new OdooReplay();
  await replay.start();
  const { purchasing } = replay;
  const { records } = purchasing;
  seed(purchasing);
  const store = new MemoryStore();
  const clock = { now: () => new Date() };
  const anHourLater = { now: () => new Date(Date.now() + 3_600_000) };
  const adapterAt = (at: Clock, apiKey: string) =>
    createOdooErp({
      credentials: async () => ({ url: `${replay.url}/`, database: DATABASE, apiKey }),
      claims: createCommandClaims(store, at),
      clock: at,
    });
  const adapter: OdooRig['adapter'] = ({ apiKey = API_KEY } = {}) => adapterAt(clock, apiKey);
  /** People's own calls, which are among the recorded ones. */
  const press = async (path: string, args: object): Promise<unknown> => {
    const response = await fetch(`${replay.url}/json/2/${path}`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        authorization: `bearer ${API_KEY}`,
        'x-odoo-database': DATABASE,
      },
      body: JSON.stringify(args),
    });
    const answer = await response.json();
    if (response.status !== 200) {
      throw new Error(JSON.stringify(answer));
    }
    return answer;
  };
  const orderOf = (name: string) => demanded(records.search('purchase.order', [['name', '=', name]]));

  return {
    replay,
    erp: adapter(),
    another: () => adapter(),
    adapter,
    later: () => adapterAt(anHourLater, API_KEY),
    clerks: {
      receiveGoods: async (orderNumber, quantities) => {
        const [picking = 0] = orderOf(orderNumber).picking_ids as readonly number[];
        for (const move of records.search('stock.move', [['picking_id', '=', picking]])) {
          const quantity = figureOf(quantities, productOf(records, move));
          if (quantities === undefined || quantity !== undefined) {
            const asked = Number(quantity ?? move.product_uom_qty);
            await press('stock.move/write', { ids: [move.id], vals: { quantity: asked, picked: true } });
          }
        }
        await press('stock.picking/button_validate', { ids: [picking], context: { skip_backorder: true } });
      },
      enterInvoice: async (orderNumber, paper) => {
        const { res_id } = (await press('purchase.order/action_create_invoice', {
          ids: [orderOf(orderNumber).id],
        })) as {
          res_id: number;
        };
        const vals = { invoice_date: new Date().toISOString().slice(0, 10), ref: paper.reference };
        await press('account.move/write', { ids: [res_id], vals });
        typeIn(purchasing, res_id, paper);
        return String(res_id);
      },
      correctInvoice: async (invoiceId, paper) => typeIn(purchasing, Number(invoiceId), paper),
      confirmPayment: async (payment) => {
        records.change('account.payment', Number(payment), { is_matched: true });
      },
      failPayment: async (payment) => purchasing.cancelPayment(Number(payment)),
      cancelOrder: async (orderNumber) => {
        await press('purchase.order/button_cancel', { ids: [orderOf(orderNumber).id] });
      },
    },
    ordersWith: async (key) => Number(await press('purchase.order/search_count', { domain: [['origin', '=', key]] })),
    paymentsWith: async (key) => records.search('account.payment', [['memo', '=', key]]).length,
    linksOf: async (orderNumber) =>
      records.search('ir.attachment', [['res_id', '=', orderOf(orderNumber).id]]).map(({ url }) => String(url)),
    close: async () => {
      await replay.stop();
    },
  };
}

function seed(purchasing: Purchasing): void {
  const { records } = purchasing;
  const idOf = new Map<string, number>();
  const add = (model: string, name: string, values: object = {}) => {
    const { id } = records.add(model, { name, ...values });
    idOf.set(name, id);
    return id;
  };
  for (const { code, rate } of CURRENCIES) {
    const currency_id = add('res.currency', code);
    const own = CURRENCIES.find((other) => other.code === COMPANY_CURRENCY)?.rate;
    if (rate !== undefined && own !== undefined && code !== COMPANY_CURRENCY) {
      const inverse_company_rate = Number(divide(own, rate, 6));
      add('res.currency.rate', '2020-01-01', { currency_id, inverse_company_rate });
    }
  }
  const company = add('res.company', 'Lingnan Precision', { currency_id: idOf.get(COMPANY_CURRENCY) });
  add('stock.location', 'Vendors', { usage: 'supplier' });
  records.nextId('res.users', 2);
  add('res.users', 'Meridian', { company_id: company, company_ids: [company] });
  for (const { code, name } of SUPPLIERS) {
    idOf.set(code, add('res.partner', name, { ref: code }));
  }
  for (const { code, name, unit, supplier, price, onHand, category } of PRODUCTS) {
    const uom_id = idOf.get(unit) ?? add('uom.uom', unit);
    const categ_id =
      category === undefined
        ? false
        : (idOf.get(category) ?? add('product.category', category, { complete_name: category }));
    const currency = SUPPLIERS.find((candidate) => candidate.code === supplier)?.currency ?? COMPANY_CURRENCY;
    const seller = { partner_id: idOf.get(supplier ?? ''), price: Number(price), currency_id: idOf.get(currency) };
    const values = { name, default_code: code, uom_id, categ_id, qty_available: onHand };
    purchasing.createProduct({ ...values, seller_ids: supplier === undefined ? [] : [[0, 0, seller]] }, '0');
  }
}

/** What the accounting clerk types into the lines of a bill; a charge is typed anew. */
function typeIn(purchasing: Purchasing, id: number, { prices, quantities, charge }: InvoicePaper): void {
  const { records } = purchasing;
  const bill = records.get('account.move', id);
  const lines = (bill.invoice_line_ids as readonly number[]).map((line) => records.get('account.move.line', line));
  const ordered = lines.filter(({ purchase_line_id }) => purchase_line_id !== false);
  records.change('account.move', id, { invoice_line_ids: [] });
  for (const line of ordered) {
    const orderLine = records.get('purchase.order.line', Number(line.purchase_line_id));
    const product = productOf(records, orderLine);
    records.change('account.move.line', line.id, { move_id: false, purchase_line_id: false });
    purchasing.addBillLine(bill, {
      ...{ purchase_line_id: orderLine.id, name: line.name, line: orderLine },
      quantity: figureOf(quantities, product) ?? String(line.quantity),
      price: figureOf(prices, product) ?? String(line.price_unit),
    });
  }
  if (charge !== undefined) {
    purchasing.addBillLine(bill, { name: charge.description, quantity: '1', price: charge.amount });
  }
}

function productOf(records: Records, { product_id }: Row): string {
  return String(records.get('product.product', Number(product_id)).default_code);
}

function figureOf(figures: ByProduct | undefined, product: string): string | undefined {
  return figures?.[product];
}

function demanded(rows: readonly Row[]): Row {
  const [row] = rows;
  if (row === undefined) {
    throw new Error('Odoo has no such record');
  }
  return row;
}
