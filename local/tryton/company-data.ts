/**
 * What the prepared company holds: names and figures only, so that demonstrations and tests name the same things.
 * Everybody and everything here is invented.
 */

/** Bump when the preparation changes, so that an older prepared database is made again. */
export const COMPANY_VERSION = 11;

/** The company's own currency, as ISO 4217. */
export const COMPANY_CURRENCY = 'CNY';

export const COMPANY_NAME = '脉络示范有限公司 Meridian Demo Co., Ltd.';
export const COMPANY_TIME_ZONE = 'Asia/Shanghai';

/** `rate` is Tryton's: units of the currency for one US dollar. JPY has none, to show what happens then. */
export const CURRENCIES = [
  { code: 'CNY', name: 'Renminbi', numeric: '156', symbol: '¥', digits: 2, rounding: '0.01', rate: '7.2' },
  { code: 'USD', name: 'US Dollar', numeric: '840', symbol: '$', digits: 2, rounding: '0.01', rate: '1' },
  { code: 'EUR', name: 'Euro', numeric: '978', symbol: '€', digits: 2, rounding: '0.01', rate: '0.9' },
  { code: 'JPY', name: 'Yen', numeric: '392', symbol: 'JP¥', digits: 0, rounding: '1', rate: undefined },
] as const;

export const SUPPLIERS = [
  {
    code: 'SUP-001',
    name: '华东办公用品有限公司 East China Office Supplies',
    street: '延安西路 100 号',
    city: '上海 Shanghai',
    currency: 'CNY',
  },
  {
    code: 'SUP-002',
    name: '远航电子有限公司 Voyage Electronics',
    street: '科技园南路 8 号',
    city: '深圳 Shenzhen',
    currency: 'CNY',
  },
  {
    code: 'SUP-003',
    name: 'Pacific Instruments Inc.',
    street: '12 Harbor Drive',
    city: 'Oakland',
    currency: 'USD',
  },
  {
    code: 'SUP-004',
    name: 'Rheinwerk Messtechnik GmbH',
    street: 'Hafenstraße 7',
    city: 'Köln',
    currency: 'EUR',
  },
] as const;

/**
 * `price` is per unit in the currency of the supplier (`SUPPLIERS`); `vat` is the input VAT in the product's category;
 * `onHand` lies in the storage zone from the start; `category` is the code of the category that rules of approval name.
 */
export const PRODUCTS = [
  {
    code: 'P-1001',
    name: '办公椅 Office chair',
    unit: 'Unit',
    supplier: 'SUP-001',
    price: '680.00',
    onHand: 12,
    vat: false,
    category: undefined,
  },
  {
    code: 'P-1002',
    name: 'A4 纸（箱） A4 paper, box',
    unit: 'Unit',
    supplier: 'SUP-001',
    price: '128.00',
    onHand: 250,
    vat: false,
    category: undefined,
  },
  {
    code: 'P-2001',
    name: '笔记本电脑 Notebook computer',
    unit: 'Unit',
    supplier: 'SUP-002',
    price: '6200.00',
    onHand: 0,
    vat: true,
    category: undefined,
  },
  {
    code: 'P-2002',
    name: '显示器 27 寸 Monitor 27 inch',
    unit: 'Unit',
    supplier: 'SUP-002',
    price: '1180.00',
    onHand: 4,
    vat: false,
    category: undefined,
  },
  {
    code: 'P-3001',
    name: 'Pressure sensor',
    unit: 'Unit',
    supplier: 'SUP-003',
    price: '45.50',
    onHand: 60,
    vat: false,
    category: undefined,
  },
  {
    code: 'P-4001',
    name: '铜线 Copper wire',
    unit: 'Kilogram',
    supplier: 'SUP-002',
    price: '71.3500',
    onHand: 35.5,
    vat: false,
    category: undefined,
  },
  {
    code: 'P-6001',
    name: 'Torque wrench',
    unit: 'Unit',
    supplier: 'SUP-004',
    price: '215.00',
    onHand: 0,
    vat: false,
    category: undefined,
  },
  // Purchasable, but nobody has agreed a price.
  {
    code: 'P-5001',
    name: '定制工装 Custom fixture',
    unit: 'Unit',
    supplier: undefined,
    price: undefined,
    onHand: 0,
    vat: false,
    category: 'custom-made',
  },
] as const;

/** Input VAT of products with `vat: true`. */
export const VAT_RATE = '0.13';

/** Reordering rule: below `minimum` Tryton proposes to fill up to `target`. */
/** Who buys what the company makes. */
export const CUSTOMER = {
  code: 'CUS-001',
  name: '长江泵业有限公司 Yangtze Pumps Co., Ltd.',
  city: '武汉 Wuhan',
} as const;

