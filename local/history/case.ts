/** One process of a history while it is told: its clock goes on, and what happens is chained as in the record. */
import { createHash } from 'node:crypto';
import {
  type Actor,
  chainEntries,
  EMPTY_CHAIN,
  type NewEntry,
  type RecordEntry,
} from '../../functions/audit/domain/record.ts';
import type { Chance } from './chance.ts';
import type { Company } from './company.ts';

export const OA_SYSTEM = 'demo-oa';

export class HistoryCase {
  readonly company: Company;
  readonly chance: Chance;
  readonly processId: string;
  readonly machine: string;
  readonly requestId: string;
  readonly requesterId: string;
  /** As it happened, up to the end of the history. */
  readonly entries: RecordEntry[] = [];
  now: Date;
  private readonly until: Date;
  private head = EMPTY_CHAIN;
  private mails = 0;

  /** @param about.until - nothing is recorded that happens later */
  constructor(
    company: Company,
    chance: Chance,
    about: {
      readonly prefix: string;
      readonly machine: string;
      readonly requestId: string;
      readonly requesterId: string;
      readonly at: Date;
      readonly until: Date;
      /** Of a process that no OA has asked for; default: made of the prefix and the OA's number. */
      readonly processId?: string;
    },
  ) {
    this.company = company;
    this.chance = chance;
    this.machine = about.machine;
    this.requestId = about.requestId;
    this.requesterId = about.requesterId;
    this.now = about.at;
    this.until = about.until;
    this.processId = about.processId ?? `${about.prefix}-${digest(`${OA_SYSTEM}\n${about.requestId}`).slice(0, 20)}`;
  }

  /** Of the execution that drives it. */
  get executionId(): string {
    const name = digest(this.processId).slice(0, 20);
    return `arn:aws:states:eu-central-1:000000000000:execution:${this.machine}:${name}`;
  }

  /** Number of the entry that comes next. */
  get nextSequence(): number {
    return this.head.sequence + 1;
  }

  get isOver(): boolean {
    return this.now > this.until;
  }

  add(...news: readonly NewEntry[]): void {
    if (this.isOver) {
      return;
    }
    const { entries, head } = chainEntries(this.processId, this.head, news, {
      now: this.now,
      newSalt: () => this.chance.hex(),
    });
    this.entries.push(...entries);
    this.head = head;
  }

  /** What Meridian itself, or a part of it, says. */
  say(type: string, facts: NewEntry['facts'], id = this.machine): void {
    this.add({ type, actor: { kind: 'meridian', id }, facts });
  }

  /** What the ERP says. */
  hear(type: string, facts: NewEntry['facts']): void {
    this.add({ type, actor: ERP, facts });
  }

  tell(status: string): void {
    const about = this.head.sequence;
    const messageId = `${this.processId}-${String(about).padStart(8, '0')}-${about}-0`;
    this.add({ type: 'OaTold', actor: { kind: 'oa', id: OA_SYSTEM }, facts: { messageId, status, about } });
  }

  mail(template: string, to: string, more: NewEntry['facts'] = {}): void {
    this.mails += 1;
    const facts = { template, to, ...more, messageId: `mail-${this.mails}` };
    this.add({ type: 'MailSent', actor: { kind: 'meridian', id: 'mail' }, facts });
  }

  /** The machines need moments, never hours. */
  tick(milliseconds = 400 + this.chance.whole(0, 2000)): void {
    this.now = new Date(this.now.getTime() + milliseconds);
  }

  /** The end of so many hours of work from now on. */
  work(hours: number): void {
    this.now = this.company.hoursAfter(this.now.toISOString(), Math.max(hours, 0.02));
  }

  /** Somebody or something is waited for, `hours` of work long; reminders come on the way. */
  wait(
    kind: string,
    {
      subject,
      owner,
      hours,
      days,
    }: { readonly subject: string; readonly owner: string; readonly hours: number; readonly days: number },
  ): void {
    const deadline = this.company.hoursAfter(this.now.toISOString(), days * 8).toISOString();
    const waitId = `${this.processId}/${kind}/${this.now.toISOString()}`;
    this.say('WaitOpened', { waitId, kind, subject, deadline, owner, ...this.company.countedBy });
    const reminder = this.company.hoursAfter(this.now.toISOString(), days * 4);
    const end = this.company.hoursAfter(this.now.toISOString(), Math.max(hours, 0.02));
    if (reminder < end) {
      this.now = reminder;
      this.say('WaitReminded', { waitId, kind, subject, deadline, reminded: owner }, 'alarms');
    }
    this.now = end;
  }

  /** The last entry of what no OA has asked for. */
  end(type: string, outcome: string, facts: NewEntry['facts'] = {}): void {
    this.tick();
    this.say(type, { outcome, ...facts });
  }

  /** The last entry, and what follows from it. */
  close(type: string, outcome: string, facts: NewEntry['facts'] = {}): void {
    this.end(type, outcome, facts);
    this.tell(outcome === 'granted' ? 'taken' : outcome);
    this.mail('process-news', this.requesterId);
  }
}

const ERP: Actor = { kind: 'erp', id: 'erp' };

/** SHA-256, hexadecimal. */
export function digest(text: string): string {
  return createHash('sha256').update(text, 'utf8').digest('hex');
}
