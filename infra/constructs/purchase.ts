import { Duration } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import type * as z from 'zod';
import type { environment as openLevel } from '../../functions/approvals/open-level.env.ts';
import type { environment as ringAlarm } from '../../functions/process/ring-alarm.env.ts';
import type { environment as awaitFacts } from '../../functions/procurement/await-facts.env.ts';
import type { environment as closePurchase } from '../../functions/procurement/close-purchase.env.ts';
import type { environment as createOrder } from '../../functions/procurement/create-order.env.ts';
import type { environment as enrichRequisition } from '../../functions/procurement/enrich-requisition.env.ts';
import type { environment as matchInvoices } from '../../functions/procurement/match-invoices.env.ts';
import type { environment as requestPayment } from '../../functions/procurement/request-payment.env.ts';
import type { environment as routeApproval } from '../../functions/procurement/route-approval.env.ts';
import type { environment as sweepIntents } from '../../functions/procurement/sweep-intents.env.ts';
import type { environment as undoPurchase } from '../../functions/procurement/undo-purchase.env.ts';
import type { environment as validateRequisition } from '../../functions/procurement/validate-requisition.env.ts';
import type { environment as registerRequest } from '../../functions/requests/register-request.env.ts';
import type { companyEnvironment } from '../../functions/runtime/environment.ts';
import { AlarmClock } from './alarm-clock.ts';
import type { ErpConnector } from './erp-connector.ts';
import { functionsOfMachine } from './functions-of-machine.ts';
import type { Pages } from './pages.ts';
import { Process } from './process.ts';
import type { ProcessTables } from './process-tables.ts';
import type { Setting } from './setting.ts';
import { TaskFunction } from './task-function.ts';
import { every } from './ticks.ts';

interface PurchaseProps {
  readonly setting: Setting;
  readonly company: z.input<typeof companyEnvironment>;
  readonly tables: ProcessTables;
  readonly erp: ErpConnector;
  readonly pages: Pages;
}

/** Procure-to-pay: its machine, the machine of its approvals, the functions of both, and the clock of their deadlines. */
export class Purchase extends Construct {
  readonly process: Process;
  readonly approval: Process;
  readonly alarms: AlarmClock;
  /** Hears alarms. */
  readonly ring: TaskFunction<typeof ringAlarm>;
  /** The first step of every process that begins with a request. */
  readonly register: TaskFunction<typeof registerRequest>;
  readonly router: TaskFunction<typeof routeApproval>;
  /** Looks for what the ERP did after a purchase had ended. */
  readonly intentSweep: TaskFunction<typeof sweepIntents>;

  constructor(scope: Construct, id: string, { setting, company, tables, erp, pages }: PurchaseProps) {
    super(scope, id);
    const store = tables.environment;
    const withCompany = { ...store, ...company };
    const withErp = { ...store, ...erp.environment };
    const withBoth = { ...withErp, ...company };
    const make = <Schema extends z.ZodType>(
      bundle: string,
      environment: z.input<Schema> & Readonly<Record<string, string>>,
    ) => new TaskFunction<Schema>(this, bundle, { setting, environment });

    this.ring = make<typeof ringAlarm>('ring-alarm', withCompany);
    const { ring } = this;
    this.alarms = new AlarmClock(this, 'Alarms', setting, ring);

    const open = make<typeof openLevel>('open-level', { ...withCompany, ...this.alarms.environment });
    const wait = make<typeof awaitFacts>('await-facts', { ...withBoth, ...this.alarms.environment });
    const close = make<typeof closePurchase>('close-purchase', { ...withBoth, ...pages.linkEnvironment });
    this.register = make<typeof registerRequest>('register-request', withCompany);
    this.router = make<typeof routeApproval>('route-approval', withCompany);
    const withoutErp = [
      this.register,
      make<typeof validateRequisition>('validate-requisition', withCompany),
      this.router,
      make<typeof matchInvoices>('match-invoices', withCompany),
    ];
    // They make documents in the ERP, and give their claim up when the ERP refuses one.
    const pay = make<typeof requestPayment>('request-payment', withBoth);
    const making = [make<typeof createOrder>('create-order', withBoth), pay];
    const askingErp = [
      make<typeof enrichRequisition>('enrich-requisition', withBoth),
      ...making,
      make<typeof undoPurchase>('undo-purchase', withErp),
      wait,
      close,
    ];
    this.intentSweep = make<typeof sweepIntents>('sweep-intents', withBoth);
    tables.allowTimeLists(this.intentSweep);
    every(Duration.hours(1), this.intentSweep);
    tables.allowChanges(ring, open, this.intentSweep, ...withoutErp, ...askingErp);
    // A payment is held, and a case opened, where the supplier's bank account was changed.
    tables.allowReadingRecord(pay);
    tables.allowAddingPersonal(this.register, pay);
    tables.allowLists(this.router, wait, pay);
    tables.allowRemoving(wait, this.intentSweep, ...making, ring, open, this.router);
    tables.allowReadingRecords(close);
    tables.allowReadingRecords(wait);
    erp.allowUse(this.intentSweep, ...askingErp);
    this.alarms.allowSetting(open);
    this.alarms.allowSetting(wait);
    pages.allowLinks(close);

    const functionArn = functionsOfMachine([ring, open, ...withoutErp, ...askingErp]);
    this.approval = new Process(this, 'approval', { setting, functionArn, children: {} });
    this.process = new Process(this, 'procure-to-pay', {
      setting,
      functionArn,
      children: { ApprovalArn: this.approval },
    });
  }
}
