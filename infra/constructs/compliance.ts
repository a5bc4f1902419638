import { Duration, NestedStack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type * as z from 'zod';
import type { environment as compliancePages } from '../../functions/compliance/compliance-pages.env.ts';
import type { environment as watchDaily } from '../../functions/compliance/watch-daily.env.ts';
import type { environment as watchRecord } from '../../functions/compliance/watch-record.env.ts';
import type { companyEnvironment } from '../../functions/runtime/environment.ts';
import { DeadLetteredQueue } from './dead-lettered-queue.ts';
import type { Pages } from './pages.ts';
import type { Process } from './process.ts';
import type { ProcessTables } from './process-tables.ts';
import type { Setting } from './setting.ts';
import { TaskFunction } from './task-function.ts';
import { every } from './ticks.ts';

/** A message brings entries of several processes, and each has its record read. */
const WATCH_SECONDS = 60;
/** Deliveries of what fails: for more than two days, since a finding must not be lost to an outage. */
const ATTEMPTS = 500;
/** A round looks through all processes that run. */
const ROUND_SECONDS = 600;

interface ComplianceProps {
  readonly setting: Setting;
  readonly company: z.input<typeof companyEnvironment>;
  readonly tables: ProcessTables;
  readonly pages: Pages;
  /** The machine of approvals: a case may ask for one more. */
  readonly approval: Process;
  /** Cases are decided by people who are signed in. */
  readonly hasSignIn: boolean;
}

/**
 * Compliance in real time: who looks at every new entry of the record, and once a day at what no entry tells
 * (docs/adr/0024). A stack of its own within the one that is deployed; it keeps nothing.
 */
export class Compliance extends NestedStack {
  readonly watcher: TaskFunction<typeof watchRecord>;
  readonly daily: TaskFunction<typeof watchDaily>;
  /** Subscribed to the record. */
  readonly queue: DeadLetteredQueue;
  /** Undefined: nobody can sign in. */
  readonly page: TaskFunction<typeof compliancePages> | undefined;

  constructor(scope: Construct, id: string, props: ComplianceProps) {
    const { setting, company, tables, approval, hasSignIn } = props;
    super(scope, id, { description: `Compliance of ${setting.stackName}` });
    const environment = { ...tables.environment, ...company };
    this.watcher = new TaskFunction<typeof watchRecord>(this, 'watch-record', {
      setting,
      environment: { ...environment, APPROVAL_ARN: approval.machine.stateMachineArn },
      timeoutSeconds: WATCH_SECONDS,
    });
    this.watcher.allow(['states:StartExecution'], approval.machine.stateMachineArn);
    this.queue = new DeadLetteredQueue(this, 'compliance-queue', {
      queueName: `${setting.stackName}-compliance`,
      workerSeconds: WATCH_SECONDS,
      attempts: ATTEMPTS,
    });
    this.queue.workedBy(this.watcher, 5);
    this.daily = new TaskFunction<typeof watchDaily>(this, 'watch-daily', {
      setting,
      environment,
      timeoutSeconds: ROUND_SECONDS,
    });
    every(Duration.days(1), this.daily);
    const both = [this.watcher, this.daily] as const;
    tables.allowChanges(...both);
    tables.allowAddingPersonal(...both);
    tables.allowLists(...both);
    // Cases that are settled, and tasks of processes that are stopped.
    tables.allowRemoving(...both);
    for (const one of both) {
      one.allow(['dynamodb:Query'], tables.record.tableArn);
    }
    tables.allowTimeLists(this.daily);
    this.page = hasSignIn ? pageOf(this, props) : undefined;
  }
}

/** The list of cases, and each case. */
function pageOf(
  scope: Construct,
  { setting, company, tables, pages }: ComplianceProps,
): TaskFunction<typeof compliancePages> {
  const page = new TaskFunction<typeof compliancePages>(scope, 'compliance-pages', {
    setting,
    environment: { ...tables.environment, ...company, ...pages.linkEnvironment },
  });
  tables.allowChanges(page);
  tables.allowLists(page);
  tables.allowTimeLists(page);
  tables.allowRemoving(page);
  tables.allowAddingPersonal(page);
  tables.allowReadingRecords(page);
  pages.allowLinks(page);
  pages.api.route('/compliance', ['GET'], page);
  pages.api.route('/compliance/{caseId}', ['GET', 'POST'], page);
  return page;
}
