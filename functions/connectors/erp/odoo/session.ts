/** Odoo 19 over its JSON-2 API: `POST /json/2/<model>/<method>` with named arguments and an API key, each call a transaction. */
import * as z from 'zod';
import type { OdooCredentials } from './credentials.ts';
import { errorOf } from './failures.ts';
import type { Values } from './wire.ts';

/** Milliseconds for one call: below the time of the functions that call, so that they can still act on it. */
const CALL_MS = 12_000;

const idsSchema = z.array(z.int());
const loadedSchema = z.object({
  ids: z.union([idsSchema, z.literal(false)]),
  messages: z.array(z.object({ type: z.string(), message: z.string() })),
});

export type Domain = readonly unknown[];

/** Failures of every method: `failures.ts`. */
export interface OdooSession {
  /** Calls a method; gives its answer in a shape. */
  call<Shape>(model: string, method: string, args: Values, shape: z.ZodType<Shape>): Promise<Shape>;
  /** Rows of a model in the order of their ids, each checked against its shape. */
  find<Row extends { readonly id: number }>(
    model: string,
    domain: Domain,
    shape: z.ZodType<Row>,
    fields: readonly string[],
  ): Promise<readonly Row[]>;
  /** Gives the identifier. */
  create(model: string, values: Values, context?: Values): Promise<number>;
  /**
   * Creates one record with all that belongs to it, or writes it where its external id exists already: in one
   * transaction, and once, since external ids are unique in Odoo. Gives the identifier.
   */
  load(model: string, fields: readonly string[], rows: readonly (readonly unknown[])[]): Promise<number>;
  /** Presses a button; what it answers with does not matter. */
  press(model: string, button: string, ids: readonly number[]): Promise<void>;
  /** What Odoo's HTTP server takes for now; undefined when it does not say. */
  serverTime(): Promise<Date | undefined>;
}

export function createOdooSession(parts: {
  readonly credentials: () => Promise<OdooCredentials>;
  readonly fetch: typeof fetch;
}): OdooSession {
  const post = async (model: string, method: string, args: Values): Promise<Answer> => {
    const { url, database, apiKey } = await parts.credentials();
    const request = {
      method: 'POST',
      headers: {
        'content-type': 'application/json; charset=utf-8',
        authorization: `bearer ${apiKey}`,
        'x-odoo-database': database,
        // A connection that is used again may be cut by the other side just then, and nobody knows what was done.
        connection: 'close',
      },
      body: JSON.stringify(args),
    };
    return exchange(parts.fetch, `${url.replace(/\/$/, '')}/json/2/${model}/${method}`, `${model}/${method}`, request);
  };
  const call: OdooSession['call'] = async (model, method, args, shape) => {
    const name = `${model}/${method}`;
    return parsed(name, shape, resultOf(name, await post(model, method, args)));
  };
  return {
    call,
    async find(model, domain, shape, fields) {
      const rows = await call(model, 'search_read', { domain, fields }, z.array(shape));
      return [...rows].sort((one, other) => one.id - other.id);
    },
    async create(model, values, context) {
      const args = { vals_list: [values], ...(context === undefined ? {} : { context }) };
      const [id] = await call(model, 'create', args, z.tuple([z.int()]));
      return id;
    },
    async load(model, fields, rows) {
      const { ids, messages } = await call(model, 'load', { fields, data: rows }, loadedSchema);
      const [id] = ids === false ? [] : ids;
      if (id === undefined) {
        throw errorOf({ kind: 'not-loaded', messages: messages.map(({ message }) => message) }, `${model}/load`);
      }
      return id;
    },
    async press(model, button, ids) {
      await call(model, button, { ids }, z.unknown());
    },
    async serverTime() {
      const answer = await post('res.users', 'context_get', {});
      resultOf('res.users/context_get', answer);
      const time = new Date(answer.date ?? '');
      return Number.isNaN(time.getTime()) ? undefined : time;
    },
  };
}

interface Answer {
  readonly status: number;
  readonly text: string;
  readonly retryAfter: string | null;
  readonly date: string | null;
}

async function exchange(send: typeof fetch, url: string, method: string, request: RequestInit): Promise<Answer> {
  try {
    const response = await send(url, { ...request, redirect: 'manual', signal: AbortSignal.timeout(CALL_MS) });
    const { status, headers } = response;
    const text = await response.text();
    return { status, text, retryAfter: headers.get('retry-after'), date: headers.get('date') };
  } catch (cause) {
    throw errorOf({ kind: 'network', cause }, method);
  }
}

function resultOf(method: string, { status, text, retryAfter }: Answer): unknown {
  if (status !== 200) {
    throw errorOf({ kind: 'status', status, text, retryAfter }, method);
  }
  try {
    return JSON.parse(text);
  } catch {
    throw errorOf({ kind: 'garbled' }, method);
  }
}

function parsed<Shape>(method: string, shape: z.ZodType<Shape>, value: unknown): Shape {
  const result = shape.safeParse(value);
  if (!result.success) {
    const [issue] = result.error.issues;
    // Where it differs, never what it holds.
    throw errorOf({ kind: 'unknown-shape', problem: `${issue?.path.join('.')} (${issue?.code})` }, method);
  }
  return result.data;
}
