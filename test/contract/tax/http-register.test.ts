/** Against a stub that is strict about what it is asked: no provider of the real register can be had here. */
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { createHttpRegister, type RegisterProvider } from '../../../functions/connectors/tax/http/http-register.ts';
import type { IssuedInvoice } from '../../../functions/connectors/tax/port.ts';
import { ConfigError, ConnectorPermanentError, ConnectorTransientError } from '../../../functions/runtime/errors.ts';
import { MemoryRegister } from '../../support/memory-register.ts';
import { describeInvoiceRegister } from './register-contract.ts';

const KEY = 'APPCODE 0123456789abcdef';
const INVOICE: IssuedInvoice = {
  ...{ code: '031002600111', number: '12345678', date: '2026-01-01', amount: '169.81', amountIs: 'before-tax' },
  checkCode: '49753264642977383169',
};

/** What the stub takes: these fields, by these names, and no others. */
const questionSchema = z.strictObject({
  fphm: z.string().regex(/^(\d{8}|\d{20})$/),
  kprq: z.string().regex(/^\d{8}$/),
  je: z.string().regex(/^-?\d+\.\d{2}$/),
  fpdm: z
    .string()
    .regex(/^\d{10,12}$/)
    .optional(),
  jym: z.string().optional(),
});
const STATES = { genuine: '0', 'not-found': 1, differs: '2', voided: '7', 'red-lettered': '8' } as const;

let server: Server;
let provider: RegisterProvider;
let records: MemoryRegister;
let paths: string[] = [];
let answers: ((response: ServerResponse) => void)[] = [];

beforeAll(async () => {
  server = createServer(serve);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  provider = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/invoice/check`,
    header: 'X-Api-Key',
    fields: { number: 'fphm', date: 'kprq', amount: 'je', code: 'fpdm', checkCode: 'jym' },
    dateFormat: 'YYYYMMDD',
    answerAt: 'data.state',
    answers: { '0': 'genuine', '1': 'not-found', '2': 'differs', '7': 'voided', '8': 'red-lettered' },
  };
});

afterAll(async () => {
  server.closeAllConnections();
  server.close();
  await once(server, 'close');
});

beforeEach(() => {
  records = new MemoryRegister();
  paths = [];
  answers = [];
});

async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
  paths.push(request.url ?? '');
  const question = questionSchema.safeParse(await json(request).catch(() => undefined));
  const planned = answers.shift();
  if (planned !== undefined) {
    planned(response);
  } else if (request.headers['x-api-key'] !== KEY) {
    response.writeHead(401).end();
  } else if (request.method !== 'POST' || request.url !== '/invoice/check' || !question.success) {
    response.writeHead(400).end();
  } else {
    const { fphm: number, fpdm: code, kprq, je: amount } = question.data;
    const date = `${kprq.slice(0, 4)}-${kprq.slice(4, 6)}-${kprq.slice(6)}`;
    const answer = records.answerTo({ number, date, amount, ...(code === undefined ? {} : { code }) });
    response.writeHead(200, { 'content-type': 'application/json' });
    response.end(JSON.stringify({ code: 200, data: { state: STATES[answer] } }));
  }
}

function register(key = KEY) {
  return createHttpRegister({ provider, key: async () => key, timeoutMs: 500 });
}

function status(code: number, headers: Readonly<Record<string, string>> = {}) {
  return (response: ServerResponse) => response.writeHead(code, headers).end();
}

function body(text: string) {
  return (response: ServerResponse) => response.writeHead(200).end(text);
}

/** @returns what is thrown */
async function failure(answer: (response: ServerResponse) => void): Promise<unknown> {
  answers = [answer];
  return register()
    .verify(INVOICE)
    .catch((error: unknown) => error);
}

describeInvoiceRegister('a provider by HTTPS', () => ({
  register: register(),
  issue: (invoice, state) => records.issue(invoice, state),
  failOnce: () => answers.push(status(503)),
}));

describe('a provider by HTTPS', () => {
  it.each([408, 425, 429, 500, 502, 503, 504])('may answer later when it answers %i', async (code) => {
    expect(await failure(status(code))).toBeInstanceOf(ConnectorTransientError);
  });

  it.each([400, 404, 409, 422])('refuses the question with %i', async (code) => {
    expect(await failure(status(code))).toBeInstanceOf(ConnectorPermanentError);
  });

  it.each([301, 302, 307, 308])('cannot send the key elsewhere with %i', async (code) => {
    expect(await failure(status(code, { location: '/elsewhere' }))).toBeInstanceOf(ConnectorPermanentError);
    expect(paths).toEqual(['/invoice/check']);
  });

  it('that does not take the key is a matter of the configuration, and the key is not told', async () => {
    const error = await register('another key')
      .verify(INVOICE)
      .catch((thrown: unknown) => thrown);

    expect(error).toBeInstanceOf(ConfigError);
    expect(String(error)).toContain('invoiceVerification.secretArn');
    expect(String(error)).not.toContain('another key');
  });

  it.each([
    ['no JSON', '<html>'],
    ['nothing', ''],
    ['a state that the company file does not know', '{"data":{"state":"5"}}'],
    ['no state', '{"data":{}}'],
    ['a name that every object has', '{"data":{"state":"toString"}}'],
    ['a list', '[]'],
  ])('that answers %s has given no answer', async (_what, text) => {
    const error = await failure(body(text));

    expect(error).toBeInstanceOf(ConnectorPermanentError);
    expect(String(error)).toContain('answerAt ("data.state")');
  });

  it.each([
    ['is too slow', () => undefined],
    ['cuts the connection', (response: ServerResponse) => response.destroy()],
    ['never ends its answer', (response: ServerResponse) => response.writeHead(200).write('{')],
  ])('that %s may answer later', async (_how, answer) => {
    expect(await failure(answer)).toBeInstanceOf(ConnectorTransientError);
  });

  it('is told no field that it has no name for, and the day as it writes days', async () => {
    const plain = {
      ...provider,
      fields: { number: 'no', date: 'day', amount: 'sum' },
      dateFormat: 'YYYY-MM-DD' as const,
    };
    const asked = createServer(async (request, response) => {
      const question = await json(request);
      response.end(JSON.stringify({ data: { state: JSON.stringify(question) } }));
    });
    asked.listen(0, '127.0.0.1');
    await once(asked, 'listening');
    const told = JSON.stringify({ no: '12345678', day: '2026-01-01', sum: '169.81' });
    const url = `http://127.0.0.1:${(asked.address() as AddressInfo).port}/`;
    const other = createHttpRegister({
      provider: { ...plain, url, answers: { [told]: 'genuine' } },
      key: async () => KEY,
    });

    expect(await other.verify(INVOICE)).toBe('genuine');
    asked.closeAllConnections();
    asked.close();
  });
});
