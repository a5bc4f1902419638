/**
 * What carries a process in memory: the deployed state machines on virtual time, the functions that they call, a store, an
 * ERP and an OA whose calls can be made to fail. Only protocols are missing; their adapters have contract tests.
 */
import type { WorkingCalendar } from '../../functions/calendar/domain/calendar.ts';
import type { WaitClock } from '../../functions/calendar/port.ts';
import { createWaitClock } from '../../functions/calendar/wait-clock.ts';
import type { WarningNotice, WarningPort } from '../../functions/compliance/port.ts';
import { sendWarning } from '../../functions/compliance/send-warning.ts';
import type { OaNotice, OaPort } from '../../functions/connectors/oa/port.ts';
import { tellOa } from '../../functions/connectors/oa/tell-oa.ts';
import { createFileDirectory } from '../../functions/directory/file-directory.ts';
import type { Directory } from '../../functions/directory/port.ts';
import type { Mail, MailPort } from '../../functions/mail/port.ts';
import { sendMail } from '../../functions/mail/send-mail.ts';
import type { Policies } from '../../functions/policy/port.ts';
import type { Alarm } from '../../functions/process/alarms.ts';
import { type DispatchEffectsDeps, dispatchEffect } from '../../functions/process/dispatch-effects.ts';
import type { PendingEffect } from '../../functions/process/domain/process.ts';
import type { BusEvent } from '../../functions/process/event-publisher.ts';
import type { EffectReference } from '../../functions/process/finish-effect.ts';
import type { ProcessResumer, ProcessStarter } from '../../functions/process/resumer.ts';
import { ringAlarm } from '../../functions/process/ring-alarm.ts';
import { sweepEffects } from '../../functions/process/sweep-effects.ts';
import * as recordErpFactHandler from '../../functions/procurement/record-erp-fact.handler.ts';
import type { ReportedFact } from '../../functions/procurement/record-erp-fact.ts';
import { ConnectorTransientError } from '../../functions/runtime/errors.ts';
import {
  createVirtualEngine,
  type LambdaOutcome,
  type MemoryObjects,
  type VirtualEngine,
} from '../../local/step-functions/index.ts';
import { seededRandomness, VirtualAlarms } from './ambient.ts';
import type { FunctionParts } from './common-functions.ts';
import { FakeBankAccounts } from './fake-bank-accounts.ts';
import { FakeErp } from './fake-erp.ts';
import { FakeLedger } from './fake-ledger.ts';
import type { FunctionCall } from './handler-inputs.ts';
import { functionOf, machineArn, machinesOf } from './machines.ts';
import { MemoryFiles } from './memory-files.ts';
import { MemoryStore } from './memory-store.ts';
import { COMPANY, companyPolicies, directoryData, OPERATORS_MAIL, PAGES_URL } from './purchase-company.ts';

/** What a call of a function meets: it dies before its work, or after it (its reply is lost), or is refused for good, or
 * fails before its work with a named error. */
export type Fault = 'dies-before' | 'dies-after' | 'refused' | { readonly error: string } | undefined;

export interface WorldOptions {
  /** Asked at each call of a function, numbered from 1. */
  readonly fault?: (call: number, functionName: string, payload: unknown) => Fault;
  /** Asked whenever a machine starts another one; the name of an error fails the start. */
  readonly startFault?: (machineArn: string) => string | undefined;
  /** How long everybody lets retries happen before they do anything themselves, in minutes. */
  readonly patience?: number;
  readonly directory?: Directory;
  /** Instead of the demonstration company's tables. */
  readonly policies?: Policies;
  /** Without one, hours are hours of the clock. */
  readonly calendar?: WorkingCalendar;
  readonly seed?: number;
  /** Parts with a defect, for tests that show that it would be found. */
  readonly planted?: {
    readonly store?: MemoryStore;
    readonly erp?: (parts: ConstructorParameters<typeof FakeErp>[0]) => FakeErp;
    readonly machines?: { readonly [arn: string]: unknown };
  };
}

/** What a world is of: the name of its machine, and the functions that the machine calls. */
export interface WorldProcess {
  readonly machine: string;
  readonly callFunction: (parts: FunctionParts, functionName: string, payload: unknown) => Promise<unknown>;
  /** What its distributed Maps read and write. */
  readonly objects?: MemoryObjects;
}

