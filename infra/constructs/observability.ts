import { Duration, NestedStack } from 'aws-cdk-lib';
import { Alarm, ComparisonOperator, Dashboard, Metric, Stats, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import type * as z from 'zod';
import { type MeasureName, NAMESPACE } from '../../functions/measures/domain/catalogue.ts';
import type { ApprovalsHttpApi } from './approvals-http-api.ts';
import { deadLetterCount, operations } from './dashboards/operations.ts';
import { Widgets } from './dashboards/widgets.ts';
import type { DeadLetteredQueue } from './dead-lettered-queue.ts';
import type { Process } from './process.ts';
import type { Setting } from './setting.ts';
import type { TaskFunction } from './task-function.ts';

/** Operators hear so many days before the last year of the calendar ends; China's next one is announced in November. */
const CALENDAR_DAYS = 60;
/** In five minutes: five addresses that guess until they are stopped; people with a damaged link stay far below. */
const UNKNOWN_LINKS = 100;
/** In five minutes: a new OA is being set up with far fewer, so somebody tries, or its key is wrong. */
const REFUSED_WEBHOOKS = 20;
/** An effect that waits longer has a cause that nobody mends by waiting. */
const OLDEST_EFFECT_SECONDS = 1_800;
/** A message that is older than this, and than its retries take, has nobody who works on it. */
const OLDEST_MESSAGE_SECONDS = 3_600;
/** A book is closed an hour after its day; whoever looks for it a day later finds it, or something is wrong. */
const BOOKS_BEHIND_SECONDS = 25 * 3600;
const FIVE_MINUTES = Duration.minutes(5);
const HOUR = Duration.hours(1);

interface ObservabilityProps {
  readonly setting: Setting;
  readonly operators: ITopic;
  readonly queues: readonly DeadLetteredQueue[];
  /** Those of {@link queues} that nothing else fills again: what waits in the others, the outbox still has. */
  readonly intake: readonly DeadLetteredQueue[];
  /** Further queues whose messages wait for an operator. */
  readonly deadLetters: readonly Queue[];
  readonly machines: readonly Process[];
  /** Their errors reach nobody else: those of a machine's tasks are the machine's to route. */
  readonly ownErrors: readonly TaskFunction<z.ZodType>[];
  /** As {@link ownErrors}, of functions that run less often than every five minutes. */
  readonly seldomErrors: readonly TaskFunction<z.ZodType>[];
  /** Functions that run every minute, or nothing comes in. */
  readonly running: readonly TaskFunction<z.ZodType>[];
  readonly functions: readonly TaskFunction<z.ZodType>[];
  /** The company has a calendar of its working time, whose years end. */
  readonly hasCalendar: boolean;
  readonly hasWebhook: boolean;
  readonly api: ApprovalsHttpApi;
}

/** Sections of docs/runbooks.md: what to do when an alarm rings. */
type Runbook =
  | 'dead-letters'
  | 'execution-ended-badly'
  | 'oldest-message'
  | 'errors-of-a-function'
  | 'silent-function'
  | 'throttles'
  | 'pages-failing'
  | 'links-guessed'
  | 'webhooks-refused'
  | 'oldest-effect'
  | 'waits-without-calendar'
  | 'calendar-ends'
  | 'books-behind'
  | 'metrics-perhaps-lost';

interface AlarmLimits {
  readonly runbook: Runbook;
  /** Rings above this number, or below the other. */
  readonly above?: number;
  readonly below?: number;
  /** Periods of the metric in a row. */
  readonly periods: number;
  readonly missing?: TreatMissingData;
}

/**
 * What tells operators: an alarm for everything that waits for one, and the dashboard of Meridian's own work.
 *
 * A stack of its own within the one that is deployed: it grows with every function, keeps nothing, and a template may have
 * 500 resources at most (docs/adr/0015).
 */
export class Observability extends NestedStack {
  readonly #action: SnsAction;

  constructor(scope: Construct, id: string, props: ObservabilityProps) {
    super(scope, id, { description: `Alarms and dashboard of ${props.setting.stackName}` });
    this.#action = new SnsAction(props.operators);
    const deadLetters = [...props.queues.map((queue) => queue.deadLetters), ...props.deadLetters];
    for (const queue of deadLetters) {
      this.#alarm(`${queue.node.path.split('/').slice(1, -1).join('-')}-${queue.node.id}`, deadLetterCount(queue), {
        runbook: 'dead-letters',
        above: 0,
        periods: 1,
      });
    }
    for (const { machine, node } of props.machines) {
      this.#alarm(`${node.id}-failed`, machine.metricFailed(sum()), {
        runbook: 'execution-ended-badly',
        above: 0,
        periods: 1,
      });
      this.#alarm(`${node.id}-timed-out`, machine.metricTimedOut(sum()), {
        runbook: 'execution-ended-badly',
        above: 0,
        periods: 1,
      });
      this.#alarm(`${node.id}-aborted`, machine.metricAborted(sum()), {
        runbook: 'execution-ended-badly',
        above: 0,
        periods: 1,
      });
    }
    for (const { queue, retrySeconds, node } of props.intake) {
      const age = queue.metricApproximateAgeOfOldestMessage({ statistic: Stats.MAXIMUM, period: FIVE_MINUTES });
      this.#alarm(`${node.id}-age`, age, {
        runbook: 'oldest-message',
        above: Math.max(OLDEST_MESSAGE_SECONDS, 1.5 * retrySeconds),
        periods: 1,
      });
    }
    for (const { bundle, lambda } of props.ownErrors) {
      this.#alarm(`${bundle}-errors`, lambda.metricErrors(sum()), {
        runbook: 'errors-of-a-function',
        above: 0,
        periods: 2,
      });
    }
    for (const { bundle, lambda } of props.seldomErrors) {
      // Its errors never stand in two periods in a row.
      this.#alarm(`${bundle}-errors`, lambda.metricErrors(sum()), {
        runbook: 'errors-of-a-function',
        above: 0,
        periods: 1,
      });
    }
    for (const { bundle, lambda } of props.running) {
      this.#alarm(`${bundle}-silent`, lambda.metricInvocations(sum()), {
        runbook: 'silent-function',
        below: 1,
        periods: 2,
        missing: TreatMissingData.BREACHING,
      });
    }
    for (const { bundle, lambda } of props.functions) {
      this.#alarm(`${bundle}-throttles`, lambda.metricThrottles(sum()), { runbook: 'throttles', above: 0, periods: 3 });
    }
    this.#alarm('pages-failing', props.api.api.metricServerError(sum()), {
      runbook: 'pages-failing',
      above: 0,
      periods: 1,
    });
    this.#alarm('links-guessed', unknownLinks(props.setting), {
      runbook: 'links-guessed',
      above: UNKNOWN_LINKS,
      periods: 1,
    });
    this.#alarm('guesses-stopped', guessesStopped(props.setting), {
      runbook: 'links-guessed',
      above: UNKNOWN_LINKS,
      periods: 1,
    });
    if (props.hasWebhook) {
      this.#alarm('webhooks-refused', refusedWebhooks(props.setting), {
        runbook: 'webhooks-refused',
        above: REFUSED_WEBHOOKS,
        periods: 1,
      });
    }
    // The sweep reports every minute: silence means that it does not run.
    this.#alarm('oldest-effect', oldestEffect(props.setting), {
      runbook: 'oldest-effect',
      above: OLDEST_EFFECT_SECONDS,
      periods: 1,
      missing: TreatMissingData.BREACHING,
    });
    this.#record(props.setting);
    if (props.hasCalendar) {
      this.#calendar(props.setting);
    }
    this.#dashboard(props, deadLetters);
  }

  #record(setting: Setting): void {
    // Reported every quarter of an hour: two hours of silence mean that nobody closes books.
    this.#alarm('books-behind', ownMetric(setting, 'BooksBehindSeconds', Stats.MAXIMUM).with({ period: HOUR }), {
      runbook: 'books-behind',
      above: BOOKS_BEHIND_SECONDS,
      periods: 2,
      missing: TreatMissingData.BREACHING,
    });
    this.#alarm('metrics-perhaps-lost', ownMetric(setting, 'MeasuresPerhapsLost', Stats.SUM), {
      runbook: 'metrics-perhaps-lost',
      above: 0,
      periods: 1,
    });
  }

  #calendar(setting: Setting): void {
    this.#alarm('waits-without-calendar', ownMetric(setting, 'WaitsWithoutCalendar', Stats.SUM), {
      runbook: 'waits-without-calendar',
      above: 0,
      periods: 1,
    });
    this.#alarm('calendar-ends', ownMetric(setting, 'CalendarDaysLeft', Stats.MINIMUM), {
      runbook: 'calendar-ends',
      below: CALENDAR_DAYS,
      periods: 1,
      // Reported once an hour: in between, what was reported last holds.
      missing: TreatMissingData.IGNORE,
    });
  }

  #alarm(id: string, metric: Metric, { runbook, above, below = 1, periods, missing }: AlarmLimits): void {
    new Alarm(this, id, {
      metric,
      alarmDescription: `${id}: see docs/runbooks.md#${runbook}`,
      threshold: above ?? below,
      comparisonOperator:
        above === undefined ? ComparisonOperator.LESS_THAN_THRESHOLD : ComparisonOperator.GREATER_THAN_THRESHOLD,
      evaluationPeriods: periods,
      treatMissingData: missing ?? TreatMissingData.NOT_BREACHING,
    }).addAlarmAction(this.#action);
  }

  #dashboard({ setting, ...parts }: ObservabilityProps, deadLetters: readonly Queue[]): void {
    const rows = operations(new Widgets(setting.stackName), { ...parts, deadLetters });
    new Dashboard(this, 'Dashboard', {
      dashboardName: `${setting.stackName}-operations`,
      widgets: rows.map((row) => [...row]),
    });
  }
}

function sum() {
  return { statistic: Stats.SUM, period: FIVE_MINUTES };
}

/** Put by `sweep-effects`. */
function oldestEffect(setting: Setting): Metric {
  return ownMetric(setting, 'OldestEffectAgeSeconds', Stats.MAXIMUM);
}

/** Put by the pages behind links: links that nobody was given. */
function unknownLinks(setting: Setting): Metric {
  return ownMetric(setting, 'UnknownLinks', Stats.SUM);
}

/**
 * Put by the pages behind links, of visits of addresses that had guessed too often, whose links were not looked up; and by
 * `keep-file`, of files of people of whom too many were refused.
 */
function guessesStopped(setting: Setting): Metric {
  return ownMetric(setting, 'GuessesStopped', Stats.SUM);
}

/** Put by the webhook. */
function refusedWebhooks(setting: Setting): Metric {
  return ownMetric(setting, 'WebhooksRefused', Stats.SUM);
}

/** A figure that functions put themselves. */
function ownMetric({ stackName }: Setting, metricName: MeasureName, statistic: string): Metric {
  return new Metric({
    namespace: NAMESPACE,
    metricName,
    dimensionsMap: { service: stackName },
    statistic,
    period: FIVE_MINUTES,
  });
}
