import { randomnessOf } from './ambient.ts';
import { ApiError } from './api-errors.ts';
import { executionArn } from './arns.ts';
import { createDeadlines } from './deadlines.ts';
import type { MachineDefinition } from './definition.ts';
import { createEngine, type Engine, type EngineDeps } from './engine.ts';
import type { ExecutionState, ExecutionStatus, NewExecution, Transition } from './execution.ts';
import type { HistoryEvent } from './history.ts';
import { type CanRun, isOwnIntegration, isService, requireIntegrations } from './integrations.ts';
import { type Journal, memoryJournal } from './journal.ts';
import { type Json, toJson } from './json.ts';
import type { InvokeLambda } from './lambda-task.ts';
import { memoryObjects } from './map/memory-objects.ts';
import type { ObjectStore } from './map/objects.ts';
import type { TaskMocks } from './mocks.ts';
import { nestedExecutions } from './nested.ts';
import { redriveStatus } from './redrive.ts';
import { parseDefinition } from './validate.ts';
import { type Integrations, virtualTasks } from './virtual-tasks.ts';

export interface VirtualEngineOptions {
  /** Definitions by state machine ARN. */
  readonly machines: { readonly [machineArn: string]: unknown };
  /** Answers the calls of functions. */
  readonly invokeLambda?: InvokeLambda;
  /** Answers the calls of services. Without it, definitions that call services are refused. */
  readonly integrations?: Integrations;
  /**
   * Answers of tasks by the names of their states, in the order of the attempts; nothing else is called for them. A task
   * that waits for a token or a child has its end from them as well.
   */
  readonly mocks?: TaskMocks;
  /** What distributed Maps read and write. Default: an empty store. */
  readonly objects?: ObjectStore;
  /** Asked whenever a task starts another execution; the name of an error fails the call, as a service that is throttled does. */
  readonly failStart?: (machineArn: string) => string | undefined;
  /** The first moment of the clock. Default: 2026-01-01T00:00:00Z. */
  readonly startAt?: Date;
  /** Makes ids, tokens and jitter; the same seed gives the same run. */
  readonly seed?: number;
}

export interface DescribedExecution {
  readonly arn: string;
  readonly name: string;
  readonly machineArn: string;
  readonly status: ExecutionStatus;
  readonly input: Json;
  readonly output?: Json;
  readonly error?: string;
  readonly cause?: string;
  readonly startedAt: Date;
  readonly stoppedAt?: Date;
}

/** The engine on a clock that moves only when it is told to. */
export interface VirtualEngine {
  start(machineArn: string, input: unknown, options?: { readonly name?: string }): Promise<string>;
  stop(executionArn: string, failure?: { readonly error?: string; readonly cause?: string }): Promise<void>;
  /** Takes an ended execution up again, at the state that it ended in. */
  redrive(executionArn: string): Promise<void>;
  /** Runs all that can run without the clock moving. */
  settle(): Promise<void>;
  /** Moves the clock to a moment; every timer on the way fires at its own time, in order. */
  advanceTo(moment: Date): Promise<void>;
  advanceBy(milliseconds: number): Promise<void>;
  /** The next moment at which something is due. */
  nextTimer(): Date | undefined;
  now(): Date;
  sendTaskSuccess(token: string, output: unknown): Promise<void>;
  sendTaskFailure(token: string, failure?: { readonly error?: string; readonly cause?: string }): Promise<void>;
  sendTaskHeartbeat(token: string): Promise<void>;
  describe(executionArn: string): DescribedExecution;
  history(executionArn: string): readonly HistoryEvent[];
  executions(): readonly DescribedExecution[];
  /** Every step from state to state so far, and every repetition of an attempt, in order. */
  transitions(): readonly Transition[];
  /**
   * Kills the engine and starts it again from its journals: calls that are on their way are forgotten with their
   * answers, and made again.
   */
  restart(): Promise<void>;
}

/** An engine for tests: virtual time, journals in memory, Lambda as a function. */
export function createVirtualEngine(options: VirtualEngineOptions): VirtualEngine {
  const { invokeLambda, failStart, integrations, mocks, objects = memoryObjects(), ...rest } = options;
  const canRun: CanRun = (stateName, resource) =>
    mocks?.[stateName] !== undefined ||
    isOwnIntegration(resource) ||
    (integrations !== undefined && isService(resource));
  const machines = new Map(Object.entries(rest.machines).map(([arn, source]) => [arn, definitionOf(source, canRun)]));
  const random = randomnessOf(`requests ${options.seed ?? 1}`);
  const answer = virtualTasks({ invokeLambda, integrations, mocks, requestId: random.uuid });
  return runVirtually({
    ...rest,
    machines,
    tasks: (engine, machine) => ({
      objects,
      ...answer(
        nestedExecutions({
          machine,
          start: (parts) => engine().start(parts),
          ...(failStart === undefined ? {} : { failStart }),
        }),
      ),
    }),
  });
}

type MachineParts = Pick<NewExecution, 'machineArn' | 'machineName' | 'roleArn' | 'definition'>;

/** What {@link runVirtually} needs: as {@link VirtualEngineOptions}, with the running of tasks in the caller's hands. */
export interface VirtualRunOptions extends Pick<VirtualEngineOptions, 'startAt' | 'seed'> {
  readonly machines: ReadonlyMap<string, MachineDefinition>;
  readonly tasks: (
    engine: () => Engine,
    machine: (arn: string) => MachineParts | undefined,
  ) => Pick<EngineDeps, 'runTask' | 'children' | 'refusalOf' | 'objects'>;
}