/** Everything that goes by itself. */
export class ProcessWorld {
  readonly store: MemoryStore;
  readonly alarms = new VirtualAlarms();
  readonly mails: Mail[] = [];
  readonly notices: OaNotice[] = [];
  readonly warnings: { readonly channel: string; readonly notice: WarningNotice }[] = [];
  readonly engine: VirtualEngine;
  readonly erp: FakeErp;
  readonly ledger = new FakeLedger();
  readonly bankAccounts: FakeBankAccounts;
  readonly files = new MemoryFiles();
  readonly directory: Directory;
  protected readonly policies: Policies;
  protected readonly waitClock: WaitClock;
  /** Names of the functions that were called, in order. */
  readonly calls: string[] = [];
  /** The same with what they were given. */
  readonly functionCalls: FunctionCall[] = [];
  oaIsDown = false;
  private readonly fault: NonNullable<WorldOptions['fault']>;
  private readonly patience: number;
  protected readonly deps;

  private readonly process: WorldProcess;

  constructor(process: WorldProcess, options: WorldOptions = {}) {
    const { planted = {} } = options;
    this.process = process;
    this.store = planted.store ?? new MemoryStore();
    this.fault = options.fault ?? (() => undefined);
    this.patience = (options.patience ?? 0) * 60_000;
    this.policies = options.policies ?? companyPolicies;
    this.waitClock = createWaitClock(options.calendar, COMPANY.timeZone);
    this.directory = options.directory ?? createFileDirectory(directoryData);
    this.engine = createVirtualEngine({
      machines: planted.machines ?? machinesOf(process.machine),
      invokeLambda: (arn, payload) => this.invoke(functionOf(arn), payload),
      ...(options.startFault === undefined ? {} : { failStart: options.startFault }),
      ...(process.objects === undefined ? {} : { objects: process.objects }),
      seed: options.seed ?? 1,
    });
    const clock = { now: () => this.engine.now() };
    this.erp = planted.erp?.({ clock }) ?? new FakeErp({ clock });
    this.bankAccounts = new FakeBankAccounts(clock);
    this.deps = { store: this.store, clock, randomness: seededRandomness(options.seed ?? 1) };
  }

  /** An execution that nothing has checked before. */
  async startExecution(input: unknown): Promise<void> {
    await this.engine.start(machineArn(this.process.machine), input);
    await this.run();
  }

  protected starter(): ProcessStarter {
    return this.starterOf(this.process.machine);
  }

  /** Of the machine of approvals, for one that no process asks for. */
  approvals(): ProcessStarter {
    return this.starterOf('approval');
  }

  private starterOf(machine: string): ProcessStarter {
    return {
      start: async (name, input) => {
        try {
          await this.engine.start(machineArn(machine), input, { name });
          return 'started';
        } catch {
          return 'already-started';
        }
      },
    };
  }

  /** Everything that can happen without the clock moving. What fails is left to the sweep. */
  async run(): Promise<void> {
    for (let round = 0; round < 200; round += 1) {
      await this.engine.settle();
      const pending = this.store.effects();
      const results = [];
      for (const effect of pending) {
        results.push(await this.dispatch(effect));
      }
      await this.engine.settle();
      if (!results.includes('done') && !(await this.waitForRetry())) {
        return;
      }
    }
    throw new Error(
      `the world does not come to rest: ${JSON.stringify(this.store.effects())} ${this.calls.slice(-30)}`,
    );
  }

  /** Lets the clock move to the next timer of the machines that patience lasts for; false when there is none. */
  private async waitForRetry(): Promise<boolean> {
    const next = this.engine.nextTimer();
    const isNear = next !== undefined && next.getTime() - this.engine.now().getTime() <= this.patience;
    if (this.patience === 0 || !isNear) {
      return false;
    }
    await this.engine.advanceTo(next);
    return true;
  }

  /** The clock moves; alarms and timers happen at their own times, in order. */
  async advance(hours: number): Promise<void> {
    const until = new Date(this.engine.now().getTime() + hours * 3_600_000);
    for (;;) {
      const moments = this.moments().filter((moment): moment is Date => moment !== undefined && moment <= until);
      const next = moments.sort((one, other) => one.getTime() - other.getTime())[0];
      if (next === undefined) {
        break;
      }
      await this.engine.advanceTo(new Date(Math.max(next.getTime(), this.engine.now().getTime())));
      for (const alarm of this.alarms.due(this.engine.now())) {
        await this.ring(alarm);
      }
      await this.run();
    }
    await this.engine.advanceTo(until);
    await this.run();
  }

  /** When something is due that does not wait for the test. */
  protected moments(): readonly (Date | undefined)[] {
    return [this.alarms.next(), this.engine.nextTimer()];
  }

  /** One that could not be heard rings again. */
  protected async ring(alarm: Alarm): Promise<void> {
    try {
      await ringAlarm({ ...this.deps, directory: this.directory }, alarm);
    } catch {
      await this.alarms.set(alarm, new Date(this.engine.now().getTime() + 60_000));
    }
  }

  /** Whoever does something does it again when it fails, as people and queues do; what needs time gets it, and the sweep comes. */
  async persist(deed: () => Promise<unknown>): Promise<void> {
    await deed().catch(async () => {
      await this.advance(1);
      await deed();
    });
    await this.advance(1);
    await this.sweep().catch(() => this.sweep());
  }

