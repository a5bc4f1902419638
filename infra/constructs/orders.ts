import { Duration, NestedStack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type * as z from 'zod';
import { ORDER_CHANGED } from '../../functions/events/order-changed.ts';
import type { environment as followOrder } from '../../functions/orders/follow-order.env.ts';
import type { environment as orderPages } from '../../functions/orders/order-pages.env.ts';
import type { environment as watchOrders } from '../../functions/orders/watch-orders.env.ts';
import type { companyEnvironment } from '../../functions/runtime/environment.ts';
import type { Company } from '../config.ts';
import { DeadLetteredQueue } from './dead-lettered-queue.ts';
import type { ErpConnector } from './erp-connector.ts';
import type { ProcessBus } from './event-bus.ts';
import type { Pages } from './pages.ts';
import type { ProcessTables } from './process-tables.ts';
import type { Setting } from './setting.ts';
import { TaskFunction } from './task-function.ts';
import { every } from './ticks.ts';

/** An order is a few questions to the ERP. */
const FOLLOW_SECONDS = 30;
/** Deliveries before an order goes to the dead letters: with an ERP that is down, a quarter of an hour; the next change tells of it again. */
const ATTEMPTS = 5;
/** Orders that are read at once: the ERP's patience. */
const AT_ONCE = 2;
/** A look goes through all that is open, a page at a time. */
const LOOK_SECONDS = 300;

interface OrdersProps {
  readonly setting: Setting;
  readonly company: z.input<typeof companyEnvironment>;
  readonly orders: NonNullable<Company['orders']>;
  readonly tables: ProcessTables;
  readonly bus: ProcessBus;
  readonly erp: ErpConnector;
  readonly pages: Pages;
  readonly hasSignIn: boolean;
}

/**
 * Sales and production orders of the ERP, followed and shown: the watch, the queue of what was changed, its worker and the
 * pages. A stack of its own within the one that is deployed: only a company that configures it has it, and it keeps nothing.
 */
export class Orders extends NestedStack {
  readonly queue: DeadLetteredQueue;
  readonly follow: TaskFunction<typeof followOrder>;
  readonly watch: TaskFunction<typeof watchOrders>;
  /** Undefined: nobody signs in, so that nobody could be shown them. */
  readonly page: TaskFunction<typeof orderPages> | undefined;

  constructor(scope: Construct, id: string, props: OrdersProps) {
    const { setting, orders, tables, bus, erp } = props;
    super(scope, id, { description: `Orders of the ERP, followed by ${setting.stackName}` });
    const withErp = { ...tables.environment, ...erp.environment };
    this.queue = new DeadLetteredQueue(this, 'orders-queue', {
      queueName: `${setting.stackName}-orders`,
      workerSeconds: FOLLOW_SECONDS,
      attempts: ATTEMPTS,
    });
    bus.route('ChangedOrders', 'erp', [ORDER_CHANGED], this.queue.queue, this);
    this.follow = new TaskFunction<typeof followOrder>(this, 'follow-order', {
      setting,
      environment: withErp,
      timeoutSeconds: FOLLOW_SECONDS,
    });
    this.queue.workedBy(this.follow, AT_ONCE, 1);
    this.watch = new TaskFunction<typeof watchOrders>(this, 'watch-orders', {
      setting,
      environment: { ...withErp, ORDER_QUEUE_URL: this.queue.queue.queueUrl },
      timeoutSeconds: LOOK_SECONDS,
    });
    this.watch.allow(['sqs:SendMessage'], this.queue.queue.queueArn);
    every(Duration.minutes(orders.everyMinutes), this.watch);

    tables.allowChanges(this.follow);
    tables.allowAddingPersonal(this.follow);
    // Its place on the list of what is open.
    tables.allowRemoving(this.follow);
    tables.allowWorkItems(this.watch);
    erp.allowUse(this.follow, this.watch);
    this.page = props.hasSignIn ? this.#pages(props) : undefined;
  }

  #pages({ setting, company, tables, pages }: OrdersProps): TaskFunction<typeof orderPages> {
    const page = new TaskFunction<typeof orderPages>(this, 'order-pages', {
      setting,
      environment: { ...tables.environment, ...company },
    });
    // Who reads a record, and who is refused.
    tables.allowChanges(page);
    tables.allowLists(page);
    tables.allowReadingRecords(page);
    pages.api.route('/orders', ['GET'], page);
    pages.api.route('/orders/{processId}', ['GET'], page);
    return page;
  }
}
