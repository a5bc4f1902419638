import { Duration, NestedStack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type * as z from 'zod';
import type { environment as compareBooks } from '../../functions/reconciliation/compare-books.env.ts';
import type { environment as walkBooks } from '../../functions/reconciliation/walk-books.env.ts';
import type { companyEnvironment } from '../../functions/runtime/environment.ts';
import type { Company } from '../config.ts';
import { DeadLetteredQueue } from './dead-lettered-queue.ts';
import type { ErpConnector } from './erp-connector.ts';
import type { Payroll } from './payroll.ts';
import type { ProcessTables } from './process-tables.ts';
import type { Setting } from './setting.ts';
import { TaskFunction } from './task-function.ts';
import { every } from './ticks.ts';

/** A process is its record and a few questions to the ERP. */
const COMPARE_SECONDS = 60;
/** Deliveries before something goes to the dead letters: for a day, since the walk does not come by again. */
const ATTEMPTS = 240;
/** Processes that are compared at once: the ERP's patience. */
const AT_ONCE = 2;
/** A walk goes through what was changed, a page at a time. */
const WALK_SECONDS = 300;

interface ReconciliationProps {
  readonly setting: Setting;
  readonly company: z.input<typeof companyEnvironment>;
  readonly reconciliation: NonNullable<Company['reconciliation']>;
  readonly tables: ProcessTables;
  readonly erp: ErpConnector;
  /** Whose runs are compared. */
  readonly payroll: Payroll;
}

/**
 * The records of processes, compared with the ERP's books (docs/adr/0029): the walk, the queue of what is to be compared, and
 * its worker. A stack of its own within the one that is deployed: only a company that configures it has it, and it keeps nothing.
 */
export class Reconciliation extends NestedStack {
  readonly queue: DeadLetteredQueue;
  readonly compare: TaskFunction<typeof compareBooks>;
  readonly walk: TaskFunction<typeof walkBooks>;

  constructor(scope: Construct, id: string, props: ReconciliationProps) {
    const { setting, company, reconciliation, tables, erp, payroll } = props;
    super(scope, id, { description: `The ERP's books, compared by ${setting.stackName}` });
    this.queue = new DeadLetteredQueue(this, 'erp-books-queue', {
      queueName: `${setting.stackName}-erp-books`,
      workerSeconds: COMPARE_SECONDS,
      attempts: ATTEMPTS,
    });
    const environment = { ...tables.environment, ...erp.environment, BOOKS_QUEUE_URL: this.queue.queue.queueUrl };
    this.compare = new TaskFunction<typeof compareBooks>(this, 'compare-books', {
      setting,
      environment: {
        ...environment,
        ...company,
        PAYROLL_BUCKET: payroll.bucket.bucketName,
        CORRECTED_MONTHS: String(payroll.correctedMonths),
      },
      timeoutSeconds: COMPARE_SECONDS,
    });
    this.queue.workedBy(this.compare, AT_ONCE, 1);
    this.walk = new TaskFunction<typeof walkBooks>(this, 'walk-books', {
      setting,
      environment: { ...environment, BOOKS_SINCE: `${reconciliation.since}T00:00:00.000Z` },
      timeoutSeconds: WALK_SECONDS,
    });
    every(Duration.minutes(reconciliation.everyMinutes), this.walk);
    for (const sender of [this.compare, this.walk]) {
      sender.allow(['sqs:SendMessage'], this.queue.queue.queueArn);
    }
    erp.allowUse(this.compare, this.walk);
    payroll.allowReadingRuns(this.compare);

    tables.allowWorkItems(this.walk);
    tables.allowLists(this.walk);
    // Cases, and the holds that they place.
    tables.allowChanges(this.compare);
    tables.allowAddingPersonal(this.compare);
    tables.allowLists(this.compare);
    tables.allowRemoving(this.compare);
    this.compare.allow(['dynamodb:Query'], tables.record.tableArn);
  }
}