/** A group that reads sales and changes nothing: Tryton's own groups of sales may all sell. */
export const SALES_READERS = 'Meridian reads sales';

export const ORDER_POINT = { product: 'P-1002', minimum: 100, target: 400 } as const;

/**
 * What is made, and of what: the bill of materials of one unit. `P-9001` and `P-9002` share the pressure sensor; the copper
 * wire goes into one of them only.
 */
export const BILLS = [
  {
    product: 'P-9001',
    name: '压力变送器 Pressure transmitter',
    components: [
      { product: 'P-3001', quantity: 1 },
      { product: 'P-4001', quantity: 0.25 },
    ],
  },
  {
    product: 'P-9002',
    name: '压力开关 Pressure switch',
    components: [{ product: 'P-3001', quantity: 2 }],
  },
] as const;

/**
 * Cost centres by the codes of the directory (`local/demo/directory.json`). `yearly` is the budget of a calendar year in the
 * company's currency, without tax; the general office has none.
 */
export const COST_CENTRES = [
  { code: 'CC-100', name: '日常运营 Daily operations', yearly: '600000.00' },
  { code: 'CC-110', name: '仓储物流 Warehouse and logistics', yearly: '240000.00' },
  { code: 'CC-200', name: '研发项目 Engineering projects', yearly: '1500000.00' },
  { code: 'CC-300', name: '信息技术 Information technology', yearly: '800000.00' },
  { code: 'CC-400', name: '财务 Finance', yearly: '120000.00' },
  { code: 'CC-500', name: '人力资源与培训 Human resources and training', yearly: '150000.00' },
  { code: 'CC-600', name: '市场与销售 Marketing and sales', yearly: '900000.00' },
  { code: 'CC-700', name: '质量检测 Quality and testing', yearly: '300000.00' },
  { code: 'CC-900', name: '总经理办公室 General office', yearly: undefined },
] as const;

/**
 * Works of the time sheet that absences are entered on, one for each kind of leave, and for journeys. The code in brackets at the end of the
 * name is the kind's; nothing else of a work says what it is for.
 */
export const LEAVE_WORKS = [
  '年假 Annual leave [annual]',
  '病假 Sick leave [sick]',
  '事假 Unpaid leave [unpaid]',
  '婚假 Marriage leave [marriage]',
  '丧假 Bereavement leave [bereavement]',
  '产假 Maternity leave [maternity]',
  '陪产假 Paternity leave [paternity]',
  '出差 Business travel [travel]',
] as const;

/**
 * Accounts that claims of employees are posted to, by the kind of account of Tryton's chart that they stand beside. What
 * stands beside `payable` is owed to a person and paid by the payment run; `advances` are owed by a person.
 */
export const CLAIM_ACCOUNTS = [
  { code: '6601', name: '差旅费 Travel', beside: 'expense' },
  { code: '6602', name: '住宿费 Accommodation', beside: 'expense' },
  { code: '6603', name: '餐费 Meals', beside: 'expense' },
  { code: '6604', name: '业务招待费 Entertainment', beside: 'expense' },
  { code: '6605', name: '办公费 Office', beside: 'expense' },
  { code: '6606', name: '交通费 Transport', beside: 'expense' },
  { code: '2241', name: '其他应付款-员工 Payable to employees', beside: 'payable' },
  { code: '1221', name: '其他应收款-员工借款 Advances to employees', beside: 'advances' },
] as const;

/** Journal that claims of employees are posted in; the connector finds it by its code. */
export const CLAIM_JOURNAL = { code: 'CLAIM', name: '员工费用 Employee expenses' } as const;

/** Who logs in. Groups are Tryton's own; none of them is an administrator. */
export const USERS = {
  connector: {
    login: 'meridian',
    employee: 'Meridian Connector',
    groups: [
      'Purchase',
      'Stock',
      'Accounting',
      'Payment',
      'Payment Approval',
      'Timesheet Administration',
      'Production Administration',
      SALES_READERS,
    ],
  },
  warehouse: { login: 'warehouse', employee: '王仓 Wang Cang', groups: ['Stock'] },
  accounting: { login: 'accounting', employee: '林会 Lin Hui', groups: ['Accounting', 'Payment'] },
  buyer: { login: 'buyer', employee: '陈采 Chen Cai', groups: ['Purchase', 'Purchase Administrator', 'Stock'] },
  personnel: { login: 'personnel', employee: '何勤 He Qin', groups: ['Attendance Administration'] },
  sales: { login: 'sales', employee: '孙销 Sun Xiao', groups: ['Sales'] },
  production: { login: 'production', employee: '郑产 Zheng Chan', groups: ['Production', 'Stock'] },
} as const;

export type UserRole = keyof typeof USERS | 'admin';
