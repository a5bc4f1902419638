import { Construct } from 'constructs';
import type * as z from 'zod';
import type { environment as administrationPages } from '../../functions/administration/administration-pages.env.ts';
import type { companyEnvironment } from '../../functions/runtime/environment.ts';
import type { Pages } from './pages.ts';
import type { ProcessTables } from './process-tables.ts';
import type { Setting } from './setting.ts';
import type { SignIn } from './sign-in.ts';
import { TaskFunction } from './task-function.ts';

/** A preview looks through all processes that run; API Gateway waits for 30 seconds at most. */
const ADMINISTRATION_SECONDS = 28;

interface AdministrationProps {
  readonly setting: Setting;
  readonly company: z.input<typeof companyEnvironment>;
  readonly tables: ProcessTables;
  readonly pages: Pages;
  readonly signIn: SignIn;
}

/** The pages of administrators, and what they do by the API, wherever there is sign-in. */
export class Administration extends Construct {
  readonly page: TaskFunction<typeof administrationPages>;

  constructor(scope: Construct, id: string, { setting, company, tables, pages, signIn }: AdministrationProps) {
    super(scope, id);
    this.page = new TaskFunction<typeof administrationPages>(this, 'administration-pages', {
      setting,
      environment: { ...tables.environment, ...company, ...signIn.tokens },
      timeoutSeconds: ADMINISTRATION_SECONDS,
    });
    tables.allowChanges(this.page);
    tables.allowRemoving(this.page);
    tables.allowLists(this.page);
    tables.allowTimeLists(this.page);
    tables.allowAddingPersonal(this.page);
    this.page.allow(['dynamodb:Query'], tables.record.tableArn);
    const { api } = pages;
    api.route('/admin', ['GET'], this.page);
    api.route('/admin/people', ['GET'], this.page);
    api.route('/admin/people/{employeeId}', ['GET'], this.page);
    api.route('/admin/people/{employeeId}/hand-over', ['GET', 'POST'], this.page);
    api.route('/admin/people/{employeeId}/tasks/{processId}/{approvalId}', ['GET', 'POST'], this.page);
    api.route('/admin/policies', ['GET'], this.page);
    api.route('/admin/forms', ['GET', 'POST'], this.page);
    api.operation('/api/v1/people/{employeeId}/hand-over', 'GET', this.page, signIn.authorizer);
    api.operation('/api/v1/people/{employeeId}/hand-over', 'POST', this.page, signIn.authorizer);
  }
}
