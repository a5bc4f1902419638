/**
 * Prepares the small company of `company-data.ts` in an empty Tryton database, through Tryton's own API, in the order
 * in which Tryton wants it. Runs once; the server keeps a pristine copy of the result.
 */
import { createBills } from './bills.ts';
import { createClaimAccounts } from './claim-accounts.ts';
import {
  COMPANY_CURRENCY,
  COMPANY_NAME,
  COMPANY_TIME_ZONE,
  CURRENCIES,
  CUSTOMER,
  LEAVE_WORKS,
  ORDER_POINT,
  PRODUCTS,
  SALES_READERS,
  SUPPLIERS,
  USERS,
  VAT_RATE,
} from './company-data.ts';
import { createCostCentres } from './cost-centres.ts';
import { date, decimal, idOf, type Row, type TrytonAddress, TrytonClient, type TrytonLogin } from './rpc.ts';
import { createStaff } from './staff.ts';

type Ids = ReadonlyMap<string, number>;

/** Sequences whose numbers people read, and how they begin. */
const NUMBER_PREFIXES: Readonly<Record<string, string>> = {
  Purchase: 'PO',
  'Supplier Shipment': 'GR',
  Sale: 'SO',
  Production: 'MO',
  'Default Account Payment': 'PAY',
};

/**
 * Fills an empty database.
 *
 * @param passwords - one for each user of `USERS`
 * @param today - `YYYY-MM-DD`; the fiscal years of its year and of the next are opened
 */
export async function prepareCompany(
  address: TrytonAddress,
  admin: TrytonLogin,
  passwords: Readonly<Record<keyof typeof USERS, string>>,
  today: string,
): Promise<void> {
  const client = await TrytonClient.login(address, admin);
  const currencies = await createCurrencies(client, today);
  const company = await createCompany(client, currencies);
  const employees = await createEmployees(client, company);
  await createStaff(client, company, today);
  await client.write('res.user', [client.userId], {
    companies: [['add', [company]]],
    company,
    employees: [['add', [...employees.values()]]],
  });
  await client.refreshContext();

  await numberDocuments(client);
  const accounts = await createChart(client, company);
  await createClaimAccounts(client, company, accounts);
  const year = Number(today.slice(0, 4));
  await openFiscalYear(client, company, year);
  await openFiscalYear(client, company, year + 1);
  await createCostCentres(client, company, [year, year + 1]);
  const paymentTerm = await client.create('account.invoice.payment_term', {
    name: '30 天 30 days',
    lines: [['create', [{ type: 'remainder', relativedeltas: [['create', [{ days: 30 }]]] }]]],
  });
  await createPaymentJournals(client, company, currencies, accounts);
  await createCustomer(client, paymentTerm);
  await letSalesBeRead(client);
  const suppliers = await createSuppliers(client, currencies, paymentTerm);
  const products = await createProducts(client, company, currencies, accounts, suppliers);
  await takeStock(client, company, products, today);
  await createBills(client, products);
  await client.create('stock.order_point', {
    company,
    type: 'purchase',
    product: known(products, ORDER_POINT.product),
    location: await warehouseId(client),
    min_quantity: ORDER_POINT.minimum,
    target_quantity: ORDER_POINT.target,
  });
  // Orders are invoiced for what arrived; the connector relies on it and says so on each order as well.
  await client.write('purchase.configuration', [1], { purchase_invoice_method: 'fulfillment' });
  await client.createAll(
    'timesheet.work',
    ['总部项目 Head office', ...LEAVE_WORKS].map((name) => ({ name, company })),
  );
  await client.write('sale.configuration', [1], { sale_invoice_method: 'fulfillment', sale_shipment_method: 'order' });
  await createUsers(client, company, employees, passwords);
  await client.logout();
}

async function createCurrencies(client: TrytonClient, today: string): Promise<Ids> {
  const ids = new Map<string, number>();
  const rateDate = `${Number(today.slice(0, 4)) - 1}-01-01`;
  for (const currency of CURRENCIES) {
    const rates =
      currency.rate === undefined ? [] : [['create', [{ date: date(rateDate), rate: decimal(currency.rate) }]]];
    const id = await client.create('currency.currency', {
      name: currency.name,
      code: currency.code,
      numeric_code: currency.numeric,
      symbol: currency.symbol,
      digits: currency.digits,
      rounding: decimal(currency.rounding),
      rates,
    });
    ids.set(currency.code, id);
  }
  return ids;
}

async function createCompany(client: TrytonClient, currencies: Ids): Promise<number> {
  const party = await client.create('party.party', {
    name: COMPANY_NAME,
    code: 'MERIDIAN',
    addresses: [['create', [{ street_unstructured: '世纪大道 1 号', city: '上海 Shanghai' }]]],
  });
  return client.create('company.company', {
    party,
    currency: known(currencies, COMPANY_CURRENCY),
    timezone: COMPANY_TIME_ZONE,
  });
}

