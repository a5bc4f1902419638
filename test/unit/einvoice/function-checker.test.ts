import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createFunctionChecker } from '../../../functions/einvoice/lambda/function-checker.ts';

/** What the service of Lambda answers next, in its protocol, and what it was asked. */
let next: { readonly status: number; readonly headers: Record<string, string>; readonly body: string };
const asked: { path: string; body: string }[] = [];
let server: Server;
let client: LambdaClient;

beforeAll(async () => {
  server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk) => {
      body += chunk;
    });
    request.on('end', () => {
      asked.push({ path: request.url ?? '', body });
      response.writeHead(next.status, next.headers).end(next.body);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  client = new LambdaClient({
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    region: 'eu-central-1',
    credentials: { accessKeyId: 'x', secretAccessKey: 'x' },
    maxAttempts: 1,
  });
});

afterAll(() => {
  client.destroy();
  server.close();
});

function answered(body: unknown, { failed = false, status = 200, error = '' } = {}) {
  next = {
    status,
    headers: {
      ...(failed ? { 'x-amz-function-error': 'Unhandled' } : {}),
      ...(error ? { 'x-amzn-errortype': error } : {}),
    },
    body: JSON.stringify(body),
  };
  return createFunctionChecker({ client, functionName: 'meridian-check-en16931' }).check('incoming/receipt-1/r.xml');
}

describe('the function that has the rules', () => {
  it('is asked by the key of the file, and its report is given on', async () => {
    const report = { outcome: 'checked', rules: '1', fatal: 0, warnings: 0, broken: [] };

    expect(await answered({ report })).toEqual(report);
    expect(asked.at(-1)).toEqual({
      path: '/2015-03-31/functions/meridian-check-en16931/invocations',
      body: '{"key":"incoming/receipt-1/r.xml"}',
    });
    expect(await answered({ report: null })).toBeUndefined();
  });

  it.each([
    [
      'took too long',
      { errorType: 'Sandbox.Timedout', errorMessage: 'RequestId: 1 Error: Task timed out after 15.00 seconds' },
    ],
    [
      'took too long, by an answer without a type',
      { errorMessage: '2026-01-01T00:00:00Z 1 Task timed out after 15.00 seconds' },
    ],
    ['ran out of memory', { errorType: 'Runtime.OutOfMemory', errorMessage: 'signal: killed' }],
    ['was ended', { errorType: 'Runtime.ExitError', errorMessage: 'exit status 1' }],
  ])('that %s leaves the invoice to people, and is not asked again', async (_what, failure) => {
    expect(await answered(failure, { failed: true })).toEqual({ outcome: 'unchecked' });
  });

  it.each([
    [
      'could not read the file',
      { errorType: 'ConnectorTransientError', errorMessage: 'S3' },
      { failed: true },
      'ConnectorTransientError',
    ],
    ['lacks its rules', { errorType: 'ConfigError', errorMessage: 'no rules' }, { failed: true }, 'ConfigError'],
    ['does what nobody knows', { errorType: 'TypeError', errorMessage: 'x' }, { failed: true }, 'ConfigError'],
    ['may not be asked', {}, { status: 403, error: 'AccessDeniedException' }, 'ConfigError'],
    ['is not there', {}, { status: 404, error: 'ResourceNotFoundException' }, 'ConfigError'],
    ['is asked too often', {}, { status: 429, error: 'TooManyRequestsException' }, 'ConnectorTransientError'],
    ['is out of order', {}, { status: 500, error: 'ServiceException' }, 'ConnectorTransientError'],
  ])('that %s keeps the file back, by an error of its family', async (_what, body, options, name) => {
    await expect(answered(body, options)).rejects.toMatchObject({
      name,
      message: expect.stringContaining('check-en16931'),
    });
  });

  it('that cannot be reached keeps the file back', async () => {
    const nobody = new LambdaClient({
      ...{ endpoint: 'http://127.0.0.1:1', region: 'eu-central-1', maxAttempts: 1 },
      credentials: { accessKeyId: 'x', secretAccessKey: 'x' },
    });

    await expect(
      createFunctionChecker({ client: nobody, functionName: 'x' }).check('incoming/x'),
    ).rejects.toMatchObject({
      name: 'ConnectorTransientError',
    });
  });
});
