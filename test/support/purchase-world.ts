/** A purchase's whole process in memory, with the handles that a test pulls: people, the OA, the ERP and the clock. */
import { actByLink } from '../../functions/approvals/act-by-link.ts';
import type { Wish } from '../../functions/approvals/domain/approval-state.ts';
import { type RecordEntry, verifyChain } from '../../functions/audit/domain/record.ts';
import { pollErp } from '../../functions/connectors/erp/poll-erp.ts';
import type { OaReference } from '../../functions/events/envelope.ts';
import { requisitionEnvelopeSchema } from '../../functions/events/purchase-requisition-submitted.ts';
import type { Mail } from '../../functions/mail/port.ts';
import { headKey } from '../../functions/process/keys.ts';
import type { ProcessStarter } from '../../functions/process/resumer.ts';
import { PURCHASE, type PurchaseHead } from '../../functions/procurement/domain/purchase.ts';
import { recordErpFact } from '../../functions/procurement/record-erp-fact.ts';
import { sweepIntents } from '../../functions/procurement/sweep-intents.ts';
import type { Resubmission } from '../../functions/requests/domain/rework.ts';
import { processIdOf } from '../../functions/requests/register-request.ts';
import { resubmitRequest } from '../../functions/requests/resubmit-request.ts';
import { startProcess } from '../../functions/requests/start-process.ts';
import { withdrawRequest } from '../../functions/requests/withdraw-request.ts';
import { factOf, ProcessWorld } from './process-world.ts';
import { directoryData, OPERATORS_MAIL, type RequisitionEvent } from './purchase-company.ts';
import { PURCHASE_MACHINE } from './purchase-machines.ts';

/** As the worker of the queue starts it. */
export function startPurchase(starter: ProcessStarter, event: unknown) {
  return startProcess({ starter }, 'requisition', requisitionEnvelopeSchema, event);
}

/** As {@link ProcessWorld}, with what people and systems outside do. */
export class PurchaseWorld extends ProcessWorld {
  protected isPolling = false;

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
    await startPurchase(this.starter(), event);
  }

  async withdraw(event: RequisitionEvent, by = event.requester.employeeId): Promise<string> {
    const { oa } = event;
    const outcome = await withdrawRequest(this.deps, PURCHASE, {
      oa,
      withdrawnBy: by,
      reason: 'No longer needed',
      eventId: 'withdrawal-1',
    });
    await this.run();
    return outcome;
  }

  /** The requester sends the requisition again, with changes. */
  async resubmit(
    { oa, requester, requisition }: RequisitionEvent,
    sent: {
      readonly version?: number;
      readonly eventId?: string;
      readonly by?: string;
      readonly changes?: object;
    } = {},
  ): Promise<string> {
    const { version = 1, eventId = `resubmission-of-${version}`, by = requester.employeeId, changes = {} } = sent;
    return this.hearResubmission({
      oa,
      requesterId: by,
      replacesVersion: version,
      filed: JSON.parse(JSON.stringify({ ...requisition, ...changes })),
      eventId,
    });
  }

  protected async hearResubmission(sent: Resubmission & { readonly oa: OaReference }): Promise<string> {
    const outcome = await resubmitRequest(this.deps, PURCHASE, sent);
    await this.run();
    return outcome;
  }

  /** An approver returns the requisition to its requester. */
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
    return { ...this.deps, directory: this.directory };
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

  /** Waits until a failing step has used up its retries, but for less than the first reminder of a person. */
  giveUpRetrying(): Promise<void> {
    return this.advance(2);
  }

  async sweepIntents() {
    const result = await sweepIntents({ ...this.deps, erp: this.erp });
    await this.run();
    return result;
  }

  async head(event: RequisitionEvent): Promise<PurchaseHead> {
    const item = await this.store.read<PurchaseHead>(headKey(processIdOf(PURCHASE, event.oa)));
    if (item === undefined) {
      throw new Error('the process is not registered');
    }
    return item.value;
  }

  record(event: RequisitionEvent): Promise<readonly RecordEntry[]> {
    return this.store.readRecord(processIdOf(PURCHASE, event.oa));
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
}

function linksOf(mail: Mail): string[] {
  return [...mail.text.matchAll(/\/d\/([\w-]+)/g)].flatMap(([, secret]) => (secret === undefined ? [] : [secret]));
}
