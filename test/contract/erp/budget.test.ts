/**
 * Budgets of cost centres: what every ERP behind the port says of them.
 * @module-tag long
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CreateOrderCommand } from '../../../functions/connectors/erp/port.ts';
import { date, decimal, idOf } from '../../../local/tryton/rpc.ts';
import { openFakeRig } from './fake-rig.ts';
import { type ErpRig, insist, newKey } from './rig.ts';
import { openTrytonRig, type TrytonRig } from './tryton-rig.ts';

const TODAY = new Date().toISOString().slice(0, 10);
const YEAR = TODAY.slice(0, 4);

describeBudgets('budgets in memory', openFakeRig);
describeBudgets('the budgets of Tryton', openTrytonRig);

function describeBudgets(name: string, open: () => Promise<ErpRig>): void {
  describe(name, () => {
    let rig: ErpRig;
    beforeAll(async () => {
      rig = await open();
    });
    afterAll(async () => {
      await rig?.close();
    });
    const order = (costCentre: string, terms: Partial<CreateOrderCommand> = {}) =>
      insist(() => rig.erp.createOrder(command(costCentre, terms)));
    /** Used and committed. */
    const charged = async (costCentre: string) => {
      const budget = await rig.erp.readBudget(costCentre, TODAY);
      return [budget?.used.amount, budget?.committed?.amount];
    };
    /** Received and invoiced; what comes back posts the invoice and asks for its payment. */
    const book = async (orderNumber: string, quantities?: Readonly<Record<string, string>>) => {
      await rig.clerks.receiveGoods(orderNumber, quantities);
      const invoiceId = await rig.clerks.enterInvoice(orderNumber, { reference: `F-${orderNumber}` });
      const invoice = (await rig.erp.readInvoices(orderNumber)).find((one) => one.invoiceId === invoiceId);
      const amount = { amount: invoice?.total ?? '', currency: invoice?.currency ?? '' };
      return () => insist(() => rig.erp.requestPayment({ key: newKey('pay'), invoiceId, amount, date: TODAY }));
    };

    it('are of the period that covers the date, in the currency of the company', async () => {
      expect(await rig.erp.readBudget('CC-200', TODAY)).toEqual({
        from: `${YEAR}-01-01`,
        to: `${YEAR}-12-31`,
        budgeted: { amount: '1500000.00', currency: 'CNY' },
        used: { amount: '0.00', currency: 'CNY' },
        committed: { amount: '0.00', currency: 'CNY' },
      });
    });

    it('end with the last day of their period', async () => {
      const next = String(Number(YEAR) + 1);

      expect(await rig.erp.readBudget('CC-200', `${YEAR}-12-31`)).toMatchObject({ from: `${YEAR}-01-01` });
      expect(await rig.erp.readBudget('CC-200', `${next}-01-01`)).toMatchObject({ from: `${next}-01-01` });
    });

    it.each([
      { what: 'a cost centre that there is not', costCentre: 'CC-999', date: TODAY },
      { what: 'no cost centre', costCentre: '', date: TODAY },
      { what: 'a cost centre without a budget', costCentre: 'CC-900', date: TODAY },
      { what: 'a year without budgets', costCentre: 'CC-200', date: '2001-06-01' },
    ])('are none of $what', async ({ costCentre, date }) => {
      expect(await rig.erp.readBudget(costCentre, date)).toBeUndefined();
    });

    it('are charged with an order from its confirmation on, and once with its invoice instead', async () => {
      // Prepare
      const { orderNumber } = await order('CC-300');
      const ordered = await charged('CC-300');

      // Act
      const pay = await book(orderNumber);
      const entered = await charged('CC-300');
      await pay();

      // Assess
      expect(ordered).toEqual(['0.00', '18600.00']);
      // Without the tax that Tryton puts on this product.
      expect(entered).toEqual(['18600.00', '0.00']);
      expect(await charged('CC-300')).toEqual(['18600.00', '0.00']);
      expect(await charged('CC-400')).toEqual(['0.00', '0.00']);
    });

    it('are charged with what is still to come of an order that came in part', async () => {
      const { orderNumber } = await order('CC-500');

      await (await book(orderNumber, { 'P-2001': '1' }))();

      expect(await charged('CC-500')).toEqual(['6200.00', '12400.00']);
    });

    it('are charged in the currency of the company, whatever that of the order', async () => {
      const lines = [{ lineNumber: 1, productCode: 'P-3001', quantity: '10', unitPrice: '45.50' }];
      const { orderNumber } = await order('CC-600', { supplierCode: 'SUP-003', currency: 'USD', lines });
      const ordered = await charged('CC-600');

      await (await book(orderNumber))();

      expect(ordered).toEqual(['0.00', '3276.00']);
      expect(await charged('CC-600')).toEqual(['3276.00', '0.00']);
    });

    it('are not charged with an order that was cancelled', async () => {
      const { orderNumber } = await order('CC-700');
      expect(await charged('CC-700')).toEqual(['0.00', '18600.00']);

      await insist(() => rig.erp.cancelOrder(orderNumber));

      expect(await charged('CC-700')).toEqual(['0.00', '0.00']);
    });

    it('keep nobody from ordering for a cost centre that there is not', async () => {
      expect(await order('CC-999')).toMatchObject({ state: 'confirmed', total: '18600.00' });
    });
  });
}