  async sweep(): Promise<void> {
    await sweepEffects(this.effectDeps());
    await this.run();
  }

  protected async invoke(functionName: string, payload: unknown): Promise<LambdaOutcome> {
    this.calls.push(functionName);
    this.functionCalls.push({ functionName, payload });
    const fault = this.fault(this.calls.length, functionName, payload);
    if (fault === 'dies-before') {
      return { kind: 'timed-out' };
    }
    if (fault === 'refused') {
      return { kind: 'threw', errorType: 'ConnectorPermanentError', errorMessage: 'a person must look' };
    }
    if (typeof fault === 'object') {
      return { kind: 'threw', errorType: fault.error, errorMessage: 'not now' };
    }
    const outcome = await this.outcomeOf(functionName, payload);
    return fault === 'dies-after' ? { kind: 'timed-out' } : outcome;
  }

  private async outcomeOf(functionName: string, payload: unknown): Promise<LambdaOutcome> {
    try {
      return { kind: 'returned', payload: await this.process.callFunction(this.parts(), functionName, payload) };
    } catch (error) {
      return thrown(error);
    }
  }

  protected parts(): FunctionParts {
    const { deps, erp, ledger, bankAccounts: books, directory, alarms, waitClock, policies, files } = this;
    const people = { directory, alarms, waitClock, policies };
    return { deps, erp, ledger, books, ...people, files, company: COMPANY, pagesUrl: PAGES_URL };
  }

  private async dispatch({ processId, effectId }: PendingEffect): Promise<'done' | 'failed'> {
    try {
      await dispatchEffect(this.effectDeps(), { processId, effectId });
      return 'done';
    } catch {
      return 'failed';
    }
  }

  protected effectDeps(): DispatchEffectsDeps {
    const worker = (work: (reference: EffectReference) => Promise<void>) => ({ send: work });
    return {
      ...this.deps,
      alarms: this.alarms,
      resumer: this.resumer(),
      queues: {
        mail: worker((reference) => this.sendMail(reference)),
        'tell-oa': worker((reference) => tellOa({ ...this.deps, oa: this.oa() }, reference)),
        warn: worker((reference) => this.sendWarning(reference)),
      },
    };
  }

  protected resumer(): ProcessResumer {
    return {
      resume: async (token, output) => {
        try {
          // Nothing is resumed in the millisecond in which it began to wait, here as anywhere.
          await this.engine.advanceBy(1);
          await this.engine.sendTaskSuccess(token, output);
          return 'resumed';
        } catch (error) {
          if (!isDeadToken(error)) {
            throw new ConnectorTransientError('Step Functions did not answer', { cause: error });
          }
          return 'gone';
        }
      },
    };
  }

  private sendWarning(reference: EffectReference): Promise<void> {
    const channel = (name: string): WarningPort => ({
      warn: async (notice) => {
        this.warnings.push({ channel: name, notice });
      },
    });
    const channels = { topic: channel('topic'), webhook: channel('webhook') };
    return sendWarning({ ...this.deps, channels, pagesUrl: PAGES_URL }, reference);
  }

  private sendMail(reference: EffectReference): Promise<void> {
    const mail: MailPort = {
      send: async (sent) => {
        this.mails.push(sent);
        return { messageId: `mail-${this.mails.length}` };
      },
    };
    return sendMail({ ...this.deps, ...this.mailParts(), mail }, reference);
  }

  protected mailParts() {
    const { directory } = this;
    return {
      directory,
      pagesUrl: PAGES_URL,
      hasSignIn: true,
      operatorsMail: OPERATORS_MAIL,
      operatorsLanguage: 'en' as const,
      timeZone: COMPANY.timeZone,
    };
  }

  protected oa(): OaPort {
    return {
      tell: async (notice) => {
        if (this.oaIsDown) {
          throw new ConnectorTransientError('the OA is down');
        }
        this.notices.push(notice);
      },
    };
  }
}

function isDeadToken(error: unknown): boolean {
  return error instanceof Error && ['TaskDoesNotExist', 'TaskTimedOut', 'InvalidToken'].includes(error.name);
}

/** A failure of a function as Lambda reports it. */
export function thrown(error: unknown): LambdaOutcome {
  const { name, message } = error instanceof Error ? error : { name: 'Error', message: String(error) };
  return { kind: 'threw', errorType: name, errorMessage: message };
}

/** What an event of the bus says happened in the ERP, as its worker reads it. */
export function factOf({ detailType, detail }: BusEvent): ReportedFact {
  return recordErpFactHandler.reportedFact(
    recordErpFactHandler.message.parse({ 'detail-type': detailType, detail: JSON.parse(JSON.stringify(detail)) }),
  );
}
