/**
 * The world of an OA request in which every message is on its way by itself, and every function can be killed at every
 * await, whatever is asked for. Each process adds what its ERP has to tell, and the ports that only its functions use.
 */
import { actByLink, viewDecision } from '../../../functions/approvals/act-by-link.ts';
import type { Wish } from '../../../functions/approvals/domain/approval-commands.ts';
import type { LedgerPort } from '../../../functions/connectors/erp/ledger-port.ts';
import type { ErpPort } from '../../../functions/connectors/erp/port.ts';
import { tellOa } from '../../../functions/connectors/oa/tell-oa.ts';
import type { OaReference, RequestEnvelope } from '../../../functions/events/envelope.ts';
import type { Mail, MailPort } from '../../../functions/mail/port.ts';
import { sendMail } from '../../../functions/mail/send-mail.ts';
import type { Alarm } from '../../../functions/process/alarms.ts';
import { type DispatchEffectsDeps, dispatchEffect } from '../../../functions/process/dispatch-effects.ts';
import type { PendingEffect } from '../../../functions/process/domain/process.ts';
import type { EffectReference } from '../../../functions/process/finish-effect.ts';
import { placeHold, releaseHolds } from '../../../functions/process/hold-process.ts';
import { effectReferenceOf } from '../../../functions/process/keys.ts';
import { ringAlarm } from '../../../functions/process/ring-alarm.ts';
import type { ProcessStore, WorkChange } from '../../../functions/process/store/port.ts';
import { sweepEffects } from '../../../functions/process/sweep-effects.ts';
import type { ProcessDeps } from '../../../functions/process/update-process.ts';
import { sweepIntents } from '../../../functions/procurement/sweep-intents.ts';
import type { RequestState } from '../../../functions/requests/domain/request.ts';
import type { Resubmission } from '../../../functions/requests/domain/rework.ts';
import { processIdOf } from '../../../functions/requests/register-request.ts';
import type { Declined } from '../../../functions/requests/requester-channel.ts';
import { resubmitRequest } from '../../../functions/requests/resubmit-request.ts';
import { withdrawRequest } from '../../../functions/requests/withdraw-request.ts';
import { ConnectorPermanentError, ConnectorTransientError } from '../../../functions/runtime/errors.ts';
import type { LambdaOutcome } from '../../../local/step-functions/index.ts';
import type { FunctionParts } from '../../support/common-functions.ts';
import { machineArn } from '../../support/machines.ts';
import { type ProcessWorld, thrown, type WorldOptions } from '../../support/process-world.ts';
import { type RequestProcess, RequestWorld } from '../../support/request-world.ts';
import type { Chaos } from '../kit/chaos.ts';
import { type AwaitFault, type Ended, type Guard, Invocations, READ_FAULTS, WRITE_FAULTS } from '../kit/invocations.ts';
import { Post } from '../kit/post.ts';
import { CutRequests } from './cut-requests.ts';
import { ALARM, EVENT, MAILBOX, STREAM, WORK } from './hops.ts';

/** Parts with a defect, for tests that show that it would be found. */
export interface Planted extends NonNullable<WorldOptions['planted']> {
  /** Around the store that functions see. */
  readonly aroundStore?: (store: ProcessStore, world: Pick<ProcessWorld, 'engine'>) => ProcessStore;
}

/** What a run is played with. */
export interface Trial<OwnPlanted = Planted> {
  readonly seed: number;
  readonly chaos: Chaos;
  readonly planted: OwnPlanted;
}

/** Of whatever process, as far as it is the same. */
export type AnyChaosWorld = Pick<
  ChaosWorld<RequestState, RequestEnvelope>,
  keyof ChaosWorld<RequestState, RequestEnvelope>
>;

