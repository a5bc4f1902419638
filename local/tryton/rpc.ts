/**
 * A small client of Tryton's JSON-RPC for the demonstration's own tools (preparing the company, playing the clerks,
 * reading final documents). It shares no code with the product's adapter on purpose: what it reads is independent
 * evidence of what the adapter did.
 *
 * Protocol as of Tryton 8.2: `local/tryton/README.md`.
 */

/** Where a Tryton server answers: `url` without a trailing slash, and the name of the database. */
export interface TrytonAddress {
  readonly url: string;
  readonly database: string;
}

/** A login of Tryton. */
export interface TrytonLogin {
  readonly login: string;
  readonly password: string;
}

export type Row = Readonly<Record<string, unknown>>;

/** One step of a wizard: the state to run and the values of the forms it reads. */
export type WizardStep = readonly [state: string, forms?: Readonly<Record<string, Row>>];

/** Tryton refused: `kind` is its own word (`UserError`, `UserWarning`, …) or the HTTP status. */
export class TrytonRefusal extends Error {
  override readonly name = 'TrytonRefusal';
  readonly kind: string;
  readonly args: readonly unknown[];

  constructor(kind: string, args: readonly unknown[], method: string) {
    const texts = args.filter((arg): arg is string => typeof arg === 'string' && arg !== '');
    super(`Tryton refused ${method}: ${kind}: ${texts.join(' - ').slice(0, 600)}`);
    this.kind = kind;
    this.args = args;
  }
}

/** Tryton's own form of a decimal number. */
export function decimal(value: string): Row {
  return { __class__: 'Decimal', decimal: value };
}

/** Tryton's own form of a calendar date given as `YYYY-MM-DD`. */
export function date(value: string): Row {
  const [year, month, day] = value.split('-').map(Number);
  return { __class__: 'date', year, month, day };
}

const CALL_TIMEOUT_MS = 60_000;

/** A logged-in user of Tryton. */
export class TrytonClient {
  readonly #address: TrytonAddress;
  readonly #authorization: string;
  readonly #userId: number;
  #context: Row;
  #nextId = 1;

  private constructor(address: TrytonAddress, authorization: string, userId: number, context: Row) {
    this.#address = address;
    this.#authorization = authorization;
    this.#userId = userId;
    this.#context = context;
  }

  /** Logs in. Throws `TrytonRefusal` of kind `401` when the password is wrong. */
  static async login(address: TrytonAddress, user: TrytonLogin): Promise<TrytonClient> {
    const answer = await post(address, undefined, 1, 'common.db.login', [
      user.login,
      { password: user.password },
      'en',
    ]);
    if (!Array.isArray(answer) || typeof answer[0] !== 'number' || typeof answer[1] !== 'string') {
      throw new Error('Tryton answered a login with something that is not a session');
    }
    const [userId, session] = answer;
    const authorization = `Session ${Buffer.from(`${user.login}:${userId}:${session}`).toString('base64')}`;
    const client = new TrytonClient(address, authorization, userId, {});
    const preferences = rowOf(await client.call('model.res.user.get_preferences', [true]));
    client.#context = preferences;
    return client;
  }

  get userId(): number {
    return this.#userId;
  }

