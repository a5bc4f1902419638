/** Deploys the CDK app to the local cloud, through the CDK CLI as on AWS. */
import { spawn } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { mkdir, readFile } from 'node:fs/promises';
import { delimiter, dirname, join, resolve } from 'node:path';
import { finished } from 'node:stream/promises';
import {
  CreateStateMachineAliasCommand,
  CreateStateMachineCommand,
  DescribeStateMachineAliasCommand,
  DescribeStateMachineCommand,
  PublishStateMachineVersionCommand,
  SFNClient,
  UpdateStateMachineAliasCommand,
  UpdateStateMachineCommand,
} from '@aws-sdk/client-sfn';
import { CURRENT_ALIAS } from '../../functions/process/current-alias.ts';
import { ACCOUNT_ID, awsEnvironment, clientOptions, REGION } from './aws.ts';
import { NODE, ROOT } from './paths.ts';

/** Outputs of the stack, by name. */
export type StackOutputs = Readonly<Record<string, string>>;

/** What the stack is told with `-c`. */
export interface DeployContext {
  /** Company file, relative to the project. */
  readonly company: string;
  readonly sfnEndpoint: string;
  readonly pagesUrl: string;
  readonly oaCallbackUrl: string;
  /** Who vouches for people. */
  readonly signInIssuer: string;
  readonly signInClientId: string;
}

/**
 * Bootstraps and deploys.
 *
 * @param options.folder - takes the CLI's log and what it synthesizes
 * @throws Error with one sentence that ends with what the CLI said
 */
export async function deployStack(options: {
  readonly endpoint: string;
  readonly folder: string;
  readonly context: DeployContext;
}): Promise<StackOutputs> {
  const { endpoint, context } = options;
  const folder = resolve(options.folder);
  await mkdir(folder, { recursive: true });
  const assembly = join(folder, 'cdk.out');
  const outputsFile = join(folder, 'outputs.json');
  const settings = Object.entries({ stage: 'local', ...context }).flatMap(([key, value]) => ['-c', `${key}=${value}`]);
  const cdk = (cwd: string, command: string, ...args: readonly string[]) =>
    runCdk({ endpoint, cwd, logFile: join(folder, `cdk-${command}.log`), args: [command, ...args] });
  await Promise.all([
    cdk(ROOT, 'synth', '--quiet', '--output', assembly, ...settings),
    // Where there is no cdk.json: it needs no app.
    cdk(folder, 'bootstrap', `aws://${ACCOUNT_ID}/${REGION}`),
  ]);
  await cdk(ROOT, 'deploy', '--app', assembly, '--require-approval', 'never', '--outputs-file', outputsFile);
  const stacks: Record<string, StackOutputs> = JSON.parse(await readFile(outputsFile, 'utf8'));
  const [outputs] = Object.values(stacks);
  if (outputs === undefined) {
    throw new Error('the deployment left no outputs');
  }
  return outputs;
}

/**
 * Puts the deployed state machines into the local engine, under the ARNs that they have, publishes a version of each and points
 * the alias of new processes at it, as CloudFormation does on AWS. Those that are there already are updated: their executions go
 * on with the definition that they began with.
 *
 * @param arns - of the machines
 */
export async function registerMachines(endpoint: string, engineUrl: string, arns: readonly string[]): Promise<void> {
  const deployed = new SFNClient(clientOptions(endpoint));
  const engine = new SFNClient(clientOptions(engineUrl));
  for (const stateMachineArn of arns) {
    const { name, definition, roleArn } = await deployed.send(new DescribeStateMachineCommand({ stateMachineArn }));
    const isKnown = await isThere(engine.send(new DescribeStateMachineCommand({ stateMachineArn })));
    if (isKnown) {
      await engine.send(new UpdateStateMachineCommand({ stateMachineArn, definition, roleArn }));
    } else {
      const made = await engine.send(new CreateStateMachineCommand({ name, definition, roleArn }));
      if (made.stateMachineArn !== stateMachineArn) {
        throw new Error(`the engine knows ${stateMachineArn} as ${made.stateMachineArn}`);
      }
    }
    await publish(engine, stateMachineArn);
  }
}

async function publish(engine: SFNClient, stateMachineArn: string): Promise<void> {
  const { stateMachineVersionArn } = await engine.send(new PublishStateMachineVersionCommand({ stateMachineArn }));
  const routingConfiguration = [{ stateMachineVersionArn, weight: 100 }];
  const stateMachineAliasArn = `${stateMachineArn}:${CURRENT_ALIAS}`;
  const isKnown = await isThere(engine.send(new DescribeStateMachineAliasCommand({ stateMachineAliasArn })));
  await (isKnown
    ? engine.send(new UpdateStateMachineAliasCommand({ stateMachineAliasArn, routingConfiguration }))
    : engine.send(new CreateStateMachineAliasCommand({ name: CURRENT_ALIAS, routingConfiguration })));
}

async function isThere(asked: Promise<unknown>): Promise<boolean> {
  try {
    await asked;
    return true;
  } catch (cause) {
    if (cause instanceof Error && ['StateMachineDoesNotExist', 'ResourceNotFound'].includes(cause.name)) {
      return false;
    }
    throw cause;
  }
}

async function runCdk(options: {
  readonly endpoint: string;
  readonly cwd: string;
  readonly logFile: string;
  readonly args: readonly string[];
}): Promise<void> {
  const { endpoint, cwd, logFile, args } = options;
  const log = createWriteStream(logFile);
  const child = spawn(NODE, [join(ROOT, 'node_modules/aws-cdk/bin/cdk'), '--ci', ...args], {
    cwd,
    env: {
      ...awsEnvironment(endpoint),
      PATH: [dirname(NODE), process.env.PATH ?? '/usr/bin:/bin'].join(delimiter),
      HOME: process.env.HOME ?? '/',
      CDK_DISABLE_VERSION_CHECK: '1',
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: Buffer) => {
      said += chunk.toString();
      log.write(chunk);
    });
  }
  const code = await new Promise<number>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (exitCode) => resolve(exitCode ?? 1));
  });
  log.end();
  await finished(log);
  if (code !== 0) {
    const lines = said
      .trim()
      .split('\n')
      .filter((line) => !line.includes('Subprocess exited'));
    const reason = lines.findLast((line) => /error|fail|❌/i.test(line)) ?? lines.at(-1) ?? 'it said nothing';
    throw new Error(`cdk ${args[0]} failed (log: ${logFile}): ${reason.trim()}`);
  }
}
