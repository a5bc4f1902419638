import { NestedStack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type * as z from 'zod';
import type { environment as awaitExpense } from '../../functions/expenses/await-expense.env.ts';
import type { environment as checkClaim } from '../../functions/expenses/check-claim.env.ts';
import type { environment as closeExpense } from '../../functions/expenses/close-expense.env.ts';
import type { environment as payEmployee } from '../../functions/expenses/pay-employee.env.ts';
import type { environment as postEntry } from '../../functions/expenses/post-entry.env.ts';
import type { environment as routeExpense } from '../../functions/expenses/route-expense.env.ts';
import type { environment as undoExpense } from '../../functions/expenses/undo-expense.env.ts';
import type { companyEnvironment } from '../../functions/runtime/environment.ts';
import type { Company } from '../config.ts';
import type { Attachments } from './attachments.ts';
import type { ErpConnector } from './erp-connector.ts';
import { functionsOfMachine } from './functions-of-machine.ts';
import type { Pages } from './pages.ts';
import { Process } from './process.ts';
import type { ProcessTables } from './process-tables.ts';
import type { Purchase } from './purchase.ts';
import type { Setting } from './setting.ts';
import { TaskFunction } from './task-function.ts';

interface ExpensesProps {
  readonly setting: Setting;
  readonly company: z.input<typeof companyEnvironment>;
  readonly tables: ProcessTables;
  readonly erp: ErpConnector;
  readonly attachments: Attachments;
  /** Codes of those whose claims are posted in the ERP. */
  readonly bookedEntities: readonly string[];
  /** Of each legal entity, by its code. */
  readonly taxIds: Readonly<Record<string, string>>;
  /** Undefined: invoices are not verified. */
  readonly verification: Company['invoiceVerification'];
  /** Undefined: none are taken. */
  readonly europeanInvoices: Company['europeanInvoices'];
  readonly pages: Pages;
  /** What all processes share: the registration, the approvals, and the clock of deadlines. */
  readonly shared: Pick<Purchase, 'register' | 'approval' | 'alarms'>;
}

/** Expense claim to posting: its machine and its functions. A stack of its own within the one that is deployed: it keeps nothing. */
export class Expenses extends NestedStack {
  readonly process: Process;
  readonly router: TaskFunction<typeof routeExpense>;

  constructor(scope: Construct, id: string, props: ExpensesProps) {
    const { setting, company, tables, erp, attachments, pages, shared } = props;
    super(scope, id, { description: `Expense claims of ${setting.stackName}` });
    const withCompany = { ...tables.environment, ...company };
    const withErp = { ...withCompany, ...erp.environment };
    const make = <Schema extends z.ZodType>(
      bundle: string,
      environment: z.input<Schema> & Readonly<Record<string, string>>,
    ) => new TaskFunction<Schema>(this, bundle, { setting, environment });

    const check = make<typeof checkClaim>('check-claim', {
      ...{ ...withErp, ...attachments.environment },
      BOOKED_LEGAL_ENTITIES: JSON.stringify(props.bookedEntities),
      LEGAL_ENTITY_TAX_IDS: JSON.stringify(props.taxIds),
      VERIFICATION_POLICY: policyOf(props.verification),
      RULE_POLICY: JSON.stringify(rulePolicyOf(props.europeanInvoices)),
    });
    this.router = make<typeof routeExpense>('route-expense', withCompany);
    const post = make<typeof postEntry>('post-entry', withErp);
    const pay = make<typeof payEmployee>('pay-employee', withErp);
    const wait = make<typeof awaitExpense>('await-expense', { ...withErp, ...shared.alarms.environment });
    const undo = make<typeof undoExpense>('undo-expense', withErp);
    const close = make<typeof closeExpense>('close-expense', { ...withCompany, ...pages.linkEnvironment });
    const askingErp = [check, post, pay, wait, undo];

    tables.allowChanges(this.router, close, ...askingErp);
    tables.allowLists(this.router, post);
    // Papers that a claim no longer shows, tasks of questions that are superseded, claims on commands that the ERP refused.
    tables.allowRemoving(check, this.router, post, pay, undo);
    tables.allowReadingRecords(wait);
    tables.allowReadingRecords(close);
    erp.allowUse(...askingErp);
    attachments.allowReceipts(check);
    shared.alarms.allowSetting(wait);
    pages.allowLinks(close);

    this.process = new Process(this, 'expense-to-posting', {
      setting,
      functionArn: functionsOfMachine([shared.register, this.router, close, ...askingErp]),
      children: { ApprovalArn: shared.approval },
    });
  }
}

/** What becomes of invoices that are not confirmed; empty: none is verified. */
function policyOf(verification: Company['invoiceVerification']): string {
  return verification === undefined
    ? ''
    : JSON.stringify({ notGenuine: verification.notGenuine, unavailable: verification.unavailable });
}

/** What becomes of invoices that break rules; those that were taken while the company took them are judged by people. */
function rulePolicyOf({ fatal, warning }: NonNullable<Company['europeanInvoices']> | typeof NONE_TAKEN = NONE_TAKEN) {
  return { fatal, warning };
}

const NONE_TAKEN = { fatal: 'review', warning: 'accept' } as const;