async function createEmployees(client: TrytonClient, company: number): Promise<Ids> {
  const ids = new Map<string, number>();
  for (const [role, user] of Object.entries(USERS)) {
    const party = await client.create('party.party', { name: user.employee, code: `EMP-${user.login}`, addresses: [] });
    ids.set(role, await client.create('company.employee', { party, company }));
  }
  return ids;
}

async function numberDocuments(client: TrytonClient): Promise<void> {
  for (const [name, prefix] of Object.entries(NUMBER_PREFIXES)) {
    const sequence = await client.one('ir.sequence', [['name', '=', name]], ['id']);
    await client.write('ir.sequence', [idOf(sequence)], { prefix, padding: 5 });
  }
}

interface Accounts {
  readonly payable: number;
  readonly receivable: number;
  readonly expense: number;
  readonly revenue: number;
  readonly tax: number;
  readonly clearing: number;
  readonly expenseJournal: number;
}

async function createChart(client: TrytonClient, company: number): Promise<Accounts> {
  const template = await client.one('account.account.template', [['parent', '=', null]], ['id']);
  const kind = async (name: string): Promise<number> => {
    const [row] = await client.searchRead(
      'account.account',
      [
        [`type.${name}`, '=', true],
        ['closed', '!=', true],
      ],
      ['id'],
    );
    if (row === undefined) throw new Error(`the chart of accounts has no ${name} account`);
    return idOf(row);
  };
  const create = await client.call('wizard.account.create_chart.create', []);
  const session = Array.isArray(create) ? create[0] : undefined;
  const run = (forms: Row, state: string): Promise<unknown> =>
    client.call('wizard.account.create_chart.execute', [session, forms, state]);
  await run({ account: { company, account_template: idOf(template) } }, 'create_account');
  const [payable, receivable, expense, revenue] = [
    await kind('payable'),
    await kind('receivable'),
    await kind('expense'),
    await kind('revenue'),
  ];
  await run(
    {
      properties: {
        company,
        account_receivable: receivable,
        account_payable: payable,
        category_account_expense: expense,
        category_account_revenue: revenue,
      },
    },
    'create_properties',
  );
  await client.call('wizard.account.create_chart.delete', [session]);

  const cash = await client.one('account.account', [['code', '=', '1.1.1']], ['type', 'parent']);
  const tax = await client.one('account.account', [['code', '=', '6.3.6']], ['id']);
  const clearing = await client.create('account.account', {
    name: '付款清算 Payments in transit',
    code: '1.1.9',
    company,
    type: cash.type,
    parent: cash.parent,
    reconcile: true,
  });
  const exchange = await client.one('account.journal', [['code', '=', 'EXC']], ['id']);
  await client.write('account.configuration', [1], {
    currency_exchange_journal: idOf(exchange),
    currency_exchange_credit_account: revenue,
    currency_exchange_debit_account: expense,
  });
  const journal = await client.one('account.journal', [['code', '=', 'EXP']], ['id']);
  return { payable, receivable, expense, revenue, tax: idOf(tax), clearing, expenseJournal: idOf(journal) };
}

async function openFiscalYear(client: TrytonClient, company: number, year: number): Promise<void> {
  const sequence = async (kind: string): Promise<number> => {
    const type = await client.one('ir.sequence.type', [['name', '=', kind]], ['id']);
    return client.create('ir.sequence.strict', {
      name: `${kind} ${year}`,
      sequence_type: idOf(type),
      company,
      // The numbers begin anew each year, and are to name one document.
      prefix: `${kind === 'Invoice' ? 'INV' : 'JE'}${year}-`,
      padding: 5,
    });
  };
  const invoices = await sequence('Invoice');
  const fiscalYear = await client.create('account.fiscalyear', {
    name: String(year),
    company,
    start_date: date(`${year}-01-01`),
    end_date: date(`${year}-12-31`),
    move_sequence: await sequence('Account Move'),
    invoice_sequences: [
      [
        'create',
        [
          {
            company,
            in_invoice_sequence: invoices,
            in_credit_note_sequence: invoices,
            out_invoice_sequence: invoices,
            out_credit_note_sequence: invoices,
          },
        ],
      ],
    ],
  });
  await client.call('model.account.fiscalyear.create_period', [[fiscalYear]]);
}

async function createPaymentJournals(
  client: TrytonClient,
  company: number,
  currencies: Ids,
  accounts: Accounts,
): Promise<void> {
  for (const code of ['CNY', 'USD', 'EUR']) {
    await client.create('account.payment.journal', {
      name: `银行付款 Bank transfer ${code}`,
      company,
      currency: known(currencies, code),
      process_method: 'manual',
      clearing_account: accounts.clearing,
      clearing_journal: accounts.expenseJournal,
    });
  }
}

async function createSuppliers(client: TrytonClient, currencies: Ids, paymentTerm: number): Promise<Ids> {
  const ids = new Map<string, number>();
  for (const supplier of SUPPLIERS) {
    const address = { street_unstructured: supplier.street, city: supplier.city, invoice: true, delivery: true };
    const id = await client.create('party.party', {
      name: supplier.name,
      code: supplier.code,
      addresses: [['create', [address]]],
      supplier_payment_term: paymentTerm,
      supplier_currency: known(currencies, supplier.currency),
    });
    ids.set(supplier.code, id);
  }
  return ids;
}

