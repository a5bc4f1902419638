/** A site of Frappe over version 2 of its REST API: documents by type and name. Failures of every method: `failures.ts`. */
import * as z from 'zod';
import { ConnectorPermanentError } from '../../../runtime/errors.ts';
import { failureOf, type Outcome } from './failures.ts';
import { parseExactly } from './wire.ts';

export const frappeKeySchema = z.object({ apiKey: z.string().min(1), apiSecret: z.string().min(1) });
export type FrappeKey = z.infer<typeof frappeKeySchema>;

/** Milliseconds for one call: below the time of the functions that call, so that they can still act on it. */
const CALL_MS = 12_000;
/** Rows asked for at once, and how often: more than 100,000 rows are a mistake of the question. */
const PAGE = 500;
const MOST_PAGES = 200;

/** `[field, operator, value]`. */
export type Filter = readonly [string, '=' | '!=' | 'like' | '>', string | number];

interface Question {
  readonly fields: readonly string[];
  readonly filters: readonly Filter[];
}

export interface FrappeSite {
  /** All of them, by name. */
  list<Row extends { readonly name: string }>(
    doctype: string,
    question: Question,
    row: z.ZodType<Row>,
  ): Promise<readonly Row[]>;
  hasAny(doctype: string, filters: readonly Filter[]): Promise<boolean>;
  read<Shape>(doctype: string, name: string, shape: z.ZodType<Shape>): Promise<Shape>;
  create<Shape>(doctype: string, values: Values, shape: z.ZodType<Shape>): Promise<Shape>;
  update<Shape>(doctype: string, name: string, values: Values, shape: z.ZodType<Shape>): Promise<Shape>;
  delete(doctype: string, name: string): Promise<void>;
  /** Gives the document as the method left it, saved or not. */
  run<Shape>(doctype: string, name: string, method: string, document: z.ZodType<Shape>): Promise<Shape>;
}

type Values = Readonly<Record<string, unknown>>;

export interface SiteParts {
  /** Address of the site. */
  readonly url: string;
  /** Read for every call, since it may be rotated. */
  readonly key: () => Promise<FrappeKey>;
  /** Milliseconds until an answer that did not come counts as none; 12,000 unless given. */
  readonly timeoutMs?: number;
}

export function createFrappeSite(parts: SiteParts): FrappeSite {
  const page = <Row>(doctype: string, question: Question, limit: number, row: z.ZodType<Row>) => {
    const { fields, filters } = question;
    const query = new URLSearchParams({
      fields: JSON.stringify(fields),
      filters: JSON.stringify(filters),
      order_by: 'name asc',
      limit: String(limit),
    });
    return ask(parts, 'GET', doctype, `?${query}`, undefined, z.object({ data: z.array(row) }));
  };
  const dataOf = async <Shape>(answer: Promise<{ data: Shape }>): Promise<Shape> => (await answer).data;
  return {
    async list(doctype, { fields, filters }, row) {
      const found = [];
      let after: readonly Filter[] = [];
      // By the last name and not by a count: a row that goes meanwhile makes no other one skipped.
      for (let pages = 0; pages < MOST_PAGES; pages += 1) {
        const { data } = await page(doctype, { fields, filters: [...filters, ...after] }, PAGE, row);
        found.push(...data);
        const last = data.at(-1);
        if (last === undefined || data.length < PAGE) {
          return found;
        }
        after = [['name', '>', last.name]];
      }
      throw new ConnectorPermanentError(
        `Frappe has more than ${PAGE * MOST_PAGES} of ${doctype} where few are expected`,
      );
    },
    async hasAny(doctype, filters) {
      const { data } = await page(doctype, { fields: ['name'], filters }, 1, z.object({ name: z.string() }));
      return data.length > 0;
    },
    read: (doctype, name, shape) =>
      dataOf(ask(parts, 'GET', doctype, pathOf(name), undefined, z.object({ data: shape }))),
    create: (doctype, values, shape) => dataOf(ask(parts, 'POST', doctype, '', values, z.object({ data: shape }))),
    update: (doctype, name, values, shape) =>
      dataOf(ask(parts, 'PUT', doctype, pathOf(name), values, z.object({ data: shape }))),
    async delete(doctype, name) {
      await ask(parts, 'DELETE', doctype, pathOf(name), undefined, z.object({}));
    },
    async run(doctype, name, method, document) {
      const path = `${pathOf(name)}/method/${method}`;
      const { docs } = await ask(parts, 'POST', doctype, path, {}, z.object({ docs: z.tuple([document]) }));
      return docs[0];
    },
  };
}

/** Names of salary slips have slashes in them. */
function pathOf(name: string): string {
  return `/${encodeURIComponent(name)}`;
}

async function ask<Shape>(
  { url, key, timeoutMs = CALL_MS }: SiteParts,
  method: string,
  doctype: string,
  rest: string,
  values: Values | undefined,
  shape: z.ZodType<Shape>,
): Promise<Shape> {
  const { apiKey, apiSecret } = await key();
  const address = `${url.replace(/\/+$/, '')}/api/v2/document/${encodeURIComponent(doctype)}${rest}`;
  const what = `${method} of ${doctype}`;
  const { status, text, retryAfter } = await exchange(what, address, {
    method,
    headers: {
      Authorization: `token ${apiKey}:${apiSecret}`,
      Accept: 'application/json',
      'Content-Type': 'application/json; charset=utf-8',
      'User-Agent': 'Meridian',
      // A connection that is used again may be cut by the other side just then, and nobody knows what was done.
      Connection: 'close',
    },
    // A redirect could carry the key to somewhere that nobody configured.
    redirect: 'manual',
    signal: AbortSignal.timeout(timeoutMs),
    ...(values === undefined ? {} : { body: JSON.stringify(values) }),
  });
  throwIfFailed({ kind: 'reply', status, text, retryAfter }, what);
  const parsed = shape.safeParse(parseExactly(text));
  if (parsed.success) {
    return parsed.data;
  }
  const [issue] = parsed.error.issues;
  // Where it differs, never what it holds.
  const problem = `${issue?.path.join('.')} (${issue?.code})`;
  throw failureOf({ kind: 'unknown-shape', problem }, what);
}

async function exchange(what: string, address: string, request: RequestInit) {
  try {
    const response = await fetch(address, request);
    const text = await response.text();
    return { status: response.status, text, retryAfter: response.headers.get('retry-after') };
  } catch (cause) {
    throw failureOf({ kind: 'network', cause }, what);
  }
}

function throwIfFailed(outcome: Outcome, what: string): void {
  const failure = failureOf(outcome, what);
  if (failure !== undefined) {
    throw failure;
  }
}