/** Rounds until all is quiet; more than any request needs. */
const MAX_DELIVERIES = 600;
/** An alarm tells of a failed execution; Step Functions redrives it for fourteen days. */
const LONGEST_NEGLECT_HOURS = 24 * 10;
const LONGEST_UNSEEN_HOURS = 24;
const STORE_READS = ['read', 'list', 'page', 'listByTime', 'readRecord', 'readPersonal'];
const COMMANDS = [
  ...['createOrder', 'cancelOrder', 'requestPayment', 'linkRecord'],
  ...['createDraft', 'deleteDraft', 'confirmOrder', 'confirmPayment'],
];
const BOOK_COMMANDS = [
  'postEntry',
  'discardDraft',
  'reverseEntry',
  'payEmployee',
  'recordAbsence',
  'shortenAbsence',
  'cancelAbsence',
];
const always = (faults: readonly AwaitFault[]) => () => faults;
const storeFaults = (method: string) => (STORE_READS.includes(method) ? READ_FAULTS : WRITE_FAULTS);
export const erpFaults = (method: string): readonly AwaitFault[] =>
  COMMANDS.includes(method)
    ? [...WRITE_FAULTS, 'refused', ...Array<AwaitFault>(6).fill('done-late')]
    : [...READ_FAULTS, 'refused'];

/** Of the ledger and the time sheets, which know keys. A process has few of these commands: more of what only they meet. */
export const bookFaults = (method: string): readonly AwaitFault[] =>
  BOOK_COMMANDS.includes(method)
    ? [...WRITE_FAULTS, ...Array<AwaitFault>(6).fill('refused'), ...Array<AwaitFault>(6).fill('done-late')]
    : [...READ_FAULTS, 'refused'];

export class ChaosWorld<State extends RequestState, Event extends RequestEnvelope> extends RequestWorld<State, Event> {
  readonly post: Post;
  /** Secrets of links whose click was answered with "decided". */
  readonly promised: string[] = [];
  /** Failures that no fault explains. */
  readonly bugs: string[] = [];
  private readonly aroundStore: NonNullable<Planted['aroundStore']>;
  private readonly cutRequests: CutRequests;
  private readonly invocations: Invocations;

  constructor(request: RequestProcess<State, Event>, { seed, chaos, planted }: Trial) {
    super(request, { seed, planted });
    this.aroundStore = planted.aroundStore ?? ((store) => store);
    const now = () => this.engine.now().getTime();
    this.cutRequests = new CutRequests({ chaos, now, knowsKeys: () => this.doesErpKnowKeys() });
    this.post = new Post(chaos);
    this.store.onChange = (change) => this.streamed(change);
    this.invocations = new Invocations(chaos, {
      restart: () => void this.engine.restart(),
      later: (place, call) => this.cutRequests.add(place, call),
      transient: (message) => new ConnectorTransientError(message),
      permanent: (message) => new ConnectorPermanentError(message),
      now,
    });
  }

  /** Whether the ERP itself finds what was created under a key. */
  protected doesErpKnowKeys(): boolean {
    return true;
  }

  override async start(event: Event): Promise<void> {
    this.post.send(EVENT, 'request', () =>
      this.work('StartProcess', (guard) => this.startBy(guard('starter', this.starter(), always(WRITE_FAULTS)), event)),
    );
  }

  override async withdraw({ oa, requester }: Event, by = requester.employeeId): Promise<string> {
    const withdrawal = { oa, withdrawnBy: by, reason: 'No longer needed', eventId: 'withdrawal-1' };
    return this.hear('withdrawal', (deps) => withdrawRequest(deps, this.request.kind, withdrawal));
  }

  protected override hearResubmission(sent: Resubmission & { readonly oa: OaReference }): Promise<string> {
    return this.hear('resubmission', (deps) => resubmitRequest(deps, this.request.kind, sent));
  }

  /** What the requester says comes by the bus, like what the ERP has to say. */
  protected async hear(name: string, listen: (deps: ProcessDeps) => Promise<string | Declined>): Promise<string> {
    this.post.send(EVENT, name, () =>
      this.work('HearRequester', async (guard) => {
        if ((await listen(this.guarded(guard))) === 'unknown') {
          throw new ConnectorTransientError('it has overtaken its request');
        }
      }),
    );
    await this.run();
    return 'sent';
  }

  /** What the ERP has to tell since it was last asked; nothing, unless the process waits for it. */
  async poll(): Promise<void> {}

  override async sweep(): Promise<void> {
    await this.work('SweepEffects', (guard) => sweepEffects(this.effectPorts(guard)));
    await this.run();
  }

  async sweepIntents() {
    const ended = await this.invocations.run('SweepIntents', (guard) =>
      sweepIntents({ ...this.guarded(guard), erp: this.erpFor(guard), ledger: this.ledgerFor(guard) }),
    );
    await this.run();
    return this.answerOf(ended);
  }