describe('a budget of Tryton', () => {
  let rig: TrytonRig;
  beforeAll(async () => {
    rig = await openTrytonRig();
  });
  afterAll(async () => {
    await rig?.close();
  });
  const lineFor = async (budget: number, code: string, values: object = {}) => {
    const account = idOf(await rig.admin.one('analytic_account.account', [['code', '=', code]], ['id']));
    await rig.admin.create('analytic_account.budget.line', { budget, account, ...values });
  };

  it('is none where its line is not filled in', async () => {
    const yearly = await rig.admin.one('analytic_account.budget', [['start_date', '=', date(`${YEAR}-01-01`)]], ['id']);
    await lineFor(idOf(yearly), 'CC-900');

    expect(await rig.erp.readBudget('CC-900', TODAY)).toBeUndefined();
  });

  it('is that of the shorter period where the day is covered by several', async () => {
    const root = idOf(await rig.admin.one('analytic_account.account', [['type', '=', 'root']], ['id']));
    const month = { start_date: date(TODAY), end_date: date(`${YEAR}-12-31`) };
    const today = await rig.admin.create('analytic_account.budget', { name: 'Rest of the year', root, ...month });
    await lineFor(today, 'CC-100', { amount: decimal('-1000') });

    expect(await rig.erp.readBudget('CC-100', TODAY)).toMatchObject({ from: TODAY, budgeted: { amount: '1000.00' } });
  });

  it('leaves out what is ordered where there is no rate to add it up by', async () => {
    const lines = [{ lineNumber: 1, productCode: 'P-3001', quantity: '10', unitPrice: '45.50' }];
    await insist(() => rig.erp.createOrder(command('CC-600', { supplierCode: 'SUP-003', currency: 'JPY', lines })));

    expect(await rig.erp.readBudget('CC-600', TODAY)).not.toHaveProperty('committed');
    expect(await rig.erp.readBudget('CC-600', TODAY)).toMatchObject({ used: { amount: '0.00' } });
  });
});

describe('a Tryton without analytic accounting', () => {
  let rig: TrytonRig;
  beforeAll(async () => {
    rig = await openTrytonRig();
  });
  afterAll(async () => {
    await rig?.close();
  });

  /** Tryton as one that uses only some of the modules asked for; what else is asked of them is noted. */
  function without(modules: readonly string[]) {
    const asked: string[] = [];
    const erp = rig.adapter({
      fetch: async (url, init) => {
        const body = String(init?.body);
        if (/analytic_account\.|analytic_accounts/.test(body)) {
          asked.push(body);
        }
        if (!body.includes('"model.ir.module.search_read"')) {
          return fetch(url, init);
        }
        const response = await fetch(url, init);
        const answer: { readonly result: readonly { readonly name: string }[] } = JSON.parse(await response.text());
        return Response.json({ ...answer, result: answer.result.filter(({ name }) => !modules.includes(name)) });
      },
    });
    return { erp, asked };
  }

  it('has no budgets, and is ordered from without a cost centre', async () => {
    const { erp, asked } = without(['analytic_purchase', 'analytic_budget']);

    expect(await erp.readBudget('CC-100', TODAY)).toBeUndefined();
    expect(await insist(() => erp.createOrder(command('CC-100')))).toMatchObject({ state: 'confirmed' });
    expect(asked).toEqual([]);
    expect(await rig.erp.readBudget('CC-100', TODAY)).toMatchObject({ committed: { amount: '0.00' } });
  });

  it('has cost centres for its orders where only the budgets are missing', async () => {
    const { erp } = without(['analytic_budget']);

    expect(await erp.readBudget('CC-100', TODAY)).toBeUndefined();
    await insist(() => erp.createOrder(command('CC-100')));
    expect(await rig.erp.readBudget('CC-100', TODAY)).toMatchObject({ committed: { amount: '18600.00' } });
  });
});

/** Three notebooks of 6,200 CNY. */
function command(costCentre: string, terms: Partial<CreateOrderCommand> = {}): CreateOrderCommand {
  return {
    key: newKey('order'),
    supplierCode: 'SUP-002',
    currency: 'CNY',
    orderDate: TODAY,
    description: 'notebooks',
    costCentre,
    lines: [{ lineNumber: 1, productCode: 'P-2001', quantity: '3', unitPrice: '6200.00' }],
    ...terms,
  };
}