  /** Ends the session. */
  async logout(): Promise<void> {
    await post(this.#address, this.#authorization, this.#nextId++, 'common.db.logout', []);
  }

  /** Reads the user's preferences (company, employee, language) again; they go with each call. */
  async refreshContext(): Promise<void> {
    this.#context = rowOf(await this.call('model.res.user.get_preferences', [true]));
  }

  /** Calls a method; the user's own context, with `context` over it, is added as the last parameter. */
  async call(method: string, params: readonly unknown[], context: Row = {}): Promise<unknown> {
    const all = [...params, { ...this.#context, ...context }];
    return post(this.#address, this.#authorization, this.#nextId++, method, all);
  }

  async create(model: string, values: Row, context: Row = {}): Promise<number> {
    const [id] = (await this.createAll(model, [values], context)).slice(0, 1);
    if (id === undefined) throw new Error(`Tryton created no ${model}`);
    return id;
  }

  async createAll(model: string, values: readonly Row[], context: Row = {}): Promise<readonly number[]> {
    return idsOf(await this.call(`model.${model}.create`, [values], context));
  }

  async write(model: string, ids: readonly number[], values: Row, context: Row = {}): Promise<void> {
    await this.call(`model.${model}.write`, [ids, values], context);
  }

  async search(model: string, domain: readonly unknown[], context: Row = {}): Promise<readonly number[]> {
    return idsOf(await this.call(`model.${model}.search`, [domain, 0, null, [['id', 'ASC']]], context));
  }

  /** Identifiers of the newest records, newest first. */
  async newest(model: string, domain: readonly unknown[], limit: number): Promise<readonly number[]> {
    return idsOf(await this.call(`model.${model}.search`, [domain, 0, limit, [['id', 'DESC']]]));
  }

  async searchRead(
    model: string,
    domain: readonly unknown[],
    fields: readonly string[],
    context: Row = {},
  ): Promise<readonly Row[]> {
    const rows = await this.call(`model.${model}.search_read`, [domain, 0, null, [['id', 'ASC']], fields], context);
    return rowsOf(rows);
  }

  async read(
    model: string,
    ids: readonly number[],
    fields: readonly string[],
    context: Row = {},
  ): Promise<readonly Row[]> {
    if (ids.length === 0) return [];
    return rowsOf(await this.call(`model.${model}.read`, [ids, fields], context));
  }

  /** Exactly one record, or an error that names the search. */
  async one(model: string, domain: readonly unknown[], fields: readonly string[], context: Row = {}): Promise<Row> {
    const rows = await this.searchRead(model, domain, fields, context);
    const [row] = rows;
    if (row === undefined || rows.length > 1) {
      throw new Error(`expected one ${model} with ${JSON.stringify(domain)}, found ${rows.length}`);
    }
    return row;
  }

  /** Presses a button of a model, as the desktop client does. Warnings are answered with "yes". */
  async press(model: string, button: string, ids: readonly number[], context: Row = {}): Promise<unknown> {
    return this.#insist(() => this.call(`model.${model}.${button}`, [ids], context));
  }

  /** Plays a wizard on records, from its first state to its last. Warnings are answered with "yes". */
  async wizard(
    name: string,
    on: { model?: string; ids?: readonly number[] },
    steps: readonly WizardStep[],
  ): Promise<void> {
    const context: Row =
      on.model === undefined
        ? {}
        : { active_model: on.model, active_ids: on.ids ?? [], active_id: on.ids?.[0] ?? null };
    const created = await this.call(`wizard.${name}.create`, [], context);
    const session = Array.isArray(created) ? created[0] : undefined;
    for (const [state, forms] of steps) {
      await this.#insist(() => this.call(`wizard.${name}.execute`, [session, forms ?? {}, state], context));
    }
    await this.call(`wizard.${name}.delete`, [session], context);
  }

  async #insist(call: () => Promise<unknown>): Promise<unknown> {
    for (let attempt = 0; ; attempt++) {
      try {
        return await call();
      } catch (error) {
        const warned = error instanceof TrytonRefusal && error.kind === 'UserWarning' && attempt < 5;
        if (!warned) throw error;
        await this.call('model.res.user.warning.skip', [error.args[0], false]);
      }
    }
  }
}

async function post(
  address: TrytonAddress,
  authorization: string | undefined,
  id: number,
  method: string,
  params: readonly unknown[],
): Promise<unknown> {
  const response = await fetch(`${address.url}/${address.database}/rpc/`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      ...(authorization === undefined ? {} : { authorization }),
    },
    body: JSON.stringify({ id, method, params }),
    signal: AbortSignal.timeout(CALL_TIMEOUT_MS),
  });
  const text = await response.text();
  if (!response.ok) throw new TrytonRefusal(String(response.status), [text.slice(0, 300)], method);
  const reply = rowOf(JSON.parse(text));
  if (Array.isArray(reply.error)) {
    const [kind, args] = reply.error;
    throw new TrytonRefusal(String(kind), Array.isArray(args) ? args : [args], method);
  }
  return reply.result;
}

/** Logs in, works and logs out again, whatever happens. */
export async function withClient<Result>(
  address: TrytonAddress,
  user: TrytonLogin,
  work: (client: TrytonClient) => Promise<Result>,
): Promise<Result> {
  const client = await TrytonClient.login(address, user);
  try {
    return await work(client);
  } finally {
    await client.logout();
  }
}

/** The value as an object; anything else is an error. */
export function rowOf(value: unknown): Row {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new Error(`Tryton answered ${JSON.stringify(value)?.slice(0, 100)} where a record was expected`);
  }
  return value as Row;
}

function rowsOf(value: unknown): readonly Row[] {
  if (!Array.isArray(value)) throw new Error('Tryton answered something else than a list of records');
  return value.map(rowOf);
}

function idsOf(value: unknown): readonly number[] {
  if (!Array.isArray(value)) throw new Error('Tryton answered something else than a list of identifiers');
  return value.map(Number);
}

/** The identifier of a record. */
export function idOf(row: Row): number {
  return Number(row.id);
}

/** A text of a related record that was asked for as `relation.field`; empty when there is no related record. */
export function related(row: Row, relation: string, field: string): string {
  const nested = row[`${relation}.`];
  return typeof nested === 'object' && nested !== null ? textOf(rowOf(nested)[field]) : '';
}

/** A text field; empty when Tryton holds none. */
export function textOf(value: unknown): string {
  return value === null || value === undefined ? '' : String(value);
}

/** A Tryton decimal, integer or float as text. */
export function numberText(value: unknown): string {
  if (typeof value === 'object' && value !== null && 'decimal' in value) return String(value.decimal);
  return String(value ?? 0);
}

/** A Tryton date or date-time as `YYYY-MM-DD`; empty when there is none. */
export function dateText(value: unknown): string {
  if (typeof value !== 'object' || value === null) return '';
  const row = rowOf(value);
  return [String(row.year).padStart(4, '0'), String(row.month).padStart(2, '0'), String(row.day).padStart(2, '0')].join(
    '-',
  );
}

/** A list of identifiers as read from a many-valued field. */
export function idList(value: unknown): readonly number[] {
  return Array.isArray(value) ? value.map(Number) : [];
}
