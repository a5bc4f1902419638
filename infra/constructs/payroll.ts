import { Duration, Stack } from 'aws-cdk-lib';
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { Bucket } from 'aws-cdk-lib/aws-s3';
import { CfnSchedule } from 'aws-cdk-lib/aws-scheduler';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import type * as z from 'zod';
import type { environment as askDifference } from '../../functions/payroll/ask-difference.env.ts';
import type { environment as awaitPayroll } from '../../functions/payroll/await-payroll.env.ts';
import type { environment as closeDifference } from '../../functions/payroll/close-difference.env.ts';
import type { environment as closePayrollRun } from '../../functions/payroll/close-payroll-run.env.ts';
import type { environment as exportFigures } from '../../functions/payroll/export-figures.env.ts';
import type { environment as openPayrollRun } from '../../functions/payroll/open-payroll-run.env.ts';
import type { environment as pollPayroll } from '../../functions/payroll/poll-payroll.env.ts';
import type { environment as reconcileAttendance } from '../../functions/payroll/reconcile-attendance.env.ts';
import type { environment as recordPayrollAnswer } from '../../functions/payroll/record-payroll-answer.env.ts';
import type { environment as routePayroll } from '../../functions/payroll/route-payroll.env.ts';
import type { companyEnvironment } from '../../functions/runtime/environment.ts';
import type { Company } from '../config.ts';
import { acknowledgePattern } from '../nag-reasons.ts';
import { tellOfArrivals } from './arrivals.ts';
import { DeadLetteredQueue, deadLetterQueue } from './dead-lettered-queue.ts';
import type { ErpConnector } from './erp-connector.ts';
import { functionsOfMachine } from './functions-of-machine.ts';
import type { Pages } from './pages.ts';
import { ANSWERS, PayslipBucket, Payslips } from './payslips.ts';
import { privateBucket } from './private-bucket.ts';
import { Process } from './process.ts';
import type { ProcessTables } from './process-tables.ts';
import type { Purchase } from './purchase.ts';
import type { Setting } from './setting.ts';
import { TASK_SECONDS, TaskFunction } from './task-function.ts';
import { every } from './ticks.ts';

/** Lists, results and open points of runs, and what payroll reads. */
const RUNS = 'runs/';
const FIGURES = 'figures/';
/** Days until what only a run needed is gone: an operator has long answered then. */
const RUN_DAYS = 400;
/** Without a schedule a run by hand has these. */
const BY_HAND = { toleratedFailurePercentage: 5, atOnce: 10, correctedMonths: 3 };
/** Seconds in which figures are handed over: a system with an API makes a document of each employee. */
const HAND_OVER_SECONDS = 50;
/** How often a system that announces nothing is asked while a run waits for it. */
const ASKED_EVERY = Duration.minutes(15);

interface PayrollProps {
  readonly setting: Setting;
  readonly company: z.input<typeof companyEnvironment>;
  readonly payroll: Company['payroll'];
  readonly tables: ProcessTables;
  readonly erp: ErpConnector;
  readonly pages: Pages;
  /** The child machine of operators' questions, and the alarm clock. */
  readonly shared: Purchase;
  readonly hasSignIn: boolean;
}

/** Attendance to payslips: machines, functions, buckets, and the schedule that starts a run once a month. */
export class Payroll extends Construct {
  readonly process: Process;
  readonly bucket: Bucket;
  readonly payslipBucket: PayslipBucket;
  /** How many months before its own a run corrects. */
  readonly correctedMonths: number;
  readonly payslips: Payslips;
  /** Payroll's files that have arrived. */
  readonly queue: DeadLetteredQueue;
  /** Asks a system that announces nothing; undefined where files arrive. */
  readonly poller: TaskFunction<typeof pollPayroll> | undefined;
  /** Whose errors reach nobody else. */
  readonly ownErrors: readonly TaskFunction<z.ZodType>[];
  /** Monthly starts that could not be delivered; none without a schedule. */
  readonly deadLetters: Queue | undefined;

