import { Duration, NestedStack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type * as z from 'zod';
import { STOCK_FELL_BELOW_REORDER_POINT } from '../../functions/events/stock-fell-below-reorder-point.ts';
import type { environment as closeReplenishment } from '../../functions/inventory/close-replenishment.env.ts';
import type { environment as openReplenishment } from '../../functions/inventory/open-replenishment.env.ts';
import type { environment as proposeReplenishment } from '../../functions/inventory/propose-replenishment.env.ts';
import type { environment as routeReplenishment } from '../../functions/inventory/route-replenishment.env.ts';
import type { environment as startReplenishment } from '../../functions/inventory/start-replenishment.env.ts';
import type { environment as watchStock } from '../../functions/inventory/watch-stock.env.ts';
import type { companyEnvironment } from '../../functions/runtime/environment.ts';
import type { Company } from '../config.ts';
import { DeadLetteredQueue } from './dead-lettered-queue.ts';
import type { ErpConnector } from './erp-connector.ts';
import type { ProcessBus } from './event-bus.ts';
import { functionsOfMachine } from './functions-of-machine.ts';
import { Process } from './process.ts';
import type { ProcessTables } from './process-tables.ts';
import type { Purchase } from './purchase.ts';
import type { Setting } from './setting.ts';
import { TaskFunction } from './task-function.ts';
import { every } from './ticks.ts';

/** A report is one question to the ERP and one start. */
const START_SECONDS = 20;
/** Deliveries of a report: each time that the minute has no start left it comes back, for half a day. */
const ATTEMPTS = 400;
/** A look goes through all reorder points, a page at a time. */
const LOOK_SECONDS = 300;

interface InventoryProps {
  readonly setting: Setting;
  readonly company: z.input<typeof companyEnvironment>;
  readonly replenishment: NonNullable<Company['replenishment']>;
  readonly tables: ProcessTables;
  readonly bus: ProcessBus;
  readonly erp: ErpConnector;
  /** The purchases that it begins, and the child machine of operators' questions. */
  readonly purchase: Pick<Purchase, 'process' | 'approval'>;
}

/**
 * Stock replenishment: its machine, its functions, the queue of what is short, and the watch. A stack of its own within the
 * one that is deployed (docs/adr/0022): only a company that configures it has it, and it keeps nothing.
 */
export class Inventory extends NestedStack {
  readonly process: Process;
  readonly queue: DeadLetteredQueue;
  readonly watch: TaskFunction<typeof watchStock>;
  readonly start: TaskFunction<typeof startReplenishment>;

  constructor(scope: Construct, id: string, props: InventoryProps) {
    const { setting, company, replenishment, tables, bus, erp, purchase } = props;
    super(scope, id, { description: `Stock replenishment of ${setting.stackName}` });
    const { startsPerMinute, everyMinutes } = replenishment;
    const store = tables.environment;
    const withErp = { ...store, ...erp.environment };
    const rate = { STARTS_PER_MINUTE: String(startsPerMinute) };
    const make = <Schema extends z.ZodType>(
      bundle: string,
      environment: z.input<Schema> & Readonly<Record<string, string>>,
    ) => new TaskFunction<Schema>(this, bundle, { setting, environment });

    const open = make<typeof openReplenishment>('open-replenishment', store);
    const propose = make<typeof proposeReplenishment>('propose-replenishment', { ...withErp, ...company });
    const route = make<typeof routeReplenishment>('route-replenishment', { ...store, ...company });
    const close = make<typeof closeReplenishment>('close-replenishment', store);
    this.process = new Process(this, 'replenishment', {
      setting,
      functionArn: functionsOfMachine([open, propose, route, close]),
      children: { ProcureToPayArn: purchase.process, ApprovalArn: purchase.approval },
    });

    this.queue = new DeadLetteredQueue(this, 'stock-queue', {
      queueName: `${setting.stackName}-stock`,
      workerSeconds: START_SECONDS,
      attempts: ATTEMPTS,
    });
    bus.route('StockReports', 'erp', [STOCK_FELL_BELOW_REORDER_POINT], this.queue.queue, this);
    const { stateMachineArn } = this.process.machine;
    this.start = new TaskFunction<typeof startReplenishment>(this, 'start-replenishment', {
      setting,
      environment: { ...withErp, ...rate, REPLENISHMENT_ARN: this.process.current() },
      timeoutSeconds: START_SECONDS,
    });
    this.start.allow(['states:StartExecution'], stateMachineArn);
    this.queue.workedBy(this.start, 2);
    this.watch = new TaskFunction<typeof watchStock>(this, 'watch-stock', {
      setting,
      environment: {
        ...withErp,
        ...rate,
        STOCK_QUEUE_URL: this.queue.queue.queueUrl,
        WATCH_EVERY_MINUTES: String(everyMinutes),
      },
      timeoutSeconds: LOOK_SECONDS,
    });
    this.watch.allow(['sqs:SendMessage'], this.queue.queue.queueArn);
    every(Duration.minutes(everyMinutes), this.watch);

    tables.allowChanges(open, propose, route, close, this.watch);
    tables.allowWorkItems(this.start);
    tables.allowLists(route, this.watch);
    // Tasks of questions that are superseded or come to nothing, and what is watched no more.
    tables.allowRemoving(route, close, this.watch);
    erp.allowUse(propose, this.start, this.watch);
  }
}
