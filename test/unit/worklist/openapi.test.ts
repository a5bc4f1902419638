import { readFileSync } from 'node:fs';
import { Validator } from '@seriousme/openapi-schema-validator';
import type { Context } from 'aws-lambda';
import { expect, it } from 'vitest';
import * as z from 'zod';
import { createAdministrationApi } from '../../../functions/administration/administration-api.ts';
import { pageHandler } from '../../../functions/pages/http-api.ts';
import { createWorklistApi } from '../../../functions/worklist/api/worklist-api.ts';
import { OPENAPI_FILE, openApiDocument, openApiText } from '../../../local/tools/openapi.ts';
import { MemoryFiles } from '../../support/memory-files.ts';
import { PurchaseWorld } from '../../support/purchase-world.ts';
import { claimsOf, gatewayEvent, openWorklistApi, TOKEN_RULES } from './open-worklist-api.ts';

it('the contract in the docs is the one that the API parses by: npm run openapi writes it anew', () => {
  expect(readFileSync(OPENAPI_FILE, 'utf8')).toBe(openApiText());
});

it('the contract is valid OpenAPI 3.1', async () => {
  const { valid, errors } = await new Validator().validate(JSON.parse(openApiText()));

  expect([valid, errors]).toEqual([true, undefined]);
});

it('both parts of the API have every operation of the contract between them', async () => {
  const { world, event, deps } = await openWorklistApi();
  const { processId } = await world.head(event);
  const parts = [
    createWorklistApi({ ...deps, log: () => undefined }),
    createAdministrationApi({ ...deps, log: () => undefined }),
  ];
  const claims = { ...claimsOf('E-2001'), 'cognito:groups': '[administrators]' };
  const operations = Object.entries(openApiDocument().paths ?? {}).flatMap(([path, item]) =>
    (['get', 'post'] as const).filter((method) => item[method] !== undefined).map((method) => ({ path, method })),
  );
  /** What is asked for first, which tells an operation that is there from one that is not. */
  const codeOf = async (part: (typeof parts)[number], { path, method }: (typeof operations)[number]) => {
    const url = `${path.replace('{processId}', processId).replaceAll(/\{\w+\}/g, 'none')}?limit=0&level=x`;
    const answer = await part.request(url, { method: method.toUpperCase() }, { sourceIp: '192.0.2.1', claims });
    return answer.ok ? 'done' : z.object({ code: z.string() }).parse(await answer.json()).code;
  };
  const codes = await Promise.all(
    operations.map(async (operation) => {
      const [own, ofAdministrators] = await Promise.all(parts.map((part) => codeOf(part, operation)));
      return [`${operation.method} ${operation.path}`, own === 'not-found' ? ofAdministrators : own];
    }),
  );

  expect(Object.fromEntries(codes)).toEqual({
    'get /api/v1/tasks': 'invalid-request',
    'get /api/v1/tasks/{processId}/{approvalId}': 'invalid-request',
    'post /api/v1/tasks/{processId}/{approvalId}/actions': 'idempotency-key-missing',
    'get /api/v1/tasks/{processId}/{approvalId}/files': 'invalid-request',
    'post /api/v1/tasks/{processId}/{approvalId}/files': 'invalid-request',
    'get /api/v1/tasks/{processId}/{approvalId}/files/{fileId}': 'invalid-request',
    'post /api/v1/receipt-files': 'done',
    'get /api/v1/copies': 'invalid-request',
    'get /api/v1/decided': 'invalid-request',
    'get /api/v1/requests': 'invalid-request',
    'get /api/v1/requests/{processId}/timeline': 'done',
    'post /api/v1/requests/{processId}/urge': 'idempotency-key-missing',
    'post /api/v1/requests/{processId}/withdrawal': 'invalid-request',
    'post /api/v1/requests/{processId}/resubmission': 'idempotency-key-missing',
    'post /api/v1/requests/{processId}/early-return': 'idempotency-key-missing',
    'get /api/v1/absences': 'done',
    'post /api/v1/absences': 'idempotency-key-missing',
    // There is none of that id: that one ends is in the tests of absences.
    'post /api/v1/absences/{absenceId}/end': 'not-found',
    'get /api/v1/people/{employeeId}/hand-over': 'invalid-request',
    'post /api/v1/people/{employeeId}/hand-over': 'invalid-request',
  });
});

it('knows its caller by what API Gateway says of the token, and by nothing that the caller sends', async () => {
  const world = new PurchaseWorld();
  const handler = pageHandler({
    environment: z.object({}),
    app: () =>
      createWorklistApi({
        ...world.urgeDeps(),
        files: new MemoryFiles(),
        timeZone: 'Asia/Shanghai',
        ...TOKEN_RULES,
        log: () => undefined,
      }),
  });
  const context = { functionName: 'worklist-api', awsRequestId: 'request-1' } as Context;
  const forged = gatewayEvent('/api/v1/tasks', undefined);

  const known = await handler(gatewayEvent('/api/v1/tasks', claimsOf('E-2001')), context);
  const unknown = await handler({ ...forged, headers: { claims: JSON.stringify(claimsOf('E-2001')) } }, context);

  expect([known.statusCode, unknown.statusCode]).toEqual([200, 403]);
});
