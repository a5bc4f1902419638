import { CfnOutput, RemovalPolicy, Stack } from 'aws-cdk-lib';
import type { RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import type * as z from 'zod';
import type { Bundles } from './bundles.ts';
import type { Company } from './config.ts';
import { Administration } from './constructs/administration.ts';
import { Attachments } from './constructs/attachments.ts';
import { Compliance } from './constructs/compliance.ts';
import { Dashboards } from './constructs/dashboards.ts';
import type { DeadLetteredQueue } from './constructs/dead-lettered-queue.ts';
import { Effects } from './constructs/effects.ts';
import { Engineering } from './constructs/engineering.ts';
import { ErpConnector } from './constructs/erp-connector.ts';
import { ProcessBus } from './constructs/event-bus.ts';
import { EventIntake } from './constructs/event-intake.ts';
import { Evidence } from './constructs/evidence.ts';
import { Expenses } from './constructs/expenses.ts';
import { Insight } from './constructs/insight.ts';
import { Inventory } from './constructs/inventory.ts';
import { Leave } from './constructs/leave.ts';
import { Mail } from './constructs/mail.ts';
import { OaConnector } from './constructs/oa-connector.ts';
import { Observability } from './constructs/observability.ts';
import { Office } from './constructs/office.ts';
import { Operations } from './constructs/operations.ts';
import { OperatorsTopic } from './constructs/operators-topic.ts';
import { Orders } from './constructs/orders.ts';
import { outputName } from './constructs/output-name.ts';
import { Pages } from './constructs/pages.ts';
import { Payroll } from './constructs/payroll.ts';
import { PolicyFollower } from './constructs/policy-follower.ts';
import { ProcessTables } from './constructs/process-tables.ts';
import { Purchase } from './constructs/purchase.ts';
import { Reconciliation } from './constructs/reconciliation.ts';
import { RecordStream } from './constructs/record-stream.ts';
import type { Setting } from './constructs/setting.ts';
import { type LocalProvider, SignIn } from './constructs/sign-in.ts';
import { Suites } from './constructs/suites.ts';
import { TaskFunction } from './constructs/task-function.ts';
import { Warnings } from './constructs/warnings.ts';
import { Webhook } from './constructs/webhook.ts';
import { Worklist } from './constructs/worklist.ts';

/** What the local cloud needs: it has no Step Functions of its own that can be used, and it may have no names. */
export interface LocalCloud {
  /** Address of the local Step Functions engine. */
  readonly sfnEndpoint: string;
  /** Address of the pages, where the API's own is not reachable. */
  readonly pagesUrl?: string;
  /** Address of the demonstration OA; a loopback address cannot stand in a company file. */
  readonly oaCallbackUrl?: string;
  /** Who vouches for people there; without it a company with sign-in gets a user pool of Cognito. */
  readonly signIn?: LocalProvider;
}

interface MeridianStackProps {
  readonly company: Company;
  readonly bundles: Bundles;
  /** Absent: AWS. */
  readonly local?: LocalCloud;
}

/** All of Meridian for one company. */
export class MeridianStack extends Stack {
  constructor(scope: Construct, { company, bundles, local }: MeridianStackProps) {
    const isProtected = company.stage === 'prod';
    super(scope, company.stackName, {
      description: 'Meridian: processes between the OA and the ERP',
      terminationProtection: isProtected,
      env: {
        ...(company.account === undefined ? {} : { account: company.account }),
        ...(company.region === undefined ? {} : { region: company.region }),
      },
    });
    const setting: Setting = {
      stackName: company.stackName,
      bundles,
      // The numbers of the enumeration are days.
      logRetention: company.logRetentionDays as RetentionDays,
      removalPolicy: isProtected ? RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE : RemovalPolicy.DESTROY,
      isProtected,
      hasVersions: local === undefined,
      ambient: local === undefined ? {} : { AWS_ENDPOINT_URL_SFN: local.sfnEndpoint },
    };
    const facts = { COMPANY_CURRENCY: company.currency, COMPANY_TIME_ZONE: company.timeZone };

    const tables = new ProcessTables(this, 'Tables', setting);
    const events = new ProcessBus(this, 'Events', setting, local === undefined);
    const operators = new OperatorsTopic(this, 'Operators', setting, company.mail.operators);
    const erp = new ErpConnector(this, 'Erp', { setting, erp: company.erp, tables, bus: events.bus });
    const oa = new OaConnector(this, 'Oa', setting, local?.oaCallbackUrl ?? company.oa.callbackUrl, company.oa.suites);
    const mail = new Mail(this, 'Mail', { setting, mail: company.mail, operators: operators.topic });
    const attachments = new Attachments(this, 'Attachments', setting, tables, company);
    const pages = new Pages(this, 'Pages', {
      setting,
      company: facts,
      tables,
      attachments,
      url: local?.pagesUrl,
      hasSignIn: company.signIn !== undefined,
    });
    const { webhooks, suites: oaSuites } = company.oa;
    const webhook =
      webhooks.length === 0
        ? undefined
        : new Webhook(this, 'Webhook', { setting, systems: webhooks, tables, bus: events.bus, api: pages.api });
    const suites =
      oaSuites.length === 0
        ? undefined
        : new Suites(this, 'Suites', { setting, suites: oaSuites, tables, api: pages.api });
    const putters = [webhook?.receiver, suites?.worker].flatMap((one) => one ?? []);
    events.guard({
      oaPrincipals: company.oa.principals,
      oaAccounts: company.oa.accounts,
      receiverRoleArns: putters.map(({ role }) => role.roleArn),
      erpConnectorRoleArn: erp.poller.role.roleArn,
      erpPrincipals: company.erp.principals,
    });
    const fromSuites = suites === undefined ? [] : [suites.queue];
    const signIn =
      company.signIn === undefined
        ? undefined
        : new SignIn(this, 'SignIn', { setting, signIn: company.signIn, tables, pages, local: local?.signIn });
    const worklist =
      signIn === undefined
        ? undefined
        : new Worklist(this, 'Worklist', { setting, company: facts, tables, attachments, pages, signIn, mail });
    const administration =
      signIn === undefined
        ? undefined
        : new Administration(this, 'Administration', { setting, company: facts, tables, pages, signIn });
    const purchase = new Purchase(this, 'Purchase', { setting, company: facts, tables, erp, pages });
    const expenses = new Expenses(this, 'Expenses', {
      ...{ setting, company: facts, tables, erp, attachments, pages },
      bookedEntities: company.erp.legalEntities,
      taxIds: company.taxIds,
      verification: company.invoiceVerification,
      europeanInvoices: company.europeanInvoices,
      shared: purchase,
    });
    const leave = new Leave(this, 'Leave', { setting, company: facts, tables, erp, pages, shared: purchase });
    const office = new Office(this, 'Office', { setting, company: facts, tables, pages, shared: purchase });
    const engineering = new Engineering(this, 'Engineering', {
      ...{ setting, company: facts, tables, erp, pages },
      shared: purchase,
    });
    const routers = [purchase.router, expenses.router, leave.router, office.router, engineering.router];
    const { follower } = new PolicyFollower(this, 'Policies', { setting, tables, routers });
    const payroll = new Payroll(this, 'Payroll', {
      setting,
      company: facts,
      payroll: company.payroll,
      tables,
      erp,
      pages,
      shared: purchase,
      hasSignIn: signIn !== undefined,
    });
    const inventory =
      company.replenishment === undefined
        ? undefined
        : new Inventory(this, 'Inventory', {
            ...{ setting, company: facts, replenishment: company.replenishment, tables, bus: events, erp, purchase },
          });
    const orders =
      company.orders === undefined
        ? undefined
        : new Orders(this, 'Orders', {
            ...{ setting, company: facts, orders: company.orders, tables, bus: events, erp, pages },
            hasSignIn: signIn !== undefined,
          });
    const intake = new EventIntake(this, 'Intake', {
      setting,
      company: facts,
      tables,
      bus: events,
      erp,
      hasBillProposals: company.erp.billProposals,
      processes: {
        PROCURE_TO_PAY_ARN: purchase.process,
        EXPENSE_TO_POSTING_ARN: expenses.process,
        LEAVE_REQUEST_ARN: leave.process,
        OFFICE_REQUEST_ARN: office.process,
        ENGINEERING_CHANGE_ARN: engineering.process,
      },
    });
    const machines = [
      purchase.process,
      expenses.process,
      leave.process,
      office.process,
      engineering.process,
      payroll.process,
      payroll.payslips.process,
      purchase.approval,
    ];
    const warnings = new Warnings(this, 'Warnings', { setting, warnings: company.warnings, tables, pages });
    const effects = new Effects(this, 'Effects', {
      setting,
      company: facts,
      tables,
      alarms: purchase.alarms,
      machines,
      mail,
      oa,
      pages,
      warnings: warnings.queue,
    });
    const insight = new Insight(this, 'Insight', {
      ...{ setting, company: facts, tables, retention: company.retention, pages, isOnAws: local === undefined },
      hasSignIn: signIn !== undefined,
    });
    const compliance = new Compliance(this, 'Compliance', {
      ...{ setting, company: facts, tables, pages, approval: purchase.approval },
      hasSignIn: signIn !== undefined,
    });
    const dashboards = new Dashboards(this, 'Dashboards', {
      ...{ setting, company: facts, tables, pages, mail },
      hasReplenishment: inventory !== undefined,
      weeklyPosts: company.weeklyFigures,
    });
    const evidence = new Evidence(this, 'Evidence', {
      ...{ setting, company: facts, tables, retention: company.retention, pages },
      hasSignIn: signIn !== undefined,
    });
    const reconciliation =
      company.reconciliation === undefined
        ? undefined
        : new Reconciliation(this, 'Reconciliation', {
            ...{ setting, company: facts, reconciliation: company.reconciliation, tables, erp, payroll },
          });
    const subscribers = [compliance.queue, dashboards.queue, evidence.queue, insight.queue];
    const recordStream = new RecordStream(this, 'RecordStream', { setting, tables, subscribers });
    const pollers = erp.secret === undefined ? [] : [erp.poller];
    const queues = [
      ...intake.queues,
      ...fromSuites,
      ...effects.queues,
      warnings.queue,
      attachments.queue,
      payroll.queue,
      compliance.queue,
      dashboards.queue,
      evidence.queue,
      insight.queue,
      ...(inventory === undefined ? [] : [inventory.queue]),
      ...(orders === undefined ? [] : [orders.queue]),
      ...(reconciliation === undefined ? [] : [reconciliation.queue]),
    ];
    const waitingQueues = Object.fromEntries(queues.map((one) => [nameOf(one), one.queue]));
    const letters: Readonly<Record<string, Queue>> = {
      ...Object.fromEntries(queues.map((one) => [`${nameOf(one)}DeadLetters`, one.deadLetters])),
      UndeliveredEvents: events.undelivered,
      AlarmDeadLetters: purchase.alarms.deadLetters,
      StreamDeadLetters: effects.streamDeadLetters,
      RecordStreamDeadLetters: recordStream.deadLetters,
      MailNoticeDeadLetters: mail.noticeDeadLetters,
      ...(payroll.deadLetters === undefined ? {} : { PayrollScheduleDeadLetters: payroll.deadLetters }),
    };
    const operations =
      signIn === undefined
        ? undefined
        : new Operations(this, 'Operations', {
            ...{ setting, company: facts, tables, pages, letters, queues: waitingQueues, ring: purchase.ring },
            machines: [
              purchase.process,
              expenses.process,
              leave.process,
              office.process,
              engineering.process,
              payroll.process,
              ...(inventory === undefined ? [] : [inventory.process]),
            ],
          });
    new Observability(this, 'Observability', {
      setting,
      operators: operators.topic,
      queues,
      intake: [...intake.queues, ...fromSuites],
      deadLetters: [
        events.undelivered,
        purchase.alarms.deadLetters,
        effects.streamDeadLetters,
        recordStream.deadLetters,
        mail.noticeDeadLetters,
        ...(payroll.deadLetters === undefined ? [] : [payroll.deadLetters]),
      ],
      // It waits for its children alone: nothing resumes it.
      machines: [...machines, ...(inventory === undefined ? [] : [inventory.process])],
      ownErrors: [
        ...pollers,
        attachments.keeper,
        ...payroll.ownErrors,
        ...pages.functions,
        ...putters,
        ...(suites === undefined ? [] : [suites.receiver]),
        ...(signIn === undefined ? [] : [signIn.page]),
        ...(worklist?.functions ?? []),
        ...(administration === undefined ? [] : [administration.page]),
        ...(operations === undefined ? [] : [operations.page]),
        ...intake.functions,
        ...(inventory === undefined ? [] : [inventory.start]),
        ...(orders === undefined ? [] : [orders.follow, ...(orders.page === undefined ? [] : [orders.page])]),
        ...(reconciliation === undefined ? [] : [reconciliation.compare]),
        ...effects.functions,
        warnings.sender,
        ...dashboards.functions,
        evidence.noter,
        ...(evidence.page === undefined ? [] : [evidence.page]),
        recordStream.follower,
        insight.writer,
        ...(insight.page === undefined ? [] : [insight.page]),
        compliance.watcher,
        ...(compliance.page === undefined ? [] : [compliance.page]),
      ],
      seldomErrors: [
        follower,
        compliance.daily,
        purchase.intentSweep,
        dashboards.weekly,
        evidence.closer,
        evidence.eraser,
        ...(worklist === undefined ? [] : [worklist.digests]),
        ...(payroll.poller === undefined ? [] : [payroll.poller]),
        ...(inventory === undefined ? [] : [inventory.watch]),
        ...(orders === undefined ? [] : [orders.watch]),
        ...(reconciliation === undefined ? [] : [reconciliation.walk]),
      ],
      running: pollers,
      hasWebhook: webhook !== undefined || suites !== undefined,
      hasCalendar: company.calendarFile !== undefined,
      functions: this.#functions().filter((one) => erp.secret !== undefined || one !== erp.poller),
      api: pages.api,
    });

    this.#tell({
      EventBusName: events.bus.eventBusName,
      PagesUrl: pages.url,
      RecordTableName: tables.record.tableName,
      PersonalTableName: tables.personal.tableName,
      WorkTableName: tables.work.tableName,
      ProcureToPayArn: purchase.process.machine.stateMachineArn,
      ExpenseToPostingArn: expenses.process.machine.stateMachineArn,
      LeaveRequestArn: leave.process.machine.stateMachineArn,
      OfficeRequestArn: office.process.machine.stateMachineArn,
      EngineeringChangeArn: engineering.process.machine.stateMachineArn,
      PayrollRunArn: payroll.process.machine.stateMachineArn,
      ...(inventory === undefined ? {} : { ReplenishmentArn: inventory.process.machine.stateMachineArn }),
      EventLogBucketName: insight.bucket.bucketName,
      PayrollBucketName: payroll.bucket.bucketName,
      PayslipBucketName: payroll.payslipBucket.bucket.bucketName,
      PayslipArn: payroll.payslips.process.machine.stateMachineArn,
      ApprovalArn: purchase.approval.machine.stateMachineArn,
      BooksBucketName: evidence.books.bucketName,
      PersonalBooksBucketName: evidence.personalBooks.bucketName,
      BooksKeyArn: evidence.key.keyArn,
      OaSigningKeyArn: oa.secret.secretArn,
      WarningTopicArn: warnings.topic.topicArn,
      ...(warnings.signingKey === undefined ? {} : { WarningSigningKeyArn: warnings.signingKey.secretArn }),
      RecordKeyArn: pages.linkEnvironment.RECORD_KEY_ARN,
      ...(erp.secret === undefined ? {} : { ErpCredentialsArn: erp.secret.secretArn }),
      ...signIn?.outputs,
    });
    for (const [system, arn] of Object.entries(webhook?.keyArns ?? {})) {
      this.#tell({ [`${outputName(`webhook-key-${system}`)}Arn`]: arn });
    }
    this.#tell(urlsOf({ ...waitingQueues, ...letters }));
    // The local cloud has no DNS to speak of, and knows no such attributes.
    const dnsRecords = local === undefined ? mail.dnsRecords : [];
    for (const [index, { name, value }] of dnsRecords.entries()) {
      this.#tell({ [`DnsRecord${index + 1}`]: `${name} CNAME ${value}` });
    }
    for (const { bundle, lambda } of this.#functions()) {
      this.#tell({ [`${outputName(bundle)}FunctionName`]: lambda.functionName });
    }
  }

  #functions(): readonly TaskFunction<z.ZodType>[] {
    return this.node.findAll().filter((child) => child instanceof TaskFunction);
  }

  #tell(outputs: Readonly<Record<string, string>>): void {
    for (const [name, value] of Object.entries(outputs)) {
      new CfnOutput(this, name, { value });
    }
  }
}

/** As its outputs name it. */
function nameOf(queue: DeadLetteredQueue): string {
  return outputName(queue.node.id);
}

function urlsOf(queues: Readonly<Record<string, Queue>>): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(queues).map(([name, { queueUrl }]) => [`${name}Url`, queueUrl]));
}