  /** An operator stops it before its next step that writes into the ERP, or lets it go on. */
  async operate(processId: string, kind: 'place' | 'release'): Promise<void> {
    const order = { processId, by: 'Zhao Lei', reason: 'Under review' };
    const operate = kind === 'place' ? placeHold : releaseHolds;
    await this.work('Operate', (guard) => operate(this.guarded(guard), order));
    await this.run();
  }

  override async actByLink(secret: string, wish: Wish) {
    const ended = await this.invocations.run('DecisionPage', (guard) =>
      actByLink(
        { ...this.guarded(guard), directory: this.directory, policies: this.policies },
        { secret, wish, address: '192.0.2.1' },
      ),
    );
    const result = this.answerOf(ended);
    if (result.kind === 'decided') {
      this.promised.push(secret);
    }
    return result;
  }

  /** What the page of a link offers besides deciding. */
  async offeredTo(secret: string): Promise<readonly Wish['kind'][]> {
    const shown = await viewDecision(this.decisionDeps(), { secret, address: '192.0.2.2' });
    if (shown.kind !== 'shown') {
      return [];
    }
    const { kinds, removable, earlierLevels } = shown.view.tasks;
    return [
      ...kinds,
      ...(removable.length === 0 ? [] : (['remove-signer'] as const)),
      ...(earlierLevels.length === 0 ? [] : (['return-to-level'] as const)),
    ];
  }

  /** Whoever is asked for an opinion gives it; whoever waits for one waits no longer. */
  async finishTasks(secret: string): Promise<void> {
    const offered = await this.offeredTo(secret);
    const kind = (['give-back', 'recall', 'claim'] as const).find((candidate) => offered.includes(candidate));
    if (kind !== undefined) {
      await this.actByLink(secret, { kind, comment: 'to its end' });
      await this.run();
    }
  }

  /** Failed executions of the process; what it does about those of its approvals it decides itself. */
  failedExecutions(): readonly string[] {
    return this.engine
      .executions()
      .filter((execution) => execution.machineArn === this.machine())
      .filter(({ status }) => status !== 'RUNNING' && status !== 'SUCCEEDED')
      .map(({ arn }) => arn);
  }

  /** The process of what was asked for. */
  processIdOf({ oa }: Event): string {
    return processIdOf(this.request.kind, oa);
  }

  /** The type of the entry that ends a process. */
  closingEntry(): string {
    return this.request.kind.entryTypes.closed;
  }

  /** ARN of the process's own machine. */
  machine(): string {
    return machineArn(this.request.machine);
  }

  /** An operator takes up again what has failed. */
  async redriveFailed(): Promise<void> {
    for (const arn of this.failedExecutions()) {
      await this.engine.redrive(arn).catch(() => undefined);
    }
    await this.run();
  }

  /**
   * What is under way comes to rest before the clock moves: else its own timers would be passed over. No failed execution
   * is left alone for so long that it cannot be redriven any more.
   */
  override async advance(hours: number): Promise<void> {
    await this.run();
    for (let left = hours; left > 0; left -= LONGEST_NEGLECT_HOURS) {
      if (hours > LONGEST_UNSEEN_HOURS) {
        await this.redriveFailed();
      }
      await super.advance(Math.min(left, LONGEST_NEGLECT_HOURS));
    }
  }

  /** Messages arrive and functions run until nothing is left that can happen without the clock moving. */
  override async run(): Promise<void> {
    let deliveries = 0;
    for (let still = 0; still < 2; ) {
      await this.engine.settle();
      await this.invocations.quiet();
      await this.cutRequests.carryOut();
      still = (await this.post.deliverNext()) ? 0 : still + 1;
      deliveries += 1;
      if (deliveries > MAX_DELIVERIES) {
        throw new Error(`the world does not come to rest: ${this.calls.slice(-30)}`);
      }
    }
  }

  protected override moments(): readonly (Date | undefined)[] {
    return [...super.moments(), this.cutRequests.next()];
  }

  protected override async ring(alarm: Alarm): Promise<void> {
    this.post.send(ALARM, alarm.purpose, () =>
      this.work('RingAlarm', (guard) => ringAlarm({ ...this.guarded(guard), directory: this.directory }, alarm)),
    );
  }