/** The virtual engine with any way of running tasks. */
export function runVirtually(options: VirtualRunOptions): VirtualEngine {
  const { machines } = options;
  const journal: Journal = memoryJournal();
  const random = randomnessOf(`virtual ${options.seed ?? 1}`);
  const transitions: Transition[] = [];
  const deadlines = createDeadlines();
  let clock = (options.startAt ?? new Date('2026-01-01T00:00:00Z')).getTime();
  let kill = (): void => undefined;
  let engine = boot();

  function boot(): Engine {
    let alive = true;
    const ofThisLife = <T>(work: Promise<T>): Promise<T | undefined> =>
      work.then((value) => (alive ? value : undefined));
    const tasks = options.tasks(() => started, machineParts);
    const started: Engine = createEngine({
      journal: {
        ...journal,
        // What a killed engine was about to keep is lost.
        commit: async (state, events) => (alive ? journal.commit(state, events) : undefined),
      },
      now: () => clock,
      seed: random.hex,
      ...tasks,
      runTask: (command, execution) => ofThisLife(tasks.runTask(command, execution)),
      onTransitions: (steps) => transitions.push(...steps),
      onDeadline: deadlines.set,
    });
    kill = () => {
      alive = false;
      // Nothing follows any more from steps that have begun, so there is nothing to wait for.
      void started.stop();
    };
    return started;
  }

  function machineParts(machineArn: string): MachineParts | undefined {
    const definition = machines.get(machineArn);
    if (definition === undefined) return undefined;
    const machineName = machineArn.split(':').at(-1) ?? machineArn;
    return { machineArn, machineName, roleArn: 'arn:aws:iam::000000000000:role/local', definition };
  }

  const read = (arn: string): ExecutionState => {
    const state = journal.read(arn);
    if (state === undefined) throw new ApiError('ExecutionDoesNotExist', `Execution Does Not Exist: '${arn}'`);
    return state;
  };

  /** A caller of an engine that is killed meanwhile never learns what became of the call. */
  const asked = async (ask: (engine: Engine) => Promise<unknown>): Promise<void> => {
    const life = engine;
    const killed = () => (life === engine ? undefined : new Error('The engine was killed before it answered'));
    try {
      await ask(life);
    } catch (error) {
      throw killed() ?? error;
    }
    const unheard = killed();
    if (unheard !== undefined) throw unheard;
  };

  /** Until nothing runs any more, in this life of the engine or in one that begins meanwhile. */
  const quiet = async (): Promise<void> => {
    for (let life: Engine | undefined; life !== engine; ) {
      life = engine;
      await life.idle();
    }
  };

  const advanceTo = async (moment: number): Promise<void> => {
    await quiet();
    for (let at = deadlines.first(); at !== undefined && at <= moment; at = deadlines.first()) {
      clock = Math.max(clock, at);
      // In an order that a restart does not change.
      for (const arn of deadlines.due(clock)) await engine.dispatch(arn, { kind: 'time-passed' });
      await quiet();
    }
    clock = Math.max(clock, moment);
  };

  return {
    async start(machineArn, input, { name = random.uuid() } = {}) {
      const machine = machineParts(machineArn);
      if (machine === undefined) {
        throw new ApiError('StateMachineDoesNotExist', `State Machine Does Not Exist: '${machineArn}'`);
      }
      const arn = executionArn(machineArn, name);
      await asked((life) => life.start({ ...machine, arn, name, input: toJson(input) }));
      return arn;
    },
    stop: (arn, failure = {}) => asked((life) => life.dispatch(arn, { kind: 'stopped', ...failure })),
    redrive: async (arn) => {
      const { refusal } = redriveStatus(read(arn), clock);
      if (refusal !== undefined) throw new ApiError('ExecutionNotRedrivable', refusal);
      await asked((life) => life.dispatch(arn, { kind: 'redriven' }));
    },
    settle: () => advanceTo(clock),
    advanceTo: (moment) => advanceTo(moment.getTime()),
    advanceBy: (milliseconds) => advanceTo(clock + milliseconds),
    nextTimer: () => {
      const at = deadlines.first();
      return at === undefined ? undefined : new Date(at);
    },
    now: () => new Date(clock),
    sendTaskSuccess: (token, output) => asked((life) => life.sendTaskSuccess(token, toJson(output))),
    sendTaskFailure: (token, failure = {}) => asked((life) => life.sendTaskFailure(token, failure)),
    sendTaskHeartbeat: (token) => asked((life) => life.sendTaskHeartbeat(token)),
    describe: (arn) => describe(read(arn)),
    history: (arn) => journal.history(read(arn).arn),
    executions: () => journal.all().map((arn) => describe(read(arn))),
    transitions: () => transitions,
    restart: async () => {
      kill();
      deadlines.clear();
      engine = boot();
      engine.resume();
    },
  };
}

function definitionOf(source: unknown, canRun: CanRun): MachineDefinition {
  const definition = parseDefinition(source);
  requireIntegrations(definition, canRun);
  return definition;
}

function describe(state: ExecutionState): DescribedExecution {
  return {
    arn: state.arn,
    name: state.name,
    machineArn: state.machineArn,
    status: state.status,
    input: state.input,
    startedAt: new Date(state.startedAt),
    ...(state.output === undefined ? {} : { output: state.output }),
    ...(state.error === undefined ? {} : { error: state.error }),
    ...(state.cause === undefined ? {} : { cause: state.cause }),
    ...(state.stoppedAt === undefined ? {} : { stoppedAt: new Date(state.stoppedAt) }),
  };
}
