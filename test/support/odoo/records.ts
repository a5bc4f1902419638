/** Records of an Odoo in memory: searched by domains and read in Odoo's form, as far as the exchanges go. */

export type Row = Record<string, unknown> & { id: number };

/** The field of a record that leads to others: `one` is read with a name, `many` as identifiers. */
interface Relation {
  readonly model: string;
  readonly kind: 'one' | 'many';
}
const one = (model: string): Relation => ({ model, kind: 'one' });
const many = (model: string): Relation => ({ model, kind: 'many' });

const RELATIONS: Readonly<Record<string, Readonly<Record<string, Relation>>>> = {
  'res.users': { company_id: one('res.company'), company_ids: many('res.company') },
  'res.company': { currency_id: one('res.currency') },
  'res.currency.rate': { currency_id: one('res.currency') },
  'product.product': {
    product_tmpl_id: one('product.template'),
    uom_id: one('uom.uom'),
    categ_id: one('product.category'),
  },
  'product.supplierinfo': {
    partner_id: one('res.partner'),
    product_id: one('product.product'),
    product_tmpl_id: one('product.template'),
    currency_id: one('res.currency'),
  },
  'purchase.order': {
    partner_id: one('res.partner'),
    currency_id: one('res.currency'),
    order_line: many('purchase.order.line'),
    picking_ids: many('stock.picking'),
    invoice_ids: many('account.move'),
  },
  'purchase.order.line': { order_id: one('purchase.order'), product_id: one('product.product') },
  'stock.move': {
    picking_id: one('stock.picking'),
    product_id: one('product.product'),
    purchase_line_id: one('purchase.order.line'),
    location_id: one('stock.location'),
  },
  'account.move': { currency_id: one('res.currency'), invoice_line_ids: many('account.move.line') },
  'account.move.line': { move_id: one('account.move'), purchase_line_id: one('purchase.order.line') },
  'account.payment': {
    currency_id: one('res.currency'),
    invoice_ids: many('account.move'),
    move_id: one('account.move'),
  },
  'account.payment.register': { currency_id: one('res.currency') },
};

export class Records {
  readonly #rows = new Map<string, Map<number, Row>>();
  readonly #lastIds = new Map<string, number>();

  /** What the next record of a model has for its identifier. */
  nextId(model: string, id: number): void {
    this.#lastIds.set(model, id - 1);
  }

  add(model: string, values: Readonly<Record<string, unknown>>): Row {
    const id = (this.#lastIds.get(model) ?? 0) + 1;
    this.#lastIds.set(model, id);
    const row: Row = { ...values, id, write_date: now() };
    this.#table(model).set(id, row);
    return row;
  }

  change(model: string, id: number, values: Readonly<Record<string, unknown>>): Row {
    const row = Object.assign(this.get(model, id), values, { write_date: now() });
    return row;
  }

  get(model: string, id: number): Row {
    const row = this.find(model, id);
    if (row === undefined) {
      throw new MissingRecord(model, id);
    }
    return row;
  }

  find(model: string, id: number): Row | undefined {
    return this.#table(model).get(id);
  }

  all(model: string): readonly Row[] {
    return [...this.#table(model).values()];
  }

  search(model: string, domain: readonly (readonly unknown[])[]): readonly Row[] {
    return this.all(model).filter((row) =>
      domain.every(([path, operator, value]) => {
        const values = this.#valuesOf(model, row, String(path).split('.'));
        return values.some((own) => holds(own, String(operator), value));
      }),
    );
  }

  read(model: string, row: Row, fields: readonly string[]): Readonly<Record<string, unknown>> {
    const entries = fields.map((field) => [field, this.#shown(model, field, row[field] ?? false)]);
    return { id: row.id, ...Object.fromEntries(entries) };
  }

  #shown(model: string, field: string, value: unknown): unknown {
    const relation = RELATIONS[model]?.[field];
    if (relation?.kind === 'one' && typeof value === 'number') {
      return [value, nameOf(this.get(relation.model, value))];
    }
    return relation?.kind === 'many' && value === false ? [] : value;
  }

  #valuesOf(model: string, row: Row, [field = '', ...further]: readonly string[]): readonly unknown[] {
    const value = row[field] ?? false;
    const values = Array.isArray(value) ? value : [value];
    if (further.length === 0) {
      return values.length === 0 ? [false] : values;
    }
    const relation = RELATIONS[model]?.[field];
    if (relation === undefined) {
      throw new Error(`the records do not know where ${model}.${field} leads`);
    }
    return values.flatMap((id) => {
      const next = this.find(relation.model, Number(id));
      return next === undefined ? [] : this.#valuesOf(relation.model, next, further);
    });
  }

  #table(model: string): Map<number, Row> {
    const table = this.#rows.get(model) ?? new Map<number, Row>();
    this.#rows.set(model, table);
    return table;
  }
}

export class MissingRecord extends Error {
  readonly model: string;
  readonly id: number;

  constructor(model: string, id: number) {
    super(`${model}(${id},)`);
    this.model = model;
    this.id = id;
  }
}

/** As Odoo writes an instant: in UTC, in whole seconds. */
export function now(): string {
  return new Date().toISOString().slice(0, 19).replace('T', ' ');
}

function nameOf(row: Row): string {
  const code = typeof row.default_code === 'string' ? `[${row.default_code}] ` : '';
  return `${code}${String(row.complete_name ?? row.name ?? '')}`;
}

function holds(own: unknown, operator: string, value: unknown): boolean {
  switch (operator) {
    case '=':
      return own === value;
    case '!=':
      return own !== value;
    case 'in':
      return Array.isArray(value) && value.includes(own);
    case '>=':
      return typeof own === 'string' && own >= String(value);
    case '<=':
      return typeof own === 'string' && own <= String(value);
    case '=like':
      return typeof own === 'string' && own.endsWith(String(value).replace(/^%/, ''));
    default:
      throw new Error(`the records know no operator ${operator}`);
  }
}
