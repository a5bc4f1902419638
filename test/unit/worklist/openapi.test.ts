import { readFileSync } from 'node:fs';
import { Validator } from '@seriousme/openapi-schema-validator';
import type { Context } from 'aws-lambda';
import { expect, it } from 'vitest';
import * as z from 'zod';
import { pageHandler } from '../../../functions/pages/http-api.ts';
import { createWorklistApi } from '../../../functions/worklist/api/worklist-api.ts';
import { OPENAPI_FILE, openApiDocument, openApiText } from '../../../local/tools/openapi.ts';
import { MemoryFiles } from '../../support/memory-files.ts';
import { PurchaseWorld } from '../../support/purchase-world.ts';
import { claimsOf, gatewayEvent, openWorklistApi } from './open-worklist-api.ts';

it('the contract in the docs is the one that the API parses by: npm run openapi writes it anew', () => {
  expect(readFileSync(OPENAPI_FILE, 'utf8')).toBe(openApiText());
});

it('the contract is valid OpenAPI 3.1', async () => {
  const { valid, errors } = await new Validator().validate(JSON.parse(openApiText()));

  expect([valid, errors]).toEqual([true, undefined]);
});

it('the API has every operation of the contract', async () => {
  const { as, request } = await openWorklistApi();
  const operations = Object.entries(openApiDocument().paths ?? {}).flatMap(([path, item]) =>
    (['get', 'post'] as const).filter((method) => item[method] !== undefined).map((method) => ({ path, method })),
  );
  const codes = await Promise.all(
    operations.map(async ({ path, method }) => {
      // What it does not have is told from what has no such task by what it asks for first.
      const url = `${path.replaceAll(/\{\w+\}/g, 'none')}?limit=0&level=x`;
      return method === 'get'
        ? (await as('E-2001').get(url)).body.code
        : (await request(url, { method: 'POST' }, claimsOf('E-2001'))).body.code;
    }),
  );

  expect(operations).toHaveLength(10);
  expect(codes.toSorted()).toEqual([
    ...Array.from({ length: 2 }, () => 'idempotency-key-missing'),
    ...Array.from({ length: 7 }, () => 'invalid-request'),
    // The form of a receipt needs nothing that could be wrong.
    undefined,
  ]);
});

it('knows its caller by what API Gateway says of the token, and by nothing that the caller sends', async () => {
  const world = new PurchaseWorld();
  const handler = pageHandler({
    environment: z.object({}),
    app: () => createWorklistApi({ ...world.urgeDeps(), files: new MemoryFiles(), log: () => undefined }),
  });
  const context = { functionName: 'worklist-api', awsRequestId: 'request-1' } as Context;
  const forged = gatewayEvent('/api/v1/tasks', undefined);

  const known = await handler(gatewayEvent('/api/v1/tasks', claimsOf('E-2001')), context);
  const unknown = await handler({ ...forged, headers: { claims: JSON.stringify(claimsOf('E-2001')) } }, context);

  expect([known.statusCode, unknown.statusCode]).toEqual([200, 403]);
});
