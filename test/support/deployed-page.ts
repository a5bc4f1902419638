/** A page's function as it is deployed: its bundle in worker processes with Lambda's contract, behind HTTP as API Gateway calls it. */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as esbuild from 'esbuild';
import { onTestFinished } from 'vitest';
import * as z from 'zod';
import { compileCompanyRules } from '../../functions/policy/compile-rules.ts';
import type { StoreTables } from '../../functions/process/store/dynamodb/dynamo-store.ts';
import { BUNDLING } from '../../infra/bundles.ts';
import { awsEnvironment } from '../../local/cloud/aws.ts';
import { ROOT } from '../../local/cloud/paths.ts';
import { createLambdaHost } from '../../local/lambda/host.ts';
import { COMPANY, directoryData } from './purchase-company.ts';

/** Names the address that the request comes from, as API Gateway would see it. */
export const FROM = 'x-from-address';

export interface DeployedPage {
  /** Origin without a slash at its end. */
  readonly url: string;
  /** All that the function has written to its log. */
  log(): string;
}

interface PageOptions {
  /** Such as `functions/approvals/decision-page.handler.tsx`. */
  readonly handler: string;
  /** Of the local cloud. */
  readonly endpoint: string;
  readonly tables: StoreTables;
  /** Requests that the function works on at once; further ones wait. */
  readonly atOnce: number;
}

/** Lives until the test is finished. */
export async function deployPage({ handler, endpoint, tables, atOnce }: PageOptions): Promise<DeployedPage> {
  const folder = await mkdtemp(join(tmpdir(), 'meridian-page-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  await bundle(handler, folder);
  let logged = '';
  const host = createLambdaHost({
    describe: async (name) => ({
      arn: `arn:aws:lambda:eu-central-1:000000000000:function:${name}`,
      name,
      folder,
      handler: 'index.handler',
      environment: {
        RECORD_TABLE: tables.record,
        PERSONAL_TABLE: tables.personal,
        WORK_TABLE: tables.work,
        COMPANY_CURRENCY: COMPANY.currency,
        COMPANY_TIME_ZONE: COMPANY.timeZone,
        SIGN_IN: 'none',
        POWERTOOLS_SERVICE_NAME: 'meridian-test',
      },
      timeoutSeconds: 30,
      memoryMb: 512,
    }),
    maxPerFunction: atOnce,
    ambient: awsEnvironment(endpoint),
    log: (_name, text) => {
      logged += text;
    },
  });
  onTestFinished(() => host.stop());
  const server = createServer((request, response) => {
    answer(request, response, (event) => host.invoke('page', event)).catch((error: unknown) => {
      response.writeHead(502).end(String(error));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, log: () => logged };
}

async function bundle(handler: string, folder: string): Promise<void> {
  await esbuild.build({
    absWorkingDir: ROOT,
    ...BUNDLING,
    mainFields: [...BUNDLING.mainFields],
    external: [...BUNDLING.external],
    entryPoints: [handler],
    outfile: join(folder, 'index.mjs'),
    logLevel: 'silent',
  });
  await mkdir(join(folder, 'company'));
  await writeFile(join(folder, 'company/directory.json'), JSON.stringify(directoryData));
  await writeFile(join(folder, 'company/calendar.json'), 'null');
  const company = { directory: directoryData, currency: COMPANY.currency };
  const rules = await compileCompanyRules(join(ROOT, 'rules'), company, undefined);
  await writeFile(join(folder, 'company/rules.json'), JSON.stringify(rules));
}

const resultSchema = z.object({
  kind: z.literal('returned'),
  payload: z.object({
    statusCode: z.number(),
    headers: z.record(z.string(), z.string()),
    cookies: z.array(z.string()).default([]),
    body: z.string(),
  }),
});

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  invoke: (event: object) => Promise<unknown>,
): Promise<void> {
  const outcome = await invoke(await eventOf(request));
  const { payload } = resultSchema.parse(outcome);
  response.writeHead(payload.statusCode, { ...payload.headers, 'set-cookie': payload.cookies });
  response.end(payload.body);
}

/** Payload version 2.0 of an HTTP API. */
async function eventOf(request: IncomingMessage): Promise<object> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(Buffer.from(chunk));
  const { cookie, [FROM]: from, ...headers } = request.headers;
  const [path = '/', query = ''] = (request.url ?? '/').split(/\?(.*)/s);
  const body = Buffer.concat(chunks);
  return {
    version: '2.0',
    rawPath: path,
    rawQueryString: query,
    headers,
    ...(cookie === undefined ? {} : { cookies: cookie.split('; ') }),
    ...(body.length === 0 ? {} : { body: body.toString('base64') }),
    isBase64Encoded: body.length > 0,
    requestContext: {
      domainName: headers.host,
      http: { method: request.method, path, sourceIp: from ?? request.socket.remoteAddress },
    },
  };
}
