import { NestedStack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type * as z from 'zod';
import type { environment as awaitOfficeRequest } from '../../functions/office/await-office-request.env.ts';
import type { environment as checkOfficeRequest } from '../../functions/office/check-office-request.env.ts';
import type { environment as closeOfficeRequest } from '../../functions/office/close-office-request.env.ts';
import type { environment as numberDocument } from '../../functions/office/number-document.env.ts';
import type { environment as routeOfficeRequest } from '../../functions/office/route-office-request.env.ts';
import type { companyEnvironment } from '../../functions/runtime/environment.ts';
import { functionsOfMachine } from './functions-of-machine.ts';
import type { Pages } from './pages.ts';
import { Process } from './process.ts';
import type { ProcessTables } from './process-tables.ts';
import type { Purchase } from './purchase.ts';
import type { Setting } from './setting.ts';
import { TaskFunction } from './task-function.ts';

interface OfficeProps {
  readonly setting: Setting;
  readonly company: z.input<typeof companyEnvironment>;
  readonly tables: ProcessTables;
  readonly pages: Pages;
  /** What all processes share: the registration, the approvals, and the clock of deadlines. */
  readonly shared: Pick<Purchase, 'register' | 'approval' | 'alarms'>;
}

/**
 * From a form of the company to the number of its document: one machine and its functions for all forms.
 *
 * A stack of its own within the one that is deployed: it keeps nothing but logs, and a template may have 500 resources at most.
 */
export class Office extends NestedStack {
  readonly process: Process;
  readonly router: TaskFunction<typeof routeOfficeRequest>;

  constructor(scope: Construct, id: string, { setting, company, tables, pages, shared }: OfficeProps) {
    super(scope, id, { description: `Office approvals of ${setting.stackName}` });
    const withCompany = { ...tables.environment, ...company };
    const make = <Schema extends z.ZodType>(
      bundle: string,
      environment: z.input<Schema> & Readonly<Record<string, string>>,
    ) => new TaskFunction<Schema>(this, bundle, { setting, environment });

    const check = make<typeof checkOfficeRequest>('check-office-request', withCompany);
    this.router = make<typeof routeOfficeRequest>('route-office-request', withCompany);
    const number = make<typeof numberDocument>('number-document', withCompany);
    const wait = make<typeof awaitOfficeRequest>('await-office-request', {
      ...withCompany,
      ...shared.alarms.environment,
    });
    const close = make<typeof closeOfficeRequest>('close-office-request', {
      ...tables.environment,
      ...pages.linkEnvironment,
    });

    tables.allowChanges(check, this.router, number, wait, close);
    // Versions of the form, and approvals that are superseded.
    tables.allowLists(check, this.router);
    tables.allowRemoving(this.router);
    tables.allowReadingRecords(wait);
    tables.allowReadingRecords(close);
    shared.alarms.allowSetting(wait);
    pages.allowLinks(close);

    this.process = new Process(this, 'office-request', {
      setting,
      functionArn: functionsOfMachine([shared.register, check, this.router, number, wait, close]),
      children: { ApprovalArn: shared.approval },
    });
  }
}
