/** The API over a purchase that waits for its manager, asked as API Gateway asks it once it has checked the token. */
import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import type { Hono } from 'hono';
import type { DecidingDeps } from '../../../functions/approvals/decision-deps.ts';
import { keepFile } from '../../../functions/approvals/keep-file.ts';
import type { UrgeDeps } from '../../../functions/approvals/urge-approval.ts';
import { createStoreDirectory } from '../../../functions/directory/store-directory.ts';
import type { ApiEnvironment } from '../../../functions/worklist/api/caller.ts';
import { createWorklistApi } from '../../../functions/worklist/api/worklist-api.ts';
import { MemoryFiles } from '../../support/memory-files.ts';
import type { MemoryStore } from '../../support/memory-store.ts';
import type { WorldOptions } from '../../support/process-world.ts';
import { directoryData, requisitionEvent } from '../../support/purchase-company.ts';
import { PurchaseWorld } from '../../support/purchase-world.ts';
import { BY_VERIFIED_MAIL } from '../../support/sign-in-rig.ts';

interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Readonly<Record<string, unknown>>;
}

/** How people and roles stand in tokens; nobody hears of those that name nobody. */
export const TOKEN_RULES = {
  onRefusedCaller: () => undefined,
  personRule: BY_VERIFIED_MAIL,
  tokenRoles: {
    claim: 'cognito:groups',
    groups: { administrator: 'administrators', operator: 'operators', auditor: 'auditors' },
  },
};

/** Claims of the token of an employee. */
export function claimsOf(employeeId: string): Readonly<Record<string, string>> {
  const email = directoryData.people.find((person) => person.employeeId === employeeId)?.email ?? '';
  return { sub: `account of ${employeeId}`, email, email_verified: 'true' };
}

export async function openWorklistApi(
  changes: Parameters<typeof requisitionEvent>[0] = {},
  options: WorldOptions = {},
) {
  const world = new PurchaseWorld(options);
  const event = requisitionEvent(changes);
  await world.submit(event);
  const api = apiOver(world);
  /** What has arrived last is checked, and kept or refused. */
  const keepArrived = async () => {
    const result = await keepFile(api.deps, [...api.files.arrived.keys()].at(-1) ?? '');
    await world.run();
    return result;
  };
  return { world, event, ...api, keepArrived };
}

interface World {
  readonly store: MemoryStore;
  urgeDeps(): UrgeDeps & DecidingDeps;
}

/** The API over requests of any kind. */
export function apiOver(world: World) {
  const failures: string[] = [];
  const refusedCallers: object[] = [];
  /** Attempts that were refused unrecorded, as operators count them. */
  const guesses: string[] = [];
  const files = new MemoryFiles();
  const inMemory = world.urgeDeps();
  const deps = {
    ...inMemory,
    directory: createStoreDirectory(world.store, inMemory.directory),
    files,
    timeZone: 'Asia/Shanghai',
    ...TOKEN_RULES,
    onGuess: (guess: string) => guesses.push(guess),
  };
  const api = createWorklistApi({
    ...deps,
    log: (message) => failures.push(message),
    onRefusedCaller: (facts) => refusedCallers.push(facts),
  });
  return { deps, failures, refusedCallers, guesses, files, ...callersOf(api) };
}

/** Who calls an API. */
export function callersOf(api: Hono<ApiEnvironment>) {
  const request = async (
    path: string,
    init: RequestInit,
    claims?: Readonly<Record<string, string>>,
  ): Promise<Answer> => {
    const bindings = { sourceIp: '192.0.2.1', ...(claims === undefined ? {} : { claims }) };
    const response = await api.request(`https://pages.meridian.example${path}`, init, bindings);
    return { status: response.status, headers: response.headers, body: JSON.parse(await response.text()) };
  };
  /** What an employee's OA can do for them; `groups`: as API Gateway tells them. */
  const as = (employeeId: string, groups?: string) => {
    const claims = { ...claimsOf(employeeId), ...(groups === undefined ? {} : { 'cognito:groups': groups }) };
    return {
      get: (path: string) => request(path, {}, claims),
      /** `key`: its idempotency key; null: none. */
      post: (path: string, action: object, key: string | null = null) =>
        request(
          path,
          {
            method: 'POST',
            headers: { 'content-type': 'application/json', ...(key === null ? {} : { 'idempotency-key': key }) },
            body: JSON.stringify(action),
          },
          claims,
        ),
    };
  };
  return { request, as };
}

/** Path of the first task of a list, and what its answer must name. */
export async function firstTaskOf({ get }: { readonly get: (path: string) => Promise<Answer> }) {
  const { body } = await get('/api/v1/tasks');
  const [task] = Array.isArray(body.tasks) ? body.tasks : [];
  const path = `/api/v1/tasks/${task.processId}/${task.approvalId}`;
  const { level, round, documentVersion } = (await get(`${path}?level=${task.level}`)).body;
  return { path, asked: { level, round, documentVersion } };
}

/** A request as API Gateway gives it to a function, with the claims of the token that it has checked. */
export function gatewayEvent(
  path: string,
  claims: Readonly<Record<string, string>> | undefined,
): APIGatewayProxyEventV2 {
  const authorizer = claims === undefined ? {} : { authorizer: { jwt: { claims, scopes: null } } };
  return {
    version: '2.0',
    routeKey: `GET ${path}`,
    rawPath: path,
    rawQueryString: '',
    headers: {},
    isBase64Encoded: false,
    requestContext: {
      accountId: '111122223333',
      apiId: 'api',
      domainName: 'pages.meridian.example',
      domainPrefix: 'pages',
      requestId: 'request-1',
      routeKey: `GET ${path}`,
      stage: '$default',
      time: '01/Jan/2026:00:00:00 +0000',
      timeEpoch: 0,
      http: { method: 'GET', path, protocol: 'HTTP/1.1', sourceIp: '192.0.2.1', userAgent: 'oa' },
      ...authorizer,
    },
  };
}
