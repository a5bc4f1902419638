import { randomBytes, randomUUID } from 'node:crypto';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { randomnessOf } from './ambient.ts';
import { aliasOperations } from './api-aliases.ts';
import { executionOperations } from './api-executions.ts';
import { historyOperations } from './api-history.ts';
import { apiServer } from './api-http.ts';
import { machineOperations } from './api-machines.ts';
import { mapRunOperations } from './api-map-runs.ts';
import { startOperations } from './api-start.ts';
import { tagOperations } from './api-tags.ts';
import { taskOperations } from './api-tasks.ts';
import { testStateOperations } from './api-test-state.ts';
import { versionOperations } from './api-versions.ts';
import { createEndings } from './endings.ts';
import { createEngine, type Engine } from './engine.ts';
import { type InvokeLambda, runLambdaTask } from './lambda-task.ts';
import { nestedExecutions } from './nested.ts';
import { type AwsPlace, servicesAt } from './services/services.ts';
import { createBatches, openDatabase } from './sqlite.ts';
import { sqliteJournal } from './sqlite-journal.ts';
import { sqliteMachines } from './sqlite-machines.ts';
import { createTargets } from './targets.ts';
import type { TaskAnswer } from './tasks.ts';
import { createTimers } from './timers.ts';
import type { RunTask } from './turn.ts';

const HOST = '127.0.0.1';
/** A storm of clients waits rather than being turned away. */
const WAITING_CONNECTIONS = 4_096;

/** The engine as a service. */
export interface EngineServer {
  /** Endpoint for SDK clients. */
  readonly url: string;
  readonly port: number;
  /** Ends the service; running executions go on at the next start, and calls under way are made again then. */
  stop(): Promise<void>;
}

/**
 * Starts the engine with Step Functions' API on the loopback interface, and takes up the executions that its database
 * holds. An answer is given only after what it says is on disk: killing the process at any moment loses nothing.
 *
 * @param options.port - 0 for a free one
 * @param options.databaseFile - made when it is not there; belongs to one engine at a time
 * @param options.invokeLambda - calls a function; a call whose answer was not kept is made again after a restart
 * @param options.aws - where the other services are that tasks and distributed Maps use; without it, these fail
 */
export async function startEngineServer(options: {
  readonly port: number;
  readonly databaseFile: string;
  readonly region: string;
  readonly accountId: string;
  readonly invokeLambda: InvokeLambda;
  readonly aws?: AwsPlace;
}): Promise<EngineServer> {
  const database = openDatabase(options.databaseFile);
  const batches = createBatches(database);
  const journal = sqliteJournal(database, batches);
  const machines = sqliteMachines(database, batches);
  const seed = () => randomBytes(32).toString('hex');
  const targets = createTargets(machines, () => randomnessOf(seed()).number());
  const endings = createEndings();
  const timers = createTimers(Date.now, (arn) => {
    void engine.dispatch(arn, { kind: 'time-passed' });
  });
  const ownUrl = () => `http://${HOST}:${(server.address() as AddressInfo).port}`;
  const services = options.aws === undefined ? undefined : servicesAt(options.aws, options.region, ownUrl);
  const runTask = async (command: RunTask): Promise<TaskAnswer> =>
    services?.caller.isServiceTask(command.resource)
      ? services.caller.run(command)
      : runLambdaTask(command, options.invokeLambda, randomUUID());
  const engine: Engine = createEngine({
    journal,
    now: Date.now,
    seed,
    runTask,
    ...(services === undefined ? {} : { objects: services.objects }),
    children: nestedExecutions({
      machine: (arn) => {
        const target = targets(arn);
        return target === undefined ? undefined : { ...target.parts, type: target.type };
      },
      start: (parts) => engine.start(parts),
    }),
    onDeadline: timers.set,
    onEnded: endings.tell,
  });
  const arnPrefix = `arn:aws:states:${options.region}:${options.accountId}`;
  const now = Date.now;
  const operations = {
    ...machineOperations({ machines, now }, arnPrefix),
    ...versionOperations({ machines, now }),
    ...aliasOperations({ machines, now }),
    ...tagOperations(machines),
    ...startOperations({ engine, targets, endings }),
    ...executionOperations({ engine, journal, machines, now }),
    ...historyOperations(journal),
    ...taskOperations(engine),
    ...mapRunOperations(journal),
    ...testStateOperations({ runTask, now, seed }),
  };
  const server = apiServer(operations, now, batches.onDisk);
  try {
    await listen(server, options.port);
  } catch (error) {
    database.close();
    throw error;
  }
  // In the same turn of the event loop: no request comes in before the executions are taken up.
  engine.resume();
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://${HOST}:${port}`,
    port,
    stop: async () => {
      await close(server);
      timers.stop();
      await engine.stop();
      services?.close();
      await batches.onDisk();
      database.close();
    },
  };
}

function listen(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen({ port, host: HOST, backlog: WAITING_CONNECTIONS }, resolve);
  });
}

function close(server: Server): Promise<void> {
  return new Promise((resolve, reject) => {
    server.close((error) => (error === undefined ? resolve() : reject(error)));
    server.closeAllConnections();
  });
}
