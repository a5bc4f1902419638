/**
 * The replay server of Odoo 19. It answers what was recorded of a real one, or what is assumed of it by its sources
 * (`exchanges.ts`): by the same address, with the headers that the real one asks for, and with a body that differs in
 * declared variables only. Whatever else is asked is remembered as a stray and refused, with the nearest exchange. The values
 * come from records in memory (`purchasing.ts`), and an answer must have the form of the exchange that it stands for.
 */
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import * as z from 'zod';
import { ASSUMED, differenceOf, type Exchange, formDifference, RECORDED, strayOf } from './exchanges.ts';
import { OdooException, Purchasing } from './purchasing.ts';
import { MissingRecord } from './records.ts';

export const API_KEY = '0123456789abcdef0123456789abcdef01234567';
export const DATABASE = 'production';

const argsSchema = z
  .object({
    ids: z.array(z.int()),
    domain: z.array(z.array(z.unknown())),
    fields: z.array(z.string()),
    data: z.array(z.array(z.unknown())),
    vals: z.record(z.string(), z.unknown()),
    vals_list: z.tuple([z.record(z.string(), z.unknown())]),
    context: z.record(z.string(), z.unknown()),
  })
  .partial();
type Args = z.infer<typeof argsSchema>;

/** Of what the real one answered where a load lost its race. */
const LOST_RACE = RECORDED.find(({ response }) => z.object({ ids: z.literal(false) }).safeParse(response).success);
const WRONG_KEY = RECORDED.find(({ status }) => status === 401);

export class OdooReplay {
  readonly purchasing = new Purchasing();
  /** What was asked and never recorded. */
  readonly strays: string[] = [];
  /** Exchanges that were asked for. */
  readonly used = new Set<Exchange>();
  /** Methods that were called, in order. */
  readonly calls: string[] = [];
  /** Methods whose next call is done, and its reply lost. */
  readonly lose = new Set<string>();
  /** Of the connector's user. */
  timeZone: string | false = 'UTC';
  /** When loads that have begun come to their end. */
  loadsEnd: Promise<void> = Promise.resolve();
  /** Orders that are being loaded, by their external ids. */
  readonly #loading = new Set<string>();
  readonly #server: Server = createServer((request, response) => {
    this.#serve(request, response).catch((error: unknown) => {
      this.strays.push(String(error));
      response.destroy();
    });
  });

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
    const path = request.url ?? '';
    const body = await text(request);
    this.calls.push(path.replace('/json/2/', ''));
    const [status, answer] = await this.#answer(request, path, body);
    if (this.lose.delete(path.replace('/json/2/', ''))) {
      response.destroy();
      return;
    }
    response.writeHead(status, { 'content-type': 'application/json; charset=utf-8' }).end(JSON.stringify(answer));
  }

  async #answer({ method, headers }: IncomingMessage, path: string, body: string): Promise<readonly [number, unknown]> {
    if (headers.authorization !== `bearer ${API_KEY}`) {
      return [401, WRONG_KEY?.response];
    }
    const isJson = headers['content-type']?.startsWith('application/json') === true;
    if (method !== 'POST' || !isJson || headers['x-odoo-database'] !== DATABASE) {
      return this.#stray(`${method} ${path} without the headers of Odoo's JSON-2 API`);
    }
    const asked: unknown = JSON.parse(body);
    const known = [...RECORDED, ...ASSUMED].filter(
      (exchange) => exchange.path === path && differenceOf(asked, exchange) === undefined,
    );
    if (known.length === 0) {
      return this.#stray(strayOf(path, asked));
    }
    const [model = '', name = ''] = path.replace('/json/2/', '').split('/');
    const answered = await this.#outcome(model, name, argsSchema.parse(asked), known[0]);
    const like = known.filter(
      ({ status, response }) => status === answered[0] && formDifference(answered[1], response) === undefined,
    );
    if (like.length === 0 && answered[0] === 200) {
      return this.#stray(`${path}: answered ${formDifference(answered[1], known[0]?.response)}`);
    }
    for (const exchange of known) {
      this.used.add(exchange);
    }
    return answered;
  }

  #stray(what: string): readonly [number, unknown] {
    this.strays.push(what);
    return [400, { name: 'replay.Stray', message: what }];
  }

  async #outcome(
    model: string,
    method: string,
    args: Args,
    exchange: Exchange | undefined,
  ): Promise<readonly [number, unknown]> {
    if (exchange !== undefined && exchange.status !== 200 && exchange.status !== 404) {
      return [exchange.status, exchange.response];
    }
    try {
      return [200, await this.#call(model, method, args)];
    } catch (error) {
      if (error instanceof MissingRecord) {
        const message = `Record does not exist or has been deleted.\n(Record: ${error.message}, User: 2)`;
        return [404, exception('odoo.exceptions.MissingError', message)];
      }
      if (error instanceof OdooException) {
        return [error.status, exception(error.type, error.message)];
      }
      throw error;
    }
  }

  async #call(model: string, method: string, args: Args): Promise<unknown> {
    const { records } = this.purchasing;
    const { ids = [], domain = [], fields = [], vals = {}, context = {} } = args;
    const [id = 0] = ids;
    switch (method) {
      case 'search_read':
        return records.search(model, domain).map((row) => records.read(model, row, fields));
      case 'search_count':
        return records.search(model, domain).length;
      case 'read':
        return ids.map((one) => records.read(model, records.get(model, one), fields));
      case 'create':
        return [this.#create(model, args.vals_list?.[0] ?? {}, context)];
      case 'write':
        for (const one of ids) {
          records.change(model, one, vals);
        }
        return true;
      case 'load':
        return this.#load(fields, args.data ?? []);
      case 'context_get':
        return { lang: 'en_US', tz: this.timeZone, uid: 2 };
      case 'button_confirm':
        return this.purchasing.confirm(id);
      case 'button_cancel':
        return this.purchasing.cancel(id);
      case 'button_validate':
        return this.purchasing.validate(id, context.skip_backorder === true);
      case 'action_create_invoice':
        return this.purchasing.createBill(id);
      case 'action_post':
        return this.purchasing.post(id);
      case 'action_create_payments':
        return this.purchasing.createPayment(id);
      default:
        throw new Error(`the replay does not play ${model}/${method}`);
    }
  }

  #create(
    model: string,
    values: Readonly<Record<string, unknown>>,
    context: Readonly<Record<string, unknown>>,
  ): number {
    switch (model) {
      case 'product.product':
        return this.purchasing.createProduct(values).id;
      case 'purchase.order':
        return this.purchasing.createOrder(values).id;
      case 'account.payment.register':
        return this.purchasing.openWizard(values, context).id;
      default:
        return this.purchasing.records.add(model, values).id;
    }
  }

  /** Who loads what another one is loading just then loses, as in the recordings. */
  async #load(fields: readonly string[], data: readonly (readonly unknown[])[]): Promise<unknown> {
    const external = String(data[0]?.[0]);
    if (this.#loading.has(external)) {
      return LOST_RACE?.response;
    }
    this.#loading.add(external);
    await this.loadsEnd;
    this.#loading.delete(external);
    return { ids: [this.purchasing.load(fields, data)], messages: [], nextrow: 0 };
  }
}

function exception(name: string, message: string) {
  return { name, message, arguments: [message], context: {}, debug: '(left out)' };
}
