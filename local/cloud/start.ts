/** Starts everything that stands for AWS and the ERP on one machine, and deploys Meridian to it. */
import { createWriteStream, existsSync } from 'node:fs';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { GetSecretValueCommand, PutSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { readCompany } from '../../infra/config.ts';
import { demoAccounts } from '../identity/accounts.ts';
import { type IdentityServer, startIdentityServer } from '../identity/server.ts';
import { describeFromMinistack } from '../lambda/describe.ts';
import { createLambdaHost, type LambdaHost } from '../lambda/host.ts';
import { type EngineServer, startEngineServer } from '../step-functions/index.ts';
import { prepareTryton, startTryton, type TrytonServer } from '../tryton/server.ts';
import { ACCOUNT_ID, awsEnvironment, clientOptions, REGION } from './aws.ts';
import { deployStack, registerMachines, type StackOutputs } from './deploy.ts';
import { type MetricsBridge, startMetricsBridge } from './metrics-bridge.ts';
import { startMinistack } from './ministack.ts';
import { startPagesProxy } from './pages-proxy.ts';
import { ROOT, TRYTON_PYTHON } from './paths.ts';
import type { Supervisor } from './supervisor.ts';

/** The prepared Tryton company is made once for all. */
const PRISTINE_TRYTON = join(ROOT, '.local/tryton/pristine');
const COMPANY_FILE = 'local/demo/company.json';
/** The client of the API that the company file lists. */
const OA_CLIENT = 'demo-oa';
/** The demonstration need not wait for the minutes of the deployed schedules. */
const POLL_ERP_MS = 1_000;
/** Sooner than any schedule may: whoever watches a demonstration does not wait five minutes. */
const WATCH_STOCK_MS = 10_000;
const SWEEP_MS = 10_000;
const PUBLISH_MS = 15_000;
const MAX_PER_FUNCTION = 4;

type InvokeLambda = LambdaHost['invoke'];

/** Everything that runs, and how to reach it. */
export interface LocalCloud {
  /** MiniStack: all of AWS but Step Functions. */
  readonly endpoint: string;
  /** The local Step Functions engine. */
  readonly engineUrl: string;
  /** The decision and timeline pages. */
  readonly pagesUrl: string;
  /** The company's identity provider. */
  readonly identityUrl: string;
  /** The demonstration OA's own client there, for tokens of the API. */
  readonly oaClient: { readonly clientId: string; readonly clientSecret: string };
  readonly outputs: StackOutputs;
  readonly tryton: TrytonServer;
  readonly lambdas: LambdaHost;
  /** Puts the metrics that functions write into their logs. */
  readonly metrics: MetricsBridge;
  /** Key that signs what the OA is told. */
  readonly oaSigningKey: string;
  /** Resolves, with a sentence about it, should MiniStack end while the cloud is in use. */
  readonly broken: Promise<string>;
  /** Stops the ERP, as a machine that is switched off; and starts it again with its data, at the same address. */
  stopTryton(): Promise<void>;
  startTrytonAgain(): Promise<void>;
  /** Ends the engine and starts it again over its journal, at the same address. */
  restartEngine(): Promise<void>;
}

/**
 * Starts afresh: what an earlier start left in `folder` is deleted. Leaves `outputs.json` with the endpoint and the
 * stack's outputs there, for tools.
 *
 * @param options.ports - fixed ones for people; 0 for free ones
 * @param options.oaCallbackUrl - where the OA listens
 * @param options.supervisor - stops all parts, however the start went
 * @param options.report - told what is being done
 * @param options.onTaskInvoked - told of each invocation by a state machine, and how long it took
 */
export async function startLocalCloud(options: {
  readonly folder: string;
  readonly ports: { readonly aws: number; readonly pages: number; readonly identity: number };
  readonly oaCallbackUrl: string;
  readonly supervisor: Supervisor;
  readonly report: (line: string) => void;
  readonly onTaskInvoked?: (functionArn: string, milliseconds: number) => void;
}): Promise<LocalCloud> {
  const { ports, supervisor, report, onTaskInvoked = () => undefined } = options;
  const folder = resolve(options.folder);
  if (existsSync(folder)) report('starting afresh: what the last run left is deleted');
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });

  const preparing = prepareTryton({ python: TRYTON_PYTHON, folder: PRISTINE_TRYTON, report });
  const { endpoint, broken } = await startCloud(folder, ports.aws, supervisor, report);
  const bridge = startMetricsBridge({ endpoint, supervisor, report });
  const lambdas = lambdaHost(endpoint, folder, supervisor, bridge.take);
  const invokeLambda: InvokeLambda = async (functionArn, payload) => {
    const startedAt = performance.now();
    const outcome = await lambdas.invoke(functionArn, payload);
    onTaskInvoked(functionArn, performance.now() - startedAt);
    return outcome;
  };
  const engine = await startEngine(folder, endpoint, invokeLambda, supervisor, report);
  const pages = await startPagesProxy(ports.pages);
  supervisor.add('pages', () => pages.stop());
  const identity = await startIdentity(ports.identity, pages.url, supervisor);
  await preparing;
  const erp = await startErp(folder, supervisor, report);

  report('deploying Meridian with the CDK CLI …');
  const outputs = await deployStack({
    endpoint,
    folder: join(folder, 'deploy'),
    context: {
      company: COMPANY_FILE,
      sfnEndpoint: engine.url(),
      pagesUrl: pages.url,
      oaCallbackUrl: options.oaCallbackUrl,
      signInIssuer: identity.url,
      signInClientId: identity.clientId,
    },
  });
  await registerMachines(endpoint, engine.url(), [
    output(outputs, 'ApprovalArn'),
    output(outputs, 'ProcureToPayArn'),
    output(outputs, 'ExpenseToPostingArn'),
    output(outputs, 'LeaveRequestArn'),
    output(outputs, 'OfficeRequestArn'),
    output(outputs, 'EngineeringChangeArn'),
    output(outputs, 'PayslipArn'),
    output(outputs, 'PayrollRunArn'),
    output(outputs, 'ReplenishmentArn'),
  ]);
  pages.forwardTo(await apiAddress(endpoint));
  await writeSecret(endpoint, output(outputs, 'ErpCredentialsArn'), erpCredentials(erp.server()));
  await writeSecret(endpoint, output(outputs, 'SignInSecretArn'), { clientSecret: identity.clientSecret });
  const oaClient = {
    clientId: output(outputs, 'ApiClientDemoOaId'),
    clientSecret: identity.apiSecrets.get(OA_CLIENT) ?? '',
  };
  await writeSecret(endpoint, output(outputs, 'ApiClientDemoOaSecretArn'), { clientSecret: oaClient.clientSecret });
  await writeFile(
    join(folder, 'outputs.json'),
    JSON.stringify({ endpoint, engineUrl: engine.url(), outputs }, undefined, 2),
  );
  const oaSigningKey = await readSigningKey(endpoint, output(outputs, 'OaSigningKeyArn'));
  tick(supervisor, lambdas, output(outputs, 'PollErpFunctionName'), POLL_ERP_MS);
  tick(supervisor, lambdas, output(outputs, 'SweepEffectsFunctionName'), SWEEP_MS);
  tick(supervisor, lambdas, output(outputs, 'WatchStockFunctionName'), WATCH_STOCK_MS);
  tick(supervisor, lambdas, output(outputs, 'PublishFiguresFunctionName'), PUBLISH_MS);
  // Those that MiniStack runs itself; what the ticks and the state machines call comes from their own workers.
  bridge.follow(
    ['MeasureRecord', 'PublishFigures', 'DecisionPage', 'Webhook'].map((name) =>
      output(outputs, `${name}FunctionName`),
    ),
  );
  return {
    endpoint,
    engineUrl: engine.url(),
    pagesUrl: pages.url,
    identityUrl: identity.url,
    oaClient,
    outputs,
    tryton: erp.server(),
    lambdas,
    metrics: bridge,
    oaSigningKey,
    broken,
    stopTryton: erp.stop,
    startTrytonAgain: erp.startAgain,
    restartEngine: engine.restart,
  };
}

