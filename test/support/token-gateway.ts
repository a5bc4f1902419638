/** The API behind an HTTP API of the emulator whose authorizer checks tokens, as the deployed one does. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import * as z from 'zod';
import type { Claims } from '../../functions/pages/http-api.ts';

interface Gateway {
  /** Address of the API without a slash at its end. */
  readonly url: string;
  stop(): Promise<void>;
}

interface GatewayParts {
  /** Of the emulator. */
  readonly endpoint: string;
  readonly issuer: string;
  readonly audience: readonly string[];
  /** Answers what the authorizer lets through, with the claims of its token. */
  readonly answer: (path: string, claims: Claims) => Response | Promise<Response>;
}

export async function startTokenGateway({ endpoint, issuer, audience, answer }: GatewayParts): Promise<Gateway> {
  const server = createServer((request, response) => {
    const reply = async () => {
      const answered = await answer(request.url ?? '', claimsOf(request.headers.authorization ?? ''));
      response.writeHead(answered.status, { 'content-type': answered.headers.get('content-type') ?? '' });
      response.end(await answered.text());
    };
    reply().catch((error: unknown) => response.writeHead(500).end(String(error)));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const apiId = await createApi(endpoint, {
    ...{ issuer, audience },
    behind: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
  });
  return {
    url: `${endpoint}/_aws/execute-api/${apiId}/$default`,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** Of a token that the authorizer has let through: nothing else reaches this place. */
function claimsOf(authorization: string): Claims {
  const [, payload = ''] = authorization.split('.');
  return z.record(z.string(), z.unknown()).parse(JSON.parse(Buffer.from(payload, 'base64url').toString()));
}

const madeSchema = z.object({
  apiId: z.string().optional(),
  authorizerId: z.string().optional(),
  integrationId: z.string().optional(),
});

async function createApi(
  endpoint: string,
  { issuer, audience, behind }: { issuer: string; audience: readonly string[]; behind: string },
): Promise<string> {
  const make = async (path: string, body: object) => {
    const response = await fetch(`${endpoint}/v2/apis${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    if (!response.ok) throw new Error(`${path}: ${await response.text()}`);
    return madeSchema.parse(await response.json());
  };
  const { apiId = '' } = await make('', { name: 'api', protocolType: 'HTTP' });
  const { authorizerId } = await make(`/${apiId}/authorizers`, {
    ...{ name: 'signed-in', authorizerType: 'JWT', identitySource: ['$request.header.Authorization'] },
    jwtConfiguration: { issuer, audience },
  });
  const { integrationId } = await make(`/${apiId}/integrations`, {
    ...{ integrationType: 'HTTP_PROXY', integrationMethod: 'ANY', integrationUri: behind },
    payloadFormatVersion: '1.0',
  });
  const target = `integrations/${integrationId}`;
  await make(`/${apiId}/routes`, { routeKey: 'ANY /{proxy+}', target, authorizationType: 'JWT', authorizerId });
  await make(`/${apiId}/stages`, { stageName: '$default', autoDeploy: true });
  return apiId;
}
