/** A logged-in user of Tryton over JSON-RPC. The session is kept across invocations, and made anew when it has ended. */
import * as z from 'zod';
import type { TrytonCredentials } from './credentials.ts';
import { errorOf } from './failures.ts';
import type { Row } from './wire.ts';

/** Milliseconds for one call: below the time of the functions that call, so that they can still act on it. */
const CALL_MS = 12_000;

const loginSchema = z.tuple([z.int(), z.string()], z.unknown());
const replySchema = z.object({ result: z.unknown(), error: z.unknown() }).partial();
const contextSchema = z.record(z.string(), z.unknown());
const idsSchema = z.array(z.int());
const rowsSchema = z.array(z.looseObject({ id: z.int() }));
/** Rows of one call where there may be many: some 100 KB. */
const PAGE = 500;

interface Session {
  readonly authorization: string;
  readonly context: Row;
}

export type Domain = readonly unknown[];

/** Failures of every method: `failures.ts`. */
export interface TrytonSession {
  /** The user's own context: its company, warehouse, language. */
  preferences(): Promise<Row>;
  /** What Tryton's HTTP server takes for now; undefined when it does not say. */
  serverTime(): Promise<Date | undefined>;
  /** Calls `method`; the user's context, with `context` over it, goes as the last parameter. */
  call(method: string, params: readonly unknown[], context?: Row): Promise<unknown>;
  /** Rows of a model in the order of their ids, each checked against its shape. */
  find<Shape>(
    model: string,
    domain: Domain,
    shape: z.ZodType<Shape>,
    fields: readonly string[],
    context?: Row,
  ): Promise<readonly Shape[]>;
  /** As {@link find}, a page for each call, so that no answer grows with what there is. */
  findInPages<Shape>(
    model: string,
    domain: Domain,
    shape: z.ZodType<Shape>,
    fields: readonly string[],
  ): Promise<readonly Shape[]>;
  /** Gives the identifier. A failure that leaves open what was done: `isNotDone`. */
  create(model: string, values: Row): Promise<number>;
  /** All of them in one transaction, or none; gives the identifiers in order. */
  createAll(model: string, rows: readonly Row[]): Promise<readonly number[]>;
  delete(model: string, id: number): Promise<void>;
  /** Presses a button. */
  press(model: string, button: string, ids: readonly number[]): Promise<void>;
  /** Plays one state of a wizard on records. */
  wizard(
    name: string,
    on: { readonly model: string; readonly ids: readonly number[] },
    state: string,
    forms: Row,
  ): Promise<void>;
}

export function createTrytonSession(parts: {
  readonly credentials: () => Promise<TrytonCredentials>;
  readonly fetch: typeof fetch;
}): TrytonSession {
  let opening: Promise<Session> | undefined;
  let nextId = 1;

  const post = async (method: string, params: readonly unknown[], authorization?: string): Promise<Answer> => {
    const { url, database } = await parts.credentials();
    nextId += 1;
    const request = {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        // A connection that is used again may be cut by the other side just then, and nobody knows what was done.
        connection: 'close',
        ...(authorization === undefined ? {} : { authorization }),
      },
      body: JSON.stringify({ id: nextId, method, params }),
    };
    return exchange(parts.fetch, `${url.replace(/\/$/, '')}/${database}/rpc/`, method, request);
  };

  const open = async (): Promise<Session> => {
    const { user, password } = await parts.credentials();
    const [userId, key] = parsed(
      'common.db.login',
      loginSchema,
      resultOf('common.db.login', await post('common.db.login', [user, { password }, 'en'])),
    );
    const authorization = `Session ${Buffer.from(`${user}:${userId}:${key}`).toString('base64')}`;
    const method = 'model.res.user.get_preferences';
    const context = parsed(method, contextSchema, resultOf(method, await post(method, [true, {}], authorization)));
    return { authorization, context };
  };

  const session = (): Promise<Session> => {
    opening ??= open().catch((error: unknown) => {
      opening = undefined;
      throw error;
    });
    return opening;
  };

  const ask = async (method: string, params: readonly unknown[], context: Row): Promise<Answer> => {
    const send = async (opened: Promise<Session>): Promise<Answer> => {
      const { authorization, context: own } = await opened;
      return post(method, [...params, { ...own, ...context }], authorization);
    };
    const used = session();
    const first = await send(used);
    if (first.status !== 401) {
      return first;
    }
    // The session has ended: nothing was done. Whoever sees it first opens the next one.
    if (opening === used) {
      opening = undefined;
    }
    return send(session());
  };
  const call: TrytonSession['call'] = async (method, params, context = {}) =>
    resultOf(method, await ask(method, params, context));
  const createAll: TrytonSession['createAll'] = async (model, rows) => {
    const method = `model.${model}.create`;
    return parsed(method, idsSchema, await call(method, [rows]));
  };

  return {
    preferences: async () => (await session()).context,
    async serverTime() {
      const method = 'model.res.user.get_preferences';
      const answer = await ask(method, [true], {});
      resultOf(method, answer);
      const time = new Date(answer.date ?? '');
      return Number.isNaN(time.getTime()) ? undefined : time;
    },
    call,
    async find(model, domain, shape, fields, context) {
      const method = `model.${model}.search_read`;
      const rows = await call(method, [domain, 0, null, [['id', 'ASC']], fields], context);
      return parsed(method, z.array(shape), rows);
    },
    async findInPages(model, domain, shape, fields) {
      const method = `model.${model}.search_read`;
      const found: unknown[] = [];
      for (let after: number | undefined = 0; after !== undefined; ) {
        // By id and not by position: what is added or deleted meanwhile moves no row from one page to another.
        const params: readonly unknown[] = [[domain, ['id', '>', after]], 0, PAGE, [['id', 'ASC']], fields];
        const rows: z.infer<typeof rowsSchema> = parsed(method, rowsSchema, await call(method, params));
        found.push(...rows);
        after = rows.length < PAGE ? undefined : rows.at(-1)?.id;
      }
      return parsed(method, z.array(shape), found);
    },
    async create(model, values) {
      const [id] = await createAll(model, [values]);
      if (id === undefined) {
        throw errorOf({ kind: 'unknown-shape', problem: 'no identifier' }, `model.${model}.create`);
      }
      return id;
    },
    createAll,
    async delete(model, id) {
      await call(`model.${model}.delete`, [[id]]);
    },
    async press(model, button, ids) {
      await call(`model.${model}.${button}`, [ids]);
    },
    async wizard(name, { model, ids }, state, forms) {
      const context = { active_model: model, active_ids: ids, active_id: ids[0] ?? null };
      const created = parsed(
        `wizard.${name}.create`,
        z.tuple([z.int()], z.unknown()),
        await call(`wizard.${name}.create`, [], context),
      );
      await call(`wizard.${name}.execute`, [created[0], forms, state], context);
      await call(`wizard.${name}.delete`, [created[0]], context);
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
    throw errorOf({ kind: 'status', status, retryAfter }, method);
  }
  const { result, error } = parsed(method, replySchema, json(method, text));
  if (error !== undefined && error !== null) {
    throw errorOf({ kind: 'refusal', error }, method);
  }
  return result;
}

function json(method: string, text: string): unknown {
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