async function createCustomer(client: TrytonClient, paymentTerm: number): Promise<void> {
  await client.create('party.party', {
    ...{ name: CUSTOMER.name, code: CUSTOMER.code, customer_payment_term: paymentTerm },
    addresses: [['create', [{ city: CUSTOMER.city, invoice: true, delivery: true }]]],
  });
}

/** What the connector follows it may read; no rights of selling come with it. */
async function letSalesBeRead(client: TrytonClient): Promise<void> {
  const group = await client.create('res.group', { name: SALES_READERS });
  for (const model of ['sale.sale', 'sale.line']) {
    await client.create('ir.model.access', {
      ...{ model, group, perm_read: true, perm_write: false, perm_create: false, perm_delete: false },
    });
  }
}

async function createProducts(
  client: TrytonClient,
  company: number,
  currencies: Ids,
  accounts: Accounts,
  suppliers: Ids,
): Promise<Ids> {
  const tax = await client.create('account.tax', {
    name: `进项税 Input VAT ${VAT_RATE}`,
    description: '13% VAT',
    type: 'percentage',
    rate: decimal(VAT_RATE),
    company,
    invoice_account: accounts.tax,
    credit_note_account: accounts.tax,
  });
  const category = (name: string, taxes: readonly number[]): Promise<number> =>
    client.create('product.category', {
      name,
      accounting: true,
      account_expense: accounts.expense,
      account_revenue: accounts.revenue,
      supplier_taxes: [['add', taxes]],
    });
  const plain = await category('物料 Goods', []);
  const taxed = await category('设备（含增值税） Equipment with VAT', [tax]);

  const named = new Map<string, number>();
  for (const code of new Set(PRODUCTS.flatMap((product) => product.category ?? []))) {
    named.set(code, await client.create('product.category', { name: code, code }));
  }

  const ids = new Map<string, number>();
  for (const product of PRODUCTS) {
    const unit = idOf(await client.one('product.uom', [['name', '=', product.unit]], ['id']));
    const supplier = SUPPLIERS.find(({ code }) => code === product.supplier);
    const agreed =
      supplier === undefined || product.price === undefined
        ? []
        : [
            {
              company,
              party: known(suppliers, supplier.code),
              currency: known(currencies, supplier.currency),
              prices: [['create', [{ quantity: 0, unit_price: decimal(product.price) }]]],
            },
          ];
    const template = await client.create('product.template', {
      name: product.name,
      code: product.code,
      type: 'goods',
      default_uom: unit,
      purchase_uom: unit,
      purchasable: true,
      account_category: product.vat ? taxed : plain,
      ...(product.category === undefined ? {} : { categories: [['add', [known(named, product.category)]]] }),
      product_suppliers: [['create', agreed]],
      products: [['create', [{ suffix_code: '' }]]],
    });
    const variant = await client.one('product.product', [['template', '=', template]], ['id', 'code']);
    if (variant.code !== product.code) throw new Error(`product ${product.code} got the code ${String(variant.code)}`);
    await client.write('product.product', [idOf(variant)], { cost_price: decimal(product.price ?? '0') });
    ids.set(product.code, idOf(variant));
  }
  return ids;
}

async function takeStock(client: TrytonClient, company: number, products: Ids, today: string): Promise<void> {
  const storage = await client.one('stock.location', [['code', '=', 'STO']], ['id']);
  const lines = PRODUCTS.filter(({ onHand }) => onHand > 0).map(({ code, onHand }) => ({
    product: known(products, code),
    quantity: onHand,
  }));
  const inventory = await client.create('stock.inventory', {
    company,
    location: idOf(storage),
    date: date(today),
    lines: [['create', lines]],
  });
  await client.press('stock.inventory', 'confirm', [inventory]);
}

async function warehouseId(client: TrytonClient): Promise<number> {
  return idOf(await client.one('stock.location', [['type', '=', 'warehouse']], ['id']));
}

async function createUsers(
  client: TrytonClient,
  company: number,
  employees: Ids,
  passwords: Readonly<Record<keyof typeof USERS, string>>,
): Promise<void> {
  const roles: readonly (keyof typeof USERS)[] = [
    ...['connector', 'warehouse', 'accounting', 'buyer', 'personnel', 'sales', 'production'],
  ] as const;
  for (const role of roles) {
    const user = USERS[role];
    const groups = await Promise.all(
      user.groups.map(async (name) => idOf(await client.one('res.group', [['name', '=', name]], ['id']))),
    );
    const employee = known(employees, role);
    await client.create('res.user', {
      name: user.employee,
      login: user.login,
      password: passwords[role],
      groups: [['add', groups]],
      companies: [['add', [company]]],
      company,
      employees: [['add', [employee]]],
      employee,
    });
  }
}

function known(ids: Ids, code: string): number {
  const id = ids.get(code);
  if (id === undefined) throw new Error(`the prepared company has no ${code}`);
  return id;
}