  constructor(scope: Construct, id: string, props: PayrollProps) {
    super(scope, id);
    const { setting, company, payroll, tables, erp, shared } = props;
    this.bucket = privateBucket(this, setting, [
      {
        prefix: RUNS,
        expiration: Duration.days(RUN_DAYS),
        noncurrentVersionExpiration: Duration.days(1),
        abortIncompleteMultipartUploadAfter: Duration.days(1),
      },
    ]);
    const make = <Schema extends z.ZodType>(
      bundle: string,
      environment: z.input<Schema> & Readonly<Record<string, string>>,
      timeoutSeconds = TASK_SECONDS,
    ) => new TaskFunction<Schema>(this, bundle, { setting, environment, timeoutSeconds });
    const payrollRoles = payroll?.systemRoles ?? [];
    this.payslipBucket = new PayslipBucket(this, 'PayslipBucket', { setting, payrollRoles });
    const files = { PAYROLL_BUCKET: this.bucket.bucketName };
    const api = apiOf(payroll, company.COMPANY_CURRENCY);
    const system = { ...files, PAYSLIP_BUCKET: this.payslipBucket.bucket.bucketName, ...api.environment };
    const withFiles = { ...tables.environment, ...files };
    const withSystem = { ...tables.environment, ...system };
    const { toleratedFailurePercentage, atOnce, correctedMonths } = payroll ?? BY_HAND;
    this.correctedMonths = correctedMonths;

    const open = make<typeof openPayrollRun>('open-payroll-run', {
      ...withFiles,
      ...company,
      PAYROLL_TOLERATED_PERCENTAGE: String(toleratedFailurePercentage),
      PAYROLL_AT_ONCE: String(atOnce),
      PAYROLL_CORRECTED_MONTHS: String(correctedMonths),
    });
    const collect = make<typeof reconcileAttendance>('reconcile-attendance', {
      ...tables.environment,
      ...erp.environment,
      ...company,
    });
    const hand = make<typeof exportFigures>('export-figures', withSystem, HAND_OVER_SECONDS);
    const ask = make<typeof askDifference>('ask-difference', { ...tables.environment, ...company });
    const settle = make<typeof closeDifference>('close-difference', tables.environment);
    const route = make<typeof routePayroll>('route-payroll', { ...withSystem, ...company });
    const close = make<typeof closePayrollRun>('close-payroll-run', withFiles);
    const wait = make<typeof awaitPayroll>('await-payroll', {
      ...withSystem,
      ...company,
      ...shared.alarms.environment,
    });
    const answer = make<typeof recordPayrollAnswer>('record-payroll-answer', withSystem);

    tables.allowChanges(open, hand, ask, settle, route, close, wait, answer);
    tables.allowReadingWork(collect);
    tables.allowLists(open, collect, ask, route);
    tables.allowRemoving(ask, route);
    erp.allowUse(collect);
    this.#allow(open, ['s3:GetObject', 's3:PutObject'], RUNS);
    this.#allow(hand, ['s3:GetObject', 's3:PutObject'], RUNS);
    this.#allow(hand, ['s3:PutObject'], FIGURES);
    this.#allow(close, ['s3:GetObject'], RUNS);
    shared.alarms.allowSetting(wait);
    this.payslips = new Payslips(this, 'Payslips', { ...props, payslips: this.payslipBucket, system });
    const readers = [route, wait, answer, this.payslips.publish];
    // Whom the figures are about: each of them must have a payslip.
    for (const reader of readers) {
      this.#allow(reader, ['s3:GetObject'], FIGURES);
    }
    if (api.secretArn === undefined) {
      this.payslipBucket.allowAnswers(...readers);
    } else {
      this.poller = make<typeof pollPayroll>('poll-payroll', { ...withSystem, ...company });
      tables.allowChanges(this.poller);
      this.#allow(this.poller, ['s3:GetObject'], FIGURES);
      this.#allowAsking(api.secretArn, [...readers, this.poller]);
      hand.allow(['secretsmanager:GetSecretValue'], api.secretArn);
      every(ASKED_EVERY, this.poller);
    }
    this.queue = new DeadLetteredQueue(this, 'payroll-answers-queue', {
      queueName: `${setting.stackName}-payroll-answers`,
      workerSeconds: TASK_SECONDS,
      attempts: 5,
    });
    tellOfArrivals(this.payslipBucket.bucket, ANSWERS, this.queue.queue);
    this.queue.workedBy(answer, 2);
    this.ownErrors = [answer, ...(this.payslips.page === undefined ? [] : [this.payslips.page])];

    const functionArn = functionsOfMachine([
      ...[open, collect, hand, ask, settle, route, close, wait],
      ...[this.payslips.open, this.payslips.publish],
    ]);
    this.process = new Process(this, 'payroll-run', {
      setting,
      functionArn: (placeholder) =>
        placeholder === 'PayrollBucket' ? this.bucket.bucketName : functionArn(placeholder),
      children: { ApprovalArn: shared.approval, PayslipArn: this.payslips.process },
    });
    // Also without a schedule: whoever starts it by hand does so by the alias.
    this.process.current();
    this.deadLetters =
      payroll === undefined ? undefined : this.#startMonthly(payroll, company.COMPANY_TIME_ZONE, setting);
  }

