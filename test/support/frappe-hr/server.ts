/**
 * A stub of a Frappe site: version 2 of its REST API over {@link FrappeDocuments}. It takes what the connector's document
 * types have, and refuses everything else: a field, filter or method that it does not know, a call without the key.
 */
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import * as z from 'zod';
import { FrappeDocuments, FrappeException } from './documents.ts';

export const KEY = { apiKey: '0a1b2c3d4e5f678', apiSecret: '9f8e7d6c5b4a321' };

/** Where a reply is lost: before anything was done, after all of it, or before it is done all the same, just as it is asked for again. */
export type Cut = 'before' | 'after' | 'late';

const FIELDS: Readonly<Record<string, readonly string[]>> = {
  Employee: ['name', 'employee_number', 'company'],
  'Payroll Entry': ['name', 'docstatus', 'status', 'salary_slips_created', 'error_message', 'company'],
  'Salary Slip': ['*', 'name', 'employee', 'docstatus', 'payroll_entry'],
};
const MAX_PAGE = 500;

const filterSchema = z.tuple([z.string(), z.enum(['=', '!=', 'like', '>']), z.union([z.string(), z.number()])]);
const querySchema = z.strictObject({
  fields: z.string().transform((json) => z.array(z.string()).parse(JSON.parse(json))),
  filters: z.string().transform((json) => z.array(filterSchema).parse(JSON.parse(json))),
  order_by: z.literal('name asc'),
  limit: z.coerce.number().int().min(1).max(MAX_PAGE),
});
const day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/);
const entrySchema = z.strictObject({
  name: z.string().min(1),
  posting_date: day,
  payroll_frequency: z.literal('Monthly'),
  company: z.string(),
  start_date: day,
  end_date: day,
  currency: z.string().length(3),
  exchange_rate: z.number().positive(),
  payroll_payable_account: z.string().min(1),
  cost_center: z.string().min(1).optional(),
  employees: z.array(z.strictObject({ employee: z.string().min(1) })).min(1),
});
const submitSchema = z.strictObject({ docstatus: z.union([z.literal(1), z.literal(2)]) });
const daysSchema = z.strictObject({ leave_without_pay: z.number().min(0) });

interface Call {
  readonly method: string;
  readonly doctype: string;
  readonly name: string | undefined;
  readonly run: string | undefined;
  readonly query: URLSearchParams;
  readonly body: string;
}

type Reply = Readonly<Record<string, unknown>>;

export class FrappeServer {
  readonly documents = new FrappeDocuments();
  /** Calls that were answered or cut, as `POST Payroll Entry`. */
  readonly calls: string[] = [];
  /** Asked for each call. */
  cut: (call: string) => Cut | undefined = () => undefined;
  /** Written in place of the next answer. */
  readonly answers: ((response: ServerResponse) => void)[] = [];
  /** An older Frappe gives names of its own. */
  keepsNames = true;
  readonly #server: Server;
  readonly #late: Call[] = [];

  constructor() {
    this.#server = createServer((request, response) => void this.#serve(request, response));
  }

