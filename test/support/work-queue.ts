/** A queue in memory, as SQS is one: what fails comes again, and what fails too often lies with the dead letters. */

/** As often as the queues of the stack give a message to their workers. */
const MOST_RECEIVED = 5;

export class WorkQueue<Message> {
  readonly deadLetters: Message[] = [];
  private messages: { readonly message: Message; readonly received: number }[] = [];
  private readonly worker: (message: Message) => Promise<unknown>;

  constructor(worker: (message: Message) => Promise<unknown>) {
    this.worker = worker;
  }

  get waiting(): readonly Message[] {
    return this.messages.map(({ message }) => message);
  }

  send(messages: readonly Message[]): void {
    this.messages.push(...messages.map((message) => ({ message, received: 0 })));
  }

  /** The workers take so many messages, and are done with them. */
  async work(atOnce: number): Promise<void> {
    const taken = this.messages.splice(0, atOnce);
    const outcomes = await Promise.allSettled(taken.map(({ message }) => this.worker(message)));
    for (const [index, { message, received }] of taken.entries()) {
      if (outcomes[index]?.status === 'fulfilled') {
        continue;
      }
      if (received + 1 < MOST_RECEIVED) {
        this.messages.push({ message, received: received + 1 });
      } else {
        this.deadLetters.push(message);
      }
    }
  }
}