/** An output of the stack by name. */
export function output(outputs: StackOutputs, name: string): string {
  const value = outputs[name];
  if (value === undefined) {
    throw new Error(`the stack has no output ${name}`);
  }
  return value;
}

async function startCloud(folder: string, port: number, supervisor: Supervisor, report: (line: string) => void) {
  report('starting the local cloud (MiniStack) …');
  const ministack = await startMinistack({
    dataFolder: join(folder, 'ministack'),
    keepState: false,
    ...(port === 0 ? {} : { port }),
  });
  let isStopping = false;
  supervisor.add('MiniStack', () => {
    isStopping = true;
    return ministack.stop();
  });
  const broken = new Promise<string>((resolve) => {
    void ministack.ended.then(() => {
      if (!isStopping) resolve(`the local cloud (MiniStack) ended by itself; its log: ${join(folder, 'ministack')}`);
    });
  });
  return { endpoint: ministack.endpoint, broken };
}

function lambdaHost(
  endpoint: string,
  folder: string,
  supervisor: Supervisor,
  onLog: (functionName: string, text: string) => void,
): LambdaHost {
  const log = createWriteStream(join(folder, 'functions.log'));
  const host = createLambdaHost({
    describe: describeFromMinistack({ endpoint, codeFolder: join(folder, 'code') }),
    maxPerFunction: MAX_PER_FUNCTION,
    ambient: awsEnvironment(endpoint),
    log: (name, text) => {
      log.write(`[${name}] ${text}`);
      onLog(name, text);
    },
  });
  supervisor.add('functions', async () => {
    await host.stop();
    log.end();
  });
  return host;
}

