import { Duration, NestedStack } from 'aws-cdk-lib';
import { Dashboard } from 'aws-cdk-lib/aws-cloudwatch';
import type { Construct } from 'constructs';
import type * as z from 'zod';
import type { environment as dashboardWidget } from '../../functions/measures/dashboard-widget.env.ts';
import { MEASURED_KIND_NAMES } from '../../functions/measures/domain/kinds.ts';
import type { environment as measureRecord } from '../../functions/measures/measure-record.env.ts';
import type { environment as publishFigures } from '../../functions/measures/publish-figures.env.ts';
import type { environment as sendWeeklyFigures } from '../../functions/measures/send-weekly-figures.env.ts';
import type { companyEnvironment } from '../../functions/runtime/environment.ts';
import { approvals } from './dashboards/approvals.ts';
import { compliance } from './dashboards/compliance.ts';
import { oneProcess } from './dashboards/one-process.ts';
import { overview } from './dashboards/overview.ts';
import { RANGE, Widgets } from './dashboards/widgets.ts';
import { DeadLetteredQueue } from './dead-lettered-queue.ts';
import type { Mail } from './mail.ts';
import type { Pages } from './pages.ts';
import type { ProcessTables } from './process-tables.ts';
import type { Setting } from './setting.ts';
import { TaskFunction } from './task-function.ts';
import { every } from './ticks.ts';

/** A message has the entries of a second: each process among them is read and changed once. */
const MEASURE_SECONDS = 60;
const ATTEMPTS = 5;
/** Of it that many at once: more of them would only wait for each other at the same figures. */
const AT_ONCE = 4;
/** CloudWatch waits as long for a widget at most. */
const WIDGET_SECONDS = 20;
const WEEKLY_SECONDS = 300;

interface DashboardsProps {
  readonly setting: Setting;
  readonly company: z.input<typeof companyEnvironment>;
  readonly tables: ProcessTables;
  readonly pages: Pages;
  readonly mail: Mail;
  /** The company replenishes its stock by Meridian. */
  readonly hasReplenishment: boolean;
  /** Posts whose holders get the weekly mail. */
  readonly weeklyPosts: readonly string[];
}

/**
 * What the record is measured by, and the dashboards of the business. A stack of its own within the one that is deployed:
 * what it keeps stands in the work table (docs/adr/0026).
 */
export class Dashboards extends NestedStack {
  /** Follows the record. */
  readonly queue: DeadLetteredQueue;
  /** Nobody but operators hears of their errors. */
  readonly functions: readonly TaskFunction<z.ZodType>[];
  /** Runs once an hour. */
  readonly weekly: TaskFunction<typeof sendWeeklyFigures>;

  constructor(scope: Construct, id: string, props: DashboardsProps) {
    super(scope, id, { description: `Measures and dashboards of ${props.setting.stackName}` });
    const { setting, company, tables } = props;
    const own = { ...tables.environment, ...company, POWERTOOLS_SERVICE_NAME: setting.stackName };
    this.queue = new DeadLetteredQueue(this, 'measures-queue', {
      queueName: `${setting.stackName}-measures`,
      workerSeconds: MEASURE_SECONDS,
      attempts: ATTEMPTS,
    });
    const measure = new TaskFunction<typeof measureRecord>(this, 'measure-record', {
      setting,
      environment: own,
      timeoutSeconds: MEASURE_SECONDS,
    });
    this.queue.workedBy(measure, AT_ONCE, 1);
    tables.allowWorkItems(measure);
    tables.allowLists(measure);
    tables.allowReadingRecord(measure);
    const publish = new TaskFunction<typeof publishFigures>(this, 'publish-figures', { setting, environment: own });
    tables.allowReadingWork(publish);
    // The open cases.
    tables.allowTimeLists(publish);
    every(Duration.minutes(5), publish);
    const widget = this.#widget(props);
    this.functions = [measure, publish, widget];
    this.weekly = this.#weekly(props);
    this.#dashboards(props, widget);
  }

  #widget({ setting, company, tables, pages }: DashboardsProps): TaskFunction<typeof dashboardWidget> {
    const widget = new TaskFunction<typeof dashboardWidget>(this, 'dashboard-widget', {
      setting,
      environment: { ...tables.environment, ...company, ...pages.linkEnvironment },
      timeoutSeconds: WIDGET_SECONDS,
    });
    tables.allowReadingWork(widget);
    tables.allowLists(widget);
    tables.allowTimeLists(widget);
    pages.allowLinks(widget);
    return widget;
  }

  #weekly({ setting, company, tables, mail, weeklyPosts }: DashboardsProps): TaskFunction<typeof sendWeeklyFigures> {
    const name = `${setting.stackName}-overview`;
    const weekly = new TaskFunction<typeof sendWeeklyFigures>(this, 'send-weekly-figures', {
      setting,
      environment: {
        ...{ ...tables.environment, ...company, ...mail.environment, WEEKLY_POSTS: weeklyPosts.join(',') },
        DASHBOARDS_URL: `https://${this.region}.console.aws.amazon.com/cloudwatch/home?region=${this.region}#dashboards/dashboard/${name}`,
      },
      timeoutSeconds: WEEKLY_SECONDS,
    });
    tables.allowReadingWork(weekly);
    tables.allowLists(weekly);
    tables.allowTimeLists(weekly);
    weekly.allow(['dynamodb:PutItem', 'dynamodb:DeleteItem'], tables.work.tableArn);
    mail.allowSending(weekly);
    every(Duration.hours(1), weekly);
    return weekly;
  }

  #dashboards({ setting, hasReplenishment }: DashboardsProps, { lambda }: TaskFunction<typeof dashboardWidget>): void {
    const { stackName } = setting;
    const widgets = new Widgets(stackName);
    const kinds = MEASURED_KIND_NAMES.filter((kind) => kind !== 'replenishment' || hasReplenishment);
    const boards = {
      overview: overview(widgets, kinds, lambda),
      approvals: approvals(widgets, kinds, lambda),
      compliance: compliance(widgets, kinds, lambda),
      ...Object.fromEntries(kinds.map((kind) => [kind, oneProcess(widgets, kind, lambda)])),
    };
    for (const [name, rows] of Object.entries(boards)) {
      new Dashboard(this, name, {
        dashboardName: `${stackName}-${name}`,
        start: RANGE,
        widgets: rows.map((row) => [...row]),
      });
    }
  }
}
