/**
 * A purchase's whole process in memory: the deployed state machines on virtual time, the real use-cases, a store, an ERP
 * and an OA whose calls can be made to fail. Only protocols are missing; their adapters have contract tests.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { actByLink } from '../../functions/approvals/act-by-link.ts';
import type { Wish } from '../../functions/approvals/domain/approval-state.ts';
import { type RecordEntry, verifyChain } from '../../functions/audit/domain/record.ts';
import type { WorkingCalendar } from '../../functions/calendar/domain/calendar.ts';
import type { WaitClock } from '../../functions/calendar/port.ts';
import { createWaitClock } from '../../functions/calendar/wait-clock.ts';
import { pollErp } from '../../functions/connectors/erp/poll-erp.ts';
import type { OaNotice, OaPort } from '../../functions/connectors/oa/port.ts';
import { tellOa } from '../../functions/connectors/oa/tell-oa.ts';
import { parseDirectory } from '../../functions/directory/directory-file.ts';
import { createFileDirectory } from '../../functions/directory/file-directory.ts';
import type { Directory } from '../../functions/directory/port.ts';
import type { Mail, MailPort } from '../../functions/mail/port.ts';
import { sendMail } from '../../functions/mail/send-mail.ts';
import { compileRuleFolder } from '../../functions/policy/compile-rules.ts';
import type { Policies } from '../../functions/policy/port.ts';
import { createPolicies } from '../../functions/policy/table-policies.ts';
import type { Alarm } from '../../functions/process/alarms.ts';
import { type DispatchEffectsDeps, dispatchEffect } from '../../functions/process/dispatch-effects.ts';
import type { PendingEffect } from '../../functions/process/domain/process.ts';
import type { BusEvent } from '../../functions/process/event-publisher.ts';
import type { EffectReference } from '../../functions/process/finish-effect.ts';
import { headKey } from '../../functions/process/keys.ts';
import type { ProcessResumer, ProcessStarter } from '../../functions/process/resumer.ts';
import { ringAlarm } from '../../functions/process/ring-alarm.ts';
import { sweepEffects } from '../../functions/process/sweep-effects.ts';
import type { PurchaseHead } from '../../functions/procurement/domain/purchase.ts';
import * as recordErpFactHandler from '../../functions/procurement/record-erp-fact.handler.ts';
import { type ReportedFact, recordErpFact } from '../../functions/procurement/record-erp-fact.ts';
import { processIdOf } from '../../functions/procurement/register-requisition.ts';
import { startPurchase } from '../../functions/procurement/start-purchase.ts';
import { sweepIntents } from '../../functions/procurement/sweep-intents.ts';
import { withdrawPurchase } from '../../functions/procurement/withdraw-purchase.ts';
import { ConnectorTransientError } from '../../functions/runtime/errors.ts';
import { createVirtualEngine, type LambdaOutcome, type VirtualEngine } from '../../local/step-functions/index.ts';
import { seededRandomness, VirtualAlarms } from './ambient.ts';
import { FakeErp } from './fake-erp.ts';
import type { FunctionCall } from './handler-inputs.ts';
import { MemoryStore } from './memory-store.ts';
import { callFunction, type FunctionParts } from './purchase-functions.ts';
import { functionOf, PURCHASE_MACHINE, purchaseMachines } from './purchase-machines.ts';

const ROOT = join(import.meta.dirname, '../..');
const COMPANY = { currency: 'CNY', timeZone: 'Asia/Shanghai' } as const;
const PAGES_URL = 'https://pages.meridian.example';
const OPERATORS_MAIL = 'operators@meridian.example';

export const companyPolicies: Policies = createPolicies(await compileRuleFolder(join(ROOT, 'rules')));
export const directoryData = parseDirectory(JSON.parse(readFileSync(join(ROOT, 'local/demo/directory.json'), 'utf8')));

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

/** The requisition that most stories begin with: 5,720 CNY, so manager and department head decide. */
export function requisitionEvent(changes: { readonly requisition?: object; readonly requestId?: string } = {}) {
  const requestId = changes.requestId ?? 'PR-1';
  return {
    metadata: {
      eventId: `event-${requestId}`,
      correlationId: requestId,
      occurredAt: '2026-01-01T08:00:00+08:00',
      schemaVersion: '1.0',
    },
    oa: { system: 'demo-oa', requestId },
    requester: { employeeId: 'E-1001' },
    requisition: {
      title: 'Chairs and paper',
      justification: 'New colleagues',
      costCentre: 'CC-100',
      supplierCode: 'SUP-001',
      currency: 'CNY',
      lines: [
        { productCode: 'P-1001', quantity: '5', unitPrice: '680.00', amount: '3400.00' },
        { productCode: 'P-1002', quantity: '20', unitPrice: '128.00', amount: '2560.00' },
      ],
      total: '5960.00',
      ...changes.requisition,
    },
  };
}