  protected override async invoke(functionName: string, payload: unknown): Promise<LambdaOutcome> {
    this.calls.push(functionName);
    const ended = await this.invocations.run(functionName, (guard) => {
      const alarms = guard('alarms', this.alarms, always(WRITE_FAULTS));
      const parts = {
        ...this.parts(),
        deps: this.guarded(guard),
        erp: this.erpFor(guard),
        ledger: this.ledgerFor(guard),
        alarms,
      };
      return this.callAs(guard, parts, functionName, payload);
    });
    switch (ended.kind) {
      case 'returned':
        return { kind: 'returned', payload: ended.value };
      case 'threw':
        this.noteBug(functionName, ended.error);
        return thrown(ended.error);
      case 'died':
        return { kind: 'timed-out' };
      case 'cut-off':
        throw new Error('the connection was lost');
    }
  }

  /** One function, with the ports that it works with. */
  protected callAs(_guard: Guard, parts: FunctionParts, functionName: string, payload: unknown): Promise<unknown> {
    return this.request.callFunction(parts, functionName, payload);
  }

  /** An effect that was committed comes by the stream. */
  private streamed(change: WorkChange): void {
    const reference = change.kind === 'create' ? effectReferenceOf(change.key) : undefined;
    if (change.kind !== 'create' || reference === undefined) {
      return;
    }
    const { effect } = change.value as PendingEffect;
    this.post.send(STREAM, effect.kind, () =>
      this.work('DispatchEffects', (guard) => dispatchEffect(this.effectPorts(guard), reference)),
    );
  }

  private effectPorts(guard: Guard): DispatchEffectsDeps {
    const queue = (name: string, work: (reference: EffectReference) => Promise<void>) => {
      const send = async (reference: EffectReference) => this.post.send(WORK, name, () => work(reference));
      return guard(`${name}-queue`, { send }, always(WRITE_FAULTS));
    };
    return {
      ...this.guarded(guard),
      alarms: guard('alarms', this.alarms, always(WRITE_FAULTS)),
      resumer: guard('resumer', this.resumer(), always(WRITE_FAULTS)),
      queues: {
        mail: queue('mail', (reference) => this.mail(reference)),
        'tell-oa': queue('tell-oa', (reference) =>
          this.work('TellOa', (guard) =>
            tellOa({ ...this.guarded(guard), oa: guard('oa', this.oa(), always(WRITE_FAULTS)) }, reference),
          ),
        ),
        // No detector looks at these processes: there is no case to warn of.
        warn: { send: async ({ processId }) => Promise.reject(new Error(`${processId} is no case`)) },
      },
    };
  }

  private mail(reference: EffectReference): Promise<void> {
    let sent = 0;
    const mail: MailPort = {
      send: async (message: Mail) => {
        sent += 1;
        this.post.send(MAILBOX, 'mail', async () => void this.mails.push(message));
        return { messageId: `mail-${reference.effectId}-${sent}` };
      },
    };
    return this.work('SendMail', (guard) =>
      sendMail(
        { ...this.guarded(guard), ...this.mailParts(), mail: guard('mail', mail, always(WRITE_FAULTS)) },
        reference,
      ),
    );
  }

  protected guarded(guard: Guard) {
    return { ...this.deps, store: guard('store', this.aroundStore(this.store, this), storeFaults) };
  }

  protected erpFor(guard: Guard): ErpPort {
    return guard('erp', this.erp, erpFaults);
  }

  protected ledgerFor(guard: Guard): LedgerPort {
    return guard<LedgerPort>('ledger', this.ledger, bookFaults);
  }

  /** Rejects unless the function did its work: whoever brought the message brings it again. */
  protected async work(name: string, work: (guard: Guard) => Promise<unknown>): Promise<void> {
    this.answerOf(await this.invocations.run(name, work), name);
  }

  private answerOf<Value>(ended: Ended<Value>, name = ''): Value {
    if (ended.kind === 'returned') {
      return ended.value;
    }
    if (ended.kind === 'threw') {
      this.noteBug(name, ended.error);
      throw ended.error;
    }
    throw new Error('the function did not answer');
  }

  /** What no fault makes a function throw. */
  private noteBug(name: string, error: unknown): void {
    if (error instanceof TypeError || error instanceof RangeError || error instanceof ReferenceError) {
      this.bugs.push(`${name}: ${error.stack ?? error.message}`);
    }
  }
}
