/** The watch, the queue and its worker on a moving clock: what SQS, the schedule and the state machine do between them. */
import { input as openingSchema } from '../../../functions/inventory/open-replenishment.handler.ts';
import { openReplenishment } from '../../../functions/inventory/open-replenishment.ts';
import type { StockReport } from '../../../functions/inventory/port.ts';
import { startReplenishment } from '../../../functions/inventory/start-replenishment.ts';
import { watchStock } from '../../../functions/inventory/watch-stock.ts';
import { SettableClock, seededRandomness } from '../../support/ambient.ts';
import { FakeErp } from '../../support/fake-erp.ts';
import { type FakePoint, FakeStock } from '../../support/fake-stock.ts';
import { MemoryStore } from '../../support/memory-store.ts';

const SECOND = 1000;
const EVERY_MINUTES = 15;
/** Until a message that its worker could not do comes back. */
const HIDDEN_SECONDS = 120;
/** Messages of one delivery. */
const BATCH = 10;

/** Batches that workers take within a second. */
const BATCHES = 2;

type Message = Pick<StockReport, 'detail'>;

export function shortPoints(count: number): readonly FakePoint[] {
  return Array.from({ length: count }, (_, index) => ({
    productCode: `S-${index}`,
    warehouse: 'WH',
    productName: `Product ${index}`,
    unit: 'Unit',
    step: '1',
    categories: [],
    onHand: '0',
    minimum: '1',
    target: '2',
    supplierCode: 'SUP-001',
  }));
}

export class StockLine {
  readonly clock = new SettableClock('2026-01-05T08:00:00Z');
  readonly store = new MemoryStore();
  readonly stock: FakeStock;
  /** When each execution began (milliseconds), by its name. */
  readonly started = new Map<string, number>();
  /** Asked at each delivery of a message: whether its worker dies over it. */
  dies: (delivery: number) => boolean = () => false;
  deliveries = 0;
  /** By when they are visible (milliseconds). */
  private readonly queue = new Map<number, Message[]>();
  private readonly visible: Message[] = [];
  private readonly startsPerMinute: number;
  private readonly deps;

  constructor(points: readonly FakePoint[], startsPerMinute: number) {
    this.startsPerMinute = startsPerMinute;
    this.stock = new FakeStock(points, new FakeErp({ clock: this.clock }));
    this.deps = { store: this.store, clock: this.clock, randomness: seededRandomness(1) };
  }

  /** The ERP reports a product, at once. */
  report(productCode: string): void {
    const metadata = {
      eventId: productCode,
      correlationId: productCode,
      occurredAt: '2026-01-05T08:00:00Z',
      schemaVersion: '1.0',
    };
    const detail = { metadata, erp: { system: 'fake' }, productCode, warehouse: 'WH' };
    this.enqueue({ detail }, 0);
  }

  /** `seconds`: how long it has; with none it looks at one page. */
  look(seconds = 240): Promise<{ readonly reported: number; readonly recovered: number }> {
    return watchStock({
      ...this.deps,
      stock: this.stock,
      system: 'fake',
      startsPerMinute: this.startsPerMinute,
      everyMinutes: EVERY_MINUTES,
      until: new Date(this.clock.now().getTime() + seconds * SECOND),
      queue: {
        send: async (reports) => {
          for (const { delaySeconds, ...message } of reports) {
            this.enqueue(message, delaySeconds);
          }
        },
      },
    });
  }

  /** The clock runs; each second a worker takes what is visible, and each quarter of an hour the watch looks. */
  async run(minutes: number): Promise<void> {
    for (let second = 0; second < minutes * 60; second += 1) {
      if (second % (EVERY_MINUTES * 60) === 0) {
        await this.look();
      }
      await this.deliver();
      this.clock.forward(1);
    }
  }

  /** Of the reports that wait, in seconds from now. */
  delays(): readonly number[] {
    const now = this.clock.now().getTime();
    return [...this.queue].flatMap(([due, messages]) => messages.map(() => (due - now) / SECOND));
  }

  reportedProducts(): readonly string[] {
    return this.waitingMessages().map(({ detail }) => detail.productCode);
  }

  waiting(): number {
    return this.waitingMessages().length;
  }

  private waitingMessages(): readonly Message[] {
    return [...this.visible, ...[...this.queue.values()].flat()];
  }

  private async deliver(): Promise<void> {
    const now = this.clock.now().getTime();
    for (const [due, messages] of this.queue) {
      if (due <= now) {
        this.queue.delete(due);
        this.visible.push(...messages);
      }
    }
    for (const message of this.visible.splice(0, BATCHES * BATCH)) {
      if (!(await this.work(message))) {
        this.enqueue(message, HIDDEN_SECONDS);
      }
    }
  }

  private enqueue(message: Message, seconds: number): void {
    const due = this.clock.now().getTime() + seconds * SECOND;
    const others = this.queue.get(due);
    if (others === undefined) {
      this.queue.set(due, [message]);
    } else {
      others.push(message);
    }
  }

  private async work({ detail }: Message): Promise<boolean> {
    this.deliveries += 1;
    const isDying = this.dies(this.deliveries);
    try {
      await startReplenishment(
        {
          ...this.deps,
          stock: this.stock,
          startsPerMinute: this.startsPerMinute,
          starter: { start: (name, input) => this.begin(name, input) },
        },
        detail,
      );
      return !isDying;
    } catch {
      return false;
    }
  }

  /** As Step Functions: a name begins once; its first state opens the replenishment. */
  private async begin(name: string, input: object): Promise<'started' | 'already-started'> {
    if (this.started.has(name)) {
      return 'already-started';
    }
    this.started.set(name, this.clock.now().getTime());
    await openReplenishment(this.deps, openingSchema.parse({ ...input, executionId: name }));
    return 'started';
  }
}
