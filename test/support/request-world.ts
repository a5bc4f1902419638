/** A process of an OA request in memory, with the handles that a test pulls on people and the OA, whatever is asked for. */
import type * as z from 'zod';
import { actByLink } from '../../functions/approvals/act-by-link.ts';
import { listApprovals } from '../../functions/approvals/approval-store.ts';
import type { Wish } from '../../functions/approvals/domain/approval-commands.ts';
import { type RecordEntry, verifyChain } from '../../functions/audit/domain/record.ts';
import type { OaReference, RequestEnvelope } from '../../functions/events/envelope.ts';
import type { Mail } from '../../functions/mail/port.ts';
import { placeHold, releaseHolds } from '../../functions/process/hold-process.ts';
import { headKey } from '../../functions/process/keys.ts';
import type { ProcessStarter } from '../../functions/process/resumer.ts';
import type { Filed, RequestHead, RequestKind, RequestState } from '../../functions/requests/domain/request.ts';
import type { Resubmission } from '../../functions/requests/domain/rework.ts';
import { processIdOf } from '../../functions/requests/register-request.ts';
import type { Declined } from '../../functions/requests/requester-channel.ts';
import { resubmitRequest } from '../../functions/requests/resubmit-request.ts';
import { startProcess } from '../../functions/requests/start-process.ts';
import { withdrawRequest } from '../../functions/requests/withdraw-request.ts';
import { ProcessWorld, type WorldOptions, type WorldProcess } from './process-world.ts';
import { directoryData, OPERATORS_MAIL } from './purchase-company.ts';

/** What a request's world is of. */
export interface RequestProcess<State extends RequestState, Event extends RequestEnvelope> extends WorldProcess {
  readonly kind: RequestKind<State>;
  readonly schema: z.ZodType<RequestEnvelope>;
  /** What an event files. */
  readonly filedIn: (event: Event) => object;
}

/** As {@link ProcessWorld}, with what people and the OA do. */
export class RequestWorld<State extends RequestState, Event extends RequestEnvelope> extends ProcessWorld {
  protected readonly request: RequestProcess<State, Event>;

  constructor(request: RequestProcess<State, Event>, options: WorldOptions = {}) {
    super(request, options);
    this.request = request;
  }

  /** The OA puts an event on the bus. */
  async submit(event: unknown): Promise<void> {
    await this.start(event);
    await this.run();
  }

  /** As `submit`, without anything else happening yet. */
  async start(event: unknown): Promise<void> {
    await this.startBy(this.starter(), event);
  }

  /** As the worker of the queue starts it. */
  protected startBy(starter: ProcessStarter, event: unknown) {
    const { kind, schema } = this.request;
    return startProcess({ starter }, kind.noun, schema, event);
  }

  async withdraw({ oa, requester }: Event, by = requester.employeeId, eventId = 'withdrawal-1'): Promise<string> {
    const sent = { oa, withdrawnBy: by, reason: 'No longer needed', eventId };
    const outcome = await withdrawRequest(this.deps, this.request.kind, sent);
    await this.run();
    return nameOf(outcome);
  }

  /** Compliance stops it before its next step that writes into another system. */
  async hold({ oa }: Event): Promise<void> {
    const processId = processIdOf(this.request.kind, oa);
    await placeHold(this.decisionDeps(), { processId, by: 'E-3004', reason: 'dispute' });
  }

  /** Compliance lets it go on. */
  async release({ oa }: Event): Promise<void> {
    const processId = processIdOf(this.request.kind, oa);
    await releaseHolds(this.decisionDeps(), { processId, by: 'E-3004', reason: 'settled' });
    await this.run();
  }

  /** The requester sends the request again, with changes. */
  async resubmit(
    event: Event,
    sent: {
      readonly version?: number;
      readonly eventId?: string;
      readonly by?: string;
      readonly changes?: object;
    } = {},
  ): Promise<string> {
    const { oa, requester } = event;
    const { version = 1, eventId = `resubmission-of-${version}`, by = requester.employeeId, changes = {} } = sent;
    const filed: Filed = JSON.parse(JSON.stringify({ ...this.request.filedIn(event), ...changes }));
    return this.hearResubmission({ oa, requesterId: by, replacesVersion: version, filed, eventId });
  }

  protected async hearResubmission(sent: Resubmission & { readonly oa: OaReference }): Promise<string> {
    const outcome = await resubmitRequest(this.deps, this.request.kind, sent);
    await this.run();
    return nameOf(outcome);
  }

  /** An approver returns what was filed to its requester. */
  returnIt(employeeId: string, reason = 'Ten chairs are too many') {
    return this.act(employeeId, { kind: 'return-to-requester', comment: reason });
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
    return { ...this.deps, directory: this.directory, policies: this.policies };
  }

  urgeDeps() {
    return { ...this.decisionDeps(), waitClock: this.waitClock };
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

  /** What the OA was told, in the order of the record. */
  told(): readonly string[] {
    return [...this.notices].sort((one, other) => one.sequence - other.sequence).map((notice) => notice.status);
  }

  /** Waits until a failing step has used up its retries, but for less than the first reminder of a person. */
  giveUpRetrying(): Promise<void> {
    return this.advance(2);
  }

  async head(event: Event): Promise<RequestHead<State>> {
    const item = await this.store.read<RequestHead<State>>(headKey(processIdOf(this.request.kind, event.oa)));
    if (item === undefined) {
      throw new Error('the process is not registered');
    }
    return item.value;
  }

  /** What people are asked about it now, by subject. */
  async openQuestions(event: Event): Promise<readonly string[]> {
    const approvals = await listApprovals(this.store, processIdOf(this.request.kind, event.oa));
    return approvals.filter(({ status }) => status !== 'closed').map(({ plan }) => plan.subject);
  }

  record(event: Event): Promise<readonly RecordEntry[]> {
    return this.store.readRecord(processIdOf(this.request.kind, event.oa));
  }

  /** Types of the record's entries, in order. */
  async entryTypes(event: Event): Promise<readonly string[]> {
    return (await this.record(event)).map((entry) => entry.type);
  }

  /** What is wrong with the record; nothing, unless the product is. */
  async damages(event: Event) {
    const head = await this.head(event);
    const personal = await this.store.readPersonal(head.processId);
    return verifyChain(head.processId, await this.record(event), { expectedHead: head.chain, personal });
  }
}

function linksOf(mail: Mail): string[] {
  return [...mail.text.matchAll(/\/d\/([\w-]+)/g)].flatMap(([, secret]) => (secret === undefined ? [] : [secret]));
}

function nameOf(outcome: string | Declined): string {
  return typeof outcome === 'string' ? outcome : 'refused';
}