export type RequisitionEvent = ReturnType<typeof requisitionEvent>;

/** Everything that takes part, with the handles that a test pulls. */
export class PurchaseWorld {
  readonly store: MemoryStore;
  readonly alarms = new VirtualAlarms();
  readonly mails: Mail[] = [];
  readonly notices: OaNotice[] = [];
  readonly engine: VirtualEngine;
  readonly erp: FakeErp;
  readonly directory: Directory;
  private readonly policies: Policies;
  private readonly waitClock: WaitClock;
  /** Names of the functions that were called, in order. */
  readonly calls: string[] = [];
  /** The same with what they were given. */
  readonly functionCalls: FunctionCall[] = [];
  oaIsDown = false;
  protected isPolling = false;
  private readonly fault: NonNullable<WorldOptions['fault']>;
  private readonly patience: number;
  protected readonly deps;

  constructor(options: WorldOptions = {}) {
    const { planted = {} } = options;
    this.store = planted.store ?? new MemoryStore();
    this.fault = options.fault ?? (() => undefined);
    this.patience = (options.patience ?? 0) * 60_000;
    this.policies = options.policies ?? companyPolicies;
    this.waitClock = createWaitClock(options.calendar, COMPANY.timeZone);
    this.directory = options.directory ?? createFileDirectory(directoryData);
    this.engine = createVirtualEngine({
      machines: planted.machines ?? purchaseMachines(),
      invokeLambda: (arn, payload) => this.invoke(functionOf(arn), payload),
      ...(options.startFault === undefined ? {} : { failStart: options.startFault }),
      seed: options.seed ?? 1,
    });
    const clock = { now: () => this.engine.now() };
    this.erp = planted.erp?.({ clock }) ?? new FakeErp({ clock });
    this.deps = { store: this.store, clock, randomness: seededRandomness(options.seed ?? 1) };
  }

  /** The OA puts an event on the bus. */
  async submit(event: unknown): Promise<void> {
    await this.start(event);
    await this.run();
  }

  /** An execution that nothing has checked before. */
  async startExecution(input: unknown): Promise<void> {
    await this.engine.start(PURCHASE_MACHINE, input);
    await this.run();
  }

  /** As `submit`, without anything else happening yet. */
  async start(event: unknown): Promise<void> {
    if (!this.isPolling) {
      await this.poll();
      this.isPolling = true;
    }
    await startPurchase({ starter: this.starter() }, event);
  }

  protected starter(): ProcessStarter {
    return {
      start: async (name, input) => {
        try {
          await this.engine.start(PURCHASE_MACHINE, input, { name });
          return 'started';
        } catch {
          return 'already-started';
        }
      },
    };
  }

  async withdraw(event: RequisitionEvent, by = event.requester.employeeId): Promise<string> {
    const { oa } = event;
    const outcome = await withdrawPurchase(this.deps, {
      oa,
      withdrawnBy: by,
      reason: 'No longer needed',
      eventId: 'withdrawal-1',
    });
    await this.run();
    return outcome;
  }

  /** A person decides by the newest link that was mailed to them. */
  async decide(employeeId: string, action: string, comment = '') {
    return this.decideByLink(await this.linkOf(employeeId), action, comment);
  }

  /** Somebody decides by a link, and what follows happens. */
  async decideByLink(secret: string, action: string, comment = '') {
    const result = await this.clickByLink(secret, action, comment);
    await this.run();
    return result;
  }

  /** As `decideByLink`, without anything else happening yet. */
  clickByLink(secret: string, action: string, comment = '') {
    return this.actByLink(secret, { kind: 'decide', action, comment });
  }

  /** Somebody does something about their task; nothing else happens yet. */
  actByLink(secret: string, wish: Wish) {
    return actByLink(this.decisionDeps(), { secret, wish, address: '192.0.2.1' });
  }

  /** A person acts by the newest link that was mailed to them, and what follows happens. */
  async act(employeeId: string, wish: Wish) {
    const result = await this.actByLink(await this.linkOf(employeeId), wish);
    await this.run();
    return result;
  }

