import { NestedStack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type * as z from 'zod';
import type { environment as awaitLeave } from '../../functions/people/await-leave.env.ts';
import type { environment as bookAbsence } from '../../functions/people/book-absence.env.ts';
import type { environment as checkLeaveRequest } from '../../functions/people/check-leave-request.env.ts';
import type { environment as closeLeave } from '../../functions/people/close-leave.env.ts';
import type { environment as routeLeave } from '../../functions/people/route-leave.env.ts';
import type { companyEnvironment } from '../../functions/runtime/environment.ts';
import type { ErpConnector } from './erp-connector.ts';
import { functionsOfMachine } from './functions-of-machine.ts';
import type { Pages } from './pages.ts';
import { Process } from './process.ts';
import type { ProcessTables } from './process-tables.ts';
import type { Purchase } from './purchase.ts';
import type { Setting } from './setting.ts';
import { TaskFunction } from './task-function.ts';

interface LeaveProps {
  readonly setting: Setting;
  readonly company: z.input<typeof companyEnvironment>;
  readonly tables: ProcessTables;
  readonly erp: ErpConnector;
  readonly pages: Pages;
  /** What all processes share: the registration, the approvals, and the clock of deadlines. */
  readonly shared: Pick<Purchase, 'register' | 'approval' | 'alarms'>;
}

/** Leave request to absence: its machine and its functions. A stack of its own within the one that is deployed: it keeps nothing. */
export class Leave extends NestedStack {
  readonly process: Process;
  readonly router: TaskFunction<typeof routeLeave>;

  constructor(scope: Construct, id: string, { setting, company, tables, erp, pages, shared }: LeaveProps) {
    super(scope, id, { description: `Leave and travel of ${setting.stackName}` });
    const withCompany = { ...tables.environment, ...company };
    const make = <Schema extends z.ZodType>(
      bundle: string,
      environment: z.input<Schema> & Readonly<Record<string, string>>,
    ) => new TaskFunction<Schema>(this, bundle, { setting, environment });

    const check = make<typeof checkLeaveRequest>('check-leave-request', { ...withCompany, ...erp.environment });
    this.router = make<typeof routeLeave>('route-leave', withCompany);
    const book = make<typeof bookAbsence>('book-absence', { ...tables.environment, ...erp.environment });
    const wait = make<typeof awaitLeave>('await-leave', { ...withCompany, ...shared.alarms.environment });
    const close = make<typeof closeLeave>('close-leave', { ...tables.environment, ...pages.linkEnvironment });

    tables.allowChanges(check, this.router, book, wait, close);
    tables.allowLists(this.router);
    // Tasks of questions that are superseded, claims on commands that the ERP refused, and who stands in no more.
    tables.allowRemoving(this.router, book);
    tables.allowReadingRecords(wait);
    tables.allowReadingRecords(close);
    erp.allowUse(check, book);
    shared.alarms.allowSetting(wait);
    pages.allowLinks(close);

    this.process = new Process(this, 'leave-request', {
      setting,
      functionArn: functionsOfMachine([shared.register, check, this.router, book, wait, close]),
      children: { ApprovalArn: shared.approval },
    });
  }
}
