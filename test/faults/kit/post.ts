/**
 * Messages on their way. Each is an item of its own that arrives now, later, twice, behind others, or not at all, as far
 * as its hop may do that; one whose receiver fails comes again, as often as its hop tries.
 */
import type { Chaos } from './chaos.ts';

/** `late` and `later`: after some beats; `behind`: after others that are sent after it; `twice-late`: again later. */
export type Fate = 'late' | 'later' | 'behind' | 'twice' | 'twice-late' | 'dropped';

/** One way from a sender to a receiver, with what it warrants. */
export interface Hop {
  readonly name: string;
  /** What may happen to a message on it. */
  readonly fates: readonly Fate[];
  /** How often it is brought to a receiver that fails. */
  readonly attempts: number;
  /** What becomes of one that was dropped, or failed each time: kept for an operator, or gone. */
  readonly afterwards: 'dead-letter' | 'gone';
}

interface Message {
  readonly hop: Hop;
  readonly label: string;
  /** Rejects when the receiver failed. */
  readonly deliver: () => Promise<void>;
  readonly order: number;
  /** The beat from which on it can arrive. */
  readonly due: number;
  readonly failures: number;
}

const LATE = 2;
const LATER = 9;
/** How many messages that are sent after it overtake one that is `behind`. */
const OVERTAKING = 5;

export class Post {
  private messages: Message[] = [];
  private deadLetters: Message[] = [];
  private sent = 0;
  private beats = 0;
  private readonly chaos: Chaos;

  constructor(chaos: Chaos) {
    this.chaos = chaos;
  }

  /** @param label - what the message is, for the name of its place */
  send(hop: Hop, label: string, deliver: Message['deliver']): void {
    const fate = this.chaos.at('messages', `${hop.name} ${label}`, hop.fates);
    const message = { hop, label, deliver, failures: 0 };
    switch (fate) {
      case 'dropped':
        this.giveUp({ ...message, order: 0, due: 0 });
        return;
      case 'late':
        this.put(message, LATE);
        return;
      case 'later':
        this.put(message, LATER);
        return;
      case 'behind':
        this.put(message, 0, OVERTAKING);
        return;
      case 'twice':
        this.put(message, 0);
        this.put(message, 0);
        return;
      case 'twice-late':
        this.put(message, 0);
        this.put(message, LATE);
        return;
      case undefined:
        this.put(message, 0);
    }
  }

  /** Brings the next message that is due; false when there is none. */
  async deliverNext(): Promise<boolean> {
    const due = this.messages.filter((message) => message.due <= this.beats || this.chaos.isOver);
    const next = due.sort((one, other) => one.order - other.order)[0];
    if (next === undefined) {
      return false;
    }
    this.messages = this.messages.filter((message) => message !== next);
    try {
      await next.deliver();
    } catch {
      this.bringAgain(next);
    }
    return true;
  }

  /** Time has passed for those that are late. */
  beat(): void {
    this.beats += 1;
  }

  /** An operator sends on again what lies in the dead letters. */
  redrive(): void {
    const letters = this.deadLetters;
    this.deadLetters = [];
    for (const letter of letters) {
      this.put({ ...letter, failures: 0 }, 0);
    }
  }

  private bringAgain(message: Message): void {
    const failures = message.failures + 1;
    if (failures < message.hop.attempts) {
      this.messages.push({ ...message, failures, due: this.beats + 1 });
    } else {
      this.giveUp(message);
    }
  }

  private giveUp(message: Message): void {
    if (message.hop.afterwards === 'dead-letter') {
      this.deadLetters.push(message);
    }
  }

  private put(message: Omit<Message, 'order' | 'due'>, after: number, overtaking = 0): void {
    this.sent += 1;
    this.messages.push({ ...message, order: this.sent + overtaking, due: this.beats + after });
  }
}
