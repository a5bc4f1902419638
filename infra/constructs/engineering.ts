import { NestedStack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type * as z from 'zod';
import type { environment as awaitChange } from '../../functions/engineering/await-change.env.ts';
import type { environment as checkEngineeringChange } from '../../functions/engineering/check-engineering-change.env.ts';
import type { environment as closeChange } from '../../functions/engineering/close-change.env.ts';
import type { environment as routeChange } from '../../functions/engineering/route-change.env.ts';
import type { environment as writeBom } from '../../functions/engineering/write-bom.env.ts';
import type { companyEnvironment } from '../../functions/runtime/environment.ts';
import type { ErpConnector } from './erp-connector.ts';
import { functionsOfMachine } from './functions-of-machine.ts';
import type { Pages } from './pages.ts';
import { Process } from './process.ts';
import type { ProcessTables } from './process-tables.ts';
import type { Purchase } from './purchase.ts';
import type { Setting } from './setting.ts';
import { TaskFunction } from './task-function.ts';

interface EngineeringProps {
  readonly setting: Setting;
  readonly company: z.input<typeof companyEnvironment>;
  readonly tables: ProcessTables;
  readonly erp: ErpConnector;
  readonly pages: Pages;
  /** What all processes share: the registration, the approvals, and the clock of deadlines. */
  readonly shared: Pick<Purchase, 'register' | 'approval' | 'alarms'>;
}

/**
 * Engineering change to the bill of materials in force: its machine and its functions. A stack of its own within the one
 * that is deployed: a template may have 500 resources at most (docs/adr/0015).
 */
export class Engineering extends NestedStack {
  readonly process: Process;
  readonly router: TaskFunction<typeof routeChange>;

  constructor(scope: Construct, id: string, { setting, company, tables, erp, pages, shared }: EngineeringProps) {
    super(scope, id, { description: `Engineering changes of ${setting.stackName}` });
    const withCompany = { ...tables.environment, ...company };
    const make = <Schema extends z.ZodType>(
      bundle: string,
      environment: z.input<Schema> & Readonly<Record<string, string>>,
    ) => new TaskFunction<Schema>(this, bundle, { setting, environment });

    const check = make<typeof checkEngineeringChange>('check-engineering-change', {
      ...withCompany,
      ...erp.environment,
    });
    this.router = make<typeof routeChange>('route-change', withCompany);
    const write = make<typeof writeBom>('write-bom', { ...tables.environment, ...erp.environment });
    const wait = make<typeof awaitChange>('await-change', { ...withCompany, ...shared.alarms.environment });
    const close = make<typeof closeChange>('close-change', { ...tables.environment, ...pages.linkEnvironment });

    tables.allowChanges(check, this.router, write, wait, close);
    tables.allowLists(this.router, write);
    // Tasks of questions that are superseded, and claims on commands that the ERP refused.
    tables.allowRemoving(this.router, write);
    tables.allowReadingRecords(wait);
    tables.allowReadingRecords(close);
    erp.allowUse(check, write);
    shared.alarms.allowSetting(wait);
    pages.allowLinks(close);

    this.process = new Process(this, 'engineering-change', {
      setting,
      functionArn: functionsOfMachine([shared.register, check, this.router, write, wait, close]),
      children: { ApprovalArn: shared.approval },
    });
  }
}
