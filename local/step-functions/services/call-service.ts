import { isObject, type Json, type JsonObject } from '../json.ts';
import { type Resource, resourceOf } from '../resources.ts';
import type { TaskAnswer } from '../tasks.ts';
import type { RunTask } from '../turn.ts';
import { type CalledService, serviceNamed } from './catalogue.ts';
import { serviceFailure } from './service-errors.ts';
import { fromAnswer, toParameters } from './service-values.ts';

/** How the clients of services are configured. */
export interface ServiceAccess {
  /** Where a service is, by its name in `aws-sdk:<service>`. */
  readonly endpointOf: (service: string) => string;
  readonly region: string;
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
}

/** Runs tasks that call services of AWS through the SDK's clients. */
export interface ServiceCaller {
  isServiceTask(resource: string): boolean;
  run(command: RunTask): Promise<TaskAnswer>;
  /** Closes the connections of all clients. */
  close(): void;
}

/** Calls services; a client is made when its service is first called. */
export function createServiceCaller(access: ServiceAccess): ServiceCaller {
  const clients = new Map<string, Promise<SdkClient>>();
  const clientOf = (called: CalledService): Promise<SdkClient> => {
    const client = clients.get(called.name) ?? makeClient(called, access);
    clients.set(called.name, client);
    return client;
  };
  return {
    isServiceTask: (arn) => {
      const { kind, service } = resourceOf(arn);
      return kind === 'service' && serviceNamed(service) !== undefined;
    },
    run: async (command) => {
      const resource = resourceOf(command.resource);
      const called = serviceNamed(resource.service);
      if (called === undefined) throw new Error(`There is no client for ${command.resource}`);
      return call(await clientOf(called), called, resource, command.arguments);
    },
    close: () => {
      for (const client of clients.values()) void client.then(({ close }) => close());
    },
  };
}

/** A client of the SDK, whatever its service. */
interface SdkClient {
  /** Sends a command; undefined when the service has no such action. */
  send(action: string, parameters: unknown): Promise<unknown> | undefined;
  knows(exception: string): boolean;
  close(): void;
}

async function makeClient(called: CalledService, access: ServiceAccess): Promise<SdkClient> {
  const module = new Map<string, unknown>(Object.entries(await called.service.load()));
  const named = (name: string): unknown => {
    const lower = name.toLowerCase();
    return [...module].find(([exported]) => exported.toLowerCase() === lower)?.[1];
  };
  const client: unknown = construct(named(`${called.name}Client`), {
    endpoint: access.endpointOf(called.name),
    region: access.region,
    credentials: access.credentials,
    // The state machine's Retry is the only one.
    maxAttempts: 1,
    ...(called.name === 's3' ? { forcePathStyle: true } : {}),
  });
  const method = (name: 'send' | 'destroy', args: readonly unknown[]): unknown => {
    const found = isObject(client) ? client[name] : undefined;
    return typeof found === 'function' ? Reflect.apply(found, client, args) : undefined;
  };
  return {
    send: (action, parameters) => {
      const Command = named(`${action}Command`);
      return Command === undefined ? undefined : Promise.resolve(method('send', [construct(Command, parameters)]));
    },
    knows: (exception) => typeof module.get(exception) === 'function',
    close: () => method('destroy', []),
  };
}

function construct(Class: unknown, argument: unknown): unknown {
  if (typeof Class !== 'function') throw new Error('The SDK has no such class');
  return Reflect.construct(Class, [argument]);
}

async function call(client: SdkClient, called: CalledService, resource: Resource, args: Json): Promise<TaskAnswer> {
  try {
    const sent = client.send(resource.action, toParameters(args, called));
    if (sent === undefined) {
      return { kind: 'failed', error: 'States.Runtime', cause: `${resource.service} has no action ${resource.action}` };
    }
    const answer = await sent;
    const output = await fromAnswer(answer, called);
    if (!called.isOptimised) return { kind: 'succeeded', output };
    return failedEntries(output) ?? { kind: 'succeeded', output: { ...output, ...httpMetadata(answer) } };
  } catch (error) {
    return { kind: 'failed', ...serviceFailure(called, error, client.knows) };
  }
}

/** EventBridge answers well when it has refused some of the events; the optimised integration does not. */
function failedEntries({ Entries, FailedEntryCount }: JsonObject): TaskAnswer | undefined {
  if (typeof FailedEntryCount !== 'number' || FailedEntryCount === 0) return undefined;
  const cause = JSON.stringify({ Entries: Entries ?? [], FailedEntryCount });
  return { kind: 'failed', error: 'EventBridge.FailedEntry', cause };
}

/** What optimised integrations add of the call itself. */
function httpMetadata(answer: unknown): JsonObject {
  const metadata = isObject(answer) && isObject(answer.$metadata) ? answer.$metadata : {};
  const requestId = String(metadata.requestId ?? '');
  const headers: JsonObject = { 'x-amzn-RequestId': requestId };
  return {
    SdkHttpMetadata: {
      AllHttpHeaders: { 'x-amzn-RequestId': [requestId] },
      HttpHeaders: headers,
      HttpStatusCode: Number(metadata.httpStatusCode ?? 200),
    },
    SdkResponseMetadata: { RequestId: requestId },
  };
}