  #allowAsking(secretArn: string, askers: readonly TaskFunction<z.ZodType>[]): void {
    for (const asker of askers) {
      asker.allow(['secretsmanager:GetSecretValue'], secretArn);
      // Without it S3 answers 403 and not 404 for figures that are not there.
      asker.allow(['s3:ListBucket'], this.bucket.bucketArn);
    }
  }

  /** What runs have handed over. */
  allowReadingRuns(target: TaskFunction<z.ZodType>): void {
    this.#allow(target, ['s3:GetObject'], RUNS);
  }

  #allow(target: TaskFunction<z.ZodType>, actions: readonly string[], prefix: string): void {
    const objects = this.bucket.arnForObjects(`${prefix}*`);
    target.allow(actions, objects);
    acknowledgePattern(target.role, objects, 'Figures');
  }

  /** Scheduler starts the machine itself, by the clocks of the company; a second start of a month is a duplicate. */
  #startMonthly({ dayOfMonth, hour }: NonNullable<Company['payroll']>, timeZone: string, setting: Setting): Queue {
    const deadLetters = deadLetterQueue(this, 'DeadLetters', `${setting.stackName}-payroll-dead-letters`);
    const role = new Role(this, 'ScheduleRole', {
      assumedBy: new ServicePrincipal('scheduler.amazonaws.com', {
        conditions: { StringEquals: { 'aws:SourceAccount': Stack.of(this).account } },
      }),
    });
    role.addToPolicy(
      new PolicyStatement({ actions: ['states:StartExecution'], resources: [this.process.machine.stateMachineArn] }),
    );
    role.addToPolicy(new PolicyStatement({ actions: ['sqs:SendMessage'], resources: [deadLetters.queueArn] }));
    new CfnSchedule(this, 'Schedule', {
      scheduleExpression: `cron(0 ${hour} ${dayOfMonth} * ? *)`,
      scheduleExpressionTimezone: timeZone,
      flexibleTimeWindow: { mode: 'OFF' },
      target: {
        arn: this.process.current(),
        roleArn: role.roleArn,
        input: '{}',
        deadLetterConfig: { arn: deadLetters.queueArn },
      },
    });
    return deadLetters;
  }
}

/** A payroll system with an API, for the functions that ask it, and the secret that they read for it; none where files are exchanged. */
function apiOf(payroll: Company['payroll'], currency: string) {
  const { system = { kind: 'files' as const } } = payroll ?? {};
  return system.kind === 'files'
    ? { environment: { PAYROLL_SYSTEM: '' } }
    : { environment: { PAYROLL_SYSTEM: JSON.stringify({ ...system, currency }) }, secretArn: system.secretArn };
}