  decisionDeps() {
    return { ...this.deps, directory: this.directory };
  }

  /** Who was asked last. */
  async lastAsked(): Promise<string> {
    const mail = this.mails.findLast((sent) => linksOf(sent).length > 0);
    const person = directoryData.people.find(({ email }) => email === mail?.to);
    return person?.employeeId ?? 'operators';
  }

  /** The secret of the newest link that was mailed to a person, or to the operators. */
  async linkOf(employeeId: string): Promise<string> {
    const to = employeeId === 'operators' ? OPERATORS_MAIL : (await this.directory.person(employeeId))?.email;
    const links = this.mails.filter((mail) => mail.to === to).flatMap((mail) => linksOf(mail));
    const newest = links.at(-1);
    if (newest === undefined) {
      throw new Error(`no link was mailed to ${employeeId}; mails went to ${this.mails.map((mail) => mail.to)}`);
    }
    return newest;
  }

  /** Secrets of all links that were mailed, oldest first. */
  allLinks(): readonly string[] {
    return this.mails.flatMap((mail) => linksOf(mail));
  }

  /** Up to the order: manager and department head approve. */
  async approveOrder(): Promise<void> {
    await this.decide('E-2001', 'approve');
    await this.decide('E-3001', 'approve');
  }

  /** Everything is received and invoiced as ordered. */
  async deliver(orderNumber = 'PO-1'): Promise<void> {
    this.erp.receiveGoods(orderNumber);
    this.erp.enterInvoice(orderNumber);
    await this.poll();
  }

  /** The payment is approved, and the bank pays. */
  async pay(paymentNumber = 'PAY-1'): Promise<void> {
    await this.decide('E-4002', 'approve');
    this.erp.confirmPayment(paymentNumber);
    await this.poll();
  }

  /** What the OA was told, in the order of the record. */
  told(): readonly string[] {
    return [...this.notices].sort((one, other) => one.sequence - other.sequence).map((notice) => notice.status);
  }

  /** The poller runs once, and its events arrive. */
  async poll(): Promise<void> {
    await pollErp({
      store: this.store,
      erp: this.erp,
      system: 'fake',
      publisher: {
        publish: async (events) => {
          for (const event of events) {
            await recordErpFact({ ...this.deps, erp: this.erp }, factOf(event));
          }
        },
      },
    });
    await this.run();
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

  /** Waits until a failing step has used up its retries, but for less than the first reminder of a person. */
  giveUpRetrying(): Promise<void> {
    return this.advance(2);
  }

  async sweep(): Promise<void> {
    await sweepEffects(this.effectDeps());
    await this.run();
  }

  async sweepIntents() {
    const result = await sweepIntents({ ...this.deps, erp: this.erp });
    await this.run();
    return result;
  }

  async head(event: RequisitionEvent): Promise<PurchaseHead> {
    const item = await this.store.read<PurchaseHead>(headKey(processIdOf(event.oa)));
    if (item === undefined) {
      throw new Error('the process is not registered');
    }
    return item.value;
  }

  record(event: RequisitionEvent): Promise<readonly RecordEntry[]> {
    return this.store.readRecord(processIdOf(event.oa));
  }

  /** Types of the record's entries, in order. */
  async entryTypes(event: RequisitionEvent): Promise<readonly string[]> {
    return (await this.record(event)).map((entry) => entry.type);
  }

  /** What is wrong with the record; nothing, unless the product is. */
  async damages(event: RequisitionEvent) {
    const head = await this.head(event);
    const personal = await this.store.readPersonal(head.processId);
    return verifyChain(head.processId, await this.record(event), { expectedHead: head.chain, personal });
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
      return { kind: 'returned', payload: await callFunction(this.parts(), functionName, payload) };
    } catch (error) {
      return thrown(error);
    }
  }

  protected parts(): FunctionParts {
    const { deps, erp, directory, alarms, waitClock, policies } = this;
    return { deps, erp, directory, alarms, waitClock, policies, company: COMPANY, pagesUrl: PAGES_URL };
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
    return { directory, pagesUrl: PAGES_URL, operatorsMail: OPERATORS_MAIL, timeZone: COMPANY.timeZone };
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

function linksOf(mail: Mail): string[] {
  return [...mail.text.matchAll(/\/d\/([\w-]+)/g)].flatMap(([, secret]) => (secret === undefined ? [] : [secret]));
}