async function startEngine(
  folder: string,
  endpoint: string,
  invokeLambda: InvokeLambda,
  supervisor: Supervisor,
  report: (line: string) => void,
) {
  report('starting the Step Functions engine …');
  const start = (port: number): Promise<EngineServer> =>
    startEngineServer({
      port,
      databaseFile: join(folder, 'step-functions.sqlite'),
      region: REGION,
      accountId: ACCOUNT_ID,
      invokeLambda,
      aws: clientOptions(endpoint),
    });
  let engine = await start(0);
  supervisor.add('Step Functions engine', () => engine.stop());
  return {
    url: () => engine.url,
    restart: async () => {
      const { port } = engine;
      await engine.stop();
      engine = await start(port);
    },
  };
}

async function startErp(folder: string, supervisor: Supervisor, report: (line: string) => void) {
  report('starting Tryton …');
  const start = (reset: boolean, port?: number): Promise<TrytonServer> =>
    startTryton({
      python: TRYTON_PYTHON,
      pristine: PRISTINE_TRYTON,
      dataFolder: join(folder, 'tryton'),
      reset,
      ...(port === undefined ? {} : { port }),
    });
  let server = await start(true);
  supervisor.add('Tryton', () => server.stop());
  return {
    server: () => server,
    stop: () => server.stop(),
    startAgain: async () => {
      server = await start(false, server.port);
    },
  };
}

/** Names of subdomains do not resolve everywhere: the emulator's own address of the API does. */
async function apiAddress(endpoint: string): Promise<string> {
  const response = await fetch(`${endpoint}/v2/apis`);
  const { items = [] } = (await response.json()) as { readonly items?: readonly { readonly apiId?: string }[] };
  const [api, ...others] = items;
  if (api?.apiId === undefined || others.length > 0) {
    throw new Error(`the local cloud has ${items.length} HTTP APIs; one was deployed`);
  }
  return `${endpoint}/_aws/execute-api/${api.apiId}/$default`;
}

/** The pages of the deployed stack trust it in the place of a user pool, which the local cloud cannot federate. */
async function startIdentity(port: number, pagesUrl: string, supervisor: Supervisor): Promise<IdentityServer> {
  const { signIn } = readCompany(join(ROOT, COMPANY_FILE));
  const server = await startIdentityServer({
    ...{ port, pagesUrl, accounts: await demoAccounts() },
    apiClients: signIn?.apiClients ?? [],
  });
  supervisor.add('identity provider', () => server.stop());
  return server;
}

function erpCredentials({ url, database, logins }: TrytonServer) {
  const { login, password } = logins.connector;
  return { url, database, user: login, password };
}

async function writeSecret(
  endpoint: string,
  secretArn: string,
  value: Readonly<Record<string, string>>,
): Promise<void> {
  await new SecretsManagerClient(clientOptions(endpoint)).send(
    new PutSecretValueCommand({ SecretId: secretArn, SecretString: JSON.stringify(value) }),
  );
}

async function readSigningKey(endpoint: string, secretArn: string): Promise<string> {
  const { SecretString } = await new SecretsManagerClient(clientOptions(endpoint)).send(
    new GetSecretValueCommand({ SecretId: secretArn }),
  );
  const { signingKey } = JSON.parse(SecretString ?? '{}') as { readonly signingKey?: string };
  if (signingKey === undefined) {
    throw new Error('the stack made no key for the OA');
  }
  return signingKey;
}

/** Runs a function again and again, one after the other, as its schedule would every minute. */
function tick(supervisor: Supervisor, lambdas: LambdaHost, functionName: string, everyMs: number): void {
  const ending = new AbortController();
  const ended = (async () => {
    while (!ending.signal.aborted) {
      // What it throws is in its log; the next tick does the same work.
      await lambdas.invoke(functionName, {}).catch(() => undefined);
      await pause(everyMs, undefined, { signal: ending.signal }).catch(() => undefined);
    }
  })();
  supervisor.add(`ticks of ${functionName}`, async () => {
    ending.abort();
    await ended;
  });
}