  async start(): Promise<void> {
    this.#server.listen(0, '127.0.0.1');
    await once(this.#server, 'listening');
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    this.#server.close();
    await once(this.#server, 'close');
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await text(request);
    const planned = this.answers.shift();
    if (planned !== undefined) {
      planned(response);
      return;
    }
    try {
      if (request.headers.authorization !== `token ${KEY.apiKey}:${KEY.apiSecret}`) {
        throw new FrappeException('AuthenticationError', 401, '');
      }
      const call = callOf(request, body);
      const named = `${call.method} ${call.doctype}${call.run === undefined ? '' : ` ${call.run}`}`;
      this.calls.push(named);
      const cut = this.cut(named);
      if (cut === 'before' || cut === 'late') {
        this.#late.push(...(cut === 'late' ? [call] : []));
        response.destroy();
        return;
      }
      // Whoever asks again has looked before, and seen nothing of what was on its way.
      const late = this.#late.filter((one) => one.method === call.method && one.doctype === call.doctype);
      for (const one of late) {
        this.#late.splice(this.#late.indexOf(one), 1);
        this.#do(one);
      }
      const reply = this.#do(call);
      if (cut === 'after') {
        response.destroy();
        return;
      }
      send(response, 200, reply);
    } catch (error) {
      const { type, status, message } =
        error instanceof FrappeException ? error : new FrappeException('ValidationError', 417, String(error));
      send(response, status, { errors: [{ type, ...(message === '' ? {} : { message, title: 'Message' }) }] });
    }
  }

  #do(call: Call): Reply {
    const { method, doctype, name, run, query, body } = call;
    if (method === 'GET' && name === undefined && run === undefined) {
      return { data: this.#list(doctype, Object.fromEntries(query)), has_next_page: false };
    }
    if (query.size > 0) {
      throw new FrappeException('ValidationError', 417, 'a query where none belongs');
    }
    switch (`${method} ${doctype} ${name === undefined ? '' : 'name'}${run === undefined ? '' : ` ${run}`}`) {
      case 'POST Payroll Entry ':
        return { data: this.#createEntry(entrySchema.parse(JSON.parse(body))) };
      case 'PUT Payroll Entry name':
        return { data: this.documents.changeEntry(name ?? '', submitSchema.parse(JSON.parse(body)).docstatus) };
      case 'DELETE Payroll Entry name':
        this.documents.deleteEntry(name ?? '');
        return { data: 'ok' };
      case 'POST Payroll Entry name fill_employee_details':
        z.strictObject({}).parse(JSON.parse(body));
        return { data: null, docs: [this.documents.fillEmployees(name ?? '')] };
      case 'POST Payroll Entry name create_salary_slips':
        z.strictObject({}).parse(JSON.parse(body));
        return { docs: [this.documents.createSlips(name ?? '')] };
      case 'GET Salary Slip name':
        return { data: this.documents.slip(name ?? '') };
      case 'PUT Salary Slip name':
        return {
          data: this.documents.setUnpaidDays(name ?? '', daysSchema.parse(JSON.parse(body)).leave_without_pay),
        };
    }
    throw new FrappeException('PermissionError', 403, `Not permitted: ${method} of ${doctype}`);
  }

  #createEntry({ name, ...values }: z.infer<typeof entrySchema>) {
    const unknown = values.employees.find(
      ({ employee }) => !this.documents.employees.some((one) => one.name === employee),
    );
    if (unknown !== undefined) {
      throw new FrappeException('LinkValidationError', 417, `Could not find Employee: ${unknown.employee}`);
    }
    const given = this.keepsNames ? name : `HR-PRUN-2026-${String(this.documents.entries.length + 1).padStart(5, '0')}`;
    return this.documents.createEntry(values, given);
  }

  #list(doctype: string, query: object): readonly object[] {
    const { fields, filters, limit } = querySchema.parse(query);
    const known = FIELDS[doctype];
    const strange = [...fields, ...filters.map(([field]) => field)].find((field) => !known?.includes(field));
    if (known === undefined || strange !== undefined) {
      throw new FrappeException('DataError', 417, `Field not permitted in query: ${strange ?? doctype}`);
    }
    const { employees, entries, slips } = this.documents;
    const rows: readonly Readonly<Record<string, unknown>>[] =
      ({ Employee: employees, 'Payroll Entry': entries, 'Salary Slip': slips } as Record<string, readonly object[]>)[
        doctype
      ]?.map((row) => ({ ...row })) ?? [];
    return rows
      .filter((row) => filters.every((filter) => fits(row, filter)))
      .toSorted((one, other) => (String(one.name) < String(other.name) ? -1 : 1))
      .slice(0, limit)
      .map(({ employees: _child, earnings: _lines, deductions: _more, ...row }) =>
        fields.includes('*') ? row : Object.fromEntries(fields.map((field) => [field, row[field] ?? null])),
      );
  }
}

function fits(row: Readonly<Record<string, unknown>>, [field, operator, value]: z.infer<typeof filterSchema>): boolean {
  const own = row[field];
  switch (operator) {
    case '=':
      return own === value;
    case '!=':
      return own !== value;
    case '>':
      return String(own) > String(value);
    case 'like':
      return String(value).endsWith('%') && String(own).startsWith(String(value).slice(0, -1));
  }
}

function callOf(request: IncomingMessage, body: string): Call {
  const { pathname, searchParams: query } = new URL(request.url ?? '', 'http://stub');
  const path = /^\/api\/v2\/document\/(?<doctype>[^/]+)(?:\/(?<name>[^/]+))?(?:\/method\/(?<run>[^/]+))?$/.exec(
    pathname,
  );
  const decode = (part: string | undefined) => (part === undefined ? undefined : decodeURIComponent(part));
  const doctype = decode(path?.groups?.doctype);
  if (doctype === undefined) {
    throw new FrappeException('DoesNotExistError', 404, '');
  }
  const { name, run } = path?.groups ?? {};
  return { method: request.method ?? '', doctype, name: decode(name), run: decode(run), query, body };
}

function send(response: ServerResponse, status: number, reply: Reply): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(reply));
}
