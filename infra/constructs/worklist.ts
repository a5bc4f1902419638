import { Construct } from 'constructs';
import type * as z from 'zod';
import type { companyEnvironment } from '../../functions/runtime/environment.ts';
import type { environment as myPages } from '../../functions/worklist/my-pages.env.ts';
import type { environment as worklistApi } from '../../functions/worklist/worklist-api.env.ts';
import { PAGE_SECONDS, type Pages } from './pages.ts';
import type { ProcessTables } from './process-tables.ts';
import type { Setting } from './setting.ts';
import type { SignIn } from './sign-in.ts';
import { TaskFunction } from './task-function.ts';

const API = '/api/v1';

interface WorklistProps {
  readonly setting: Setting;
  readonly company: z.input<typeof companyEnvironment>;
  readonly tables: ProcessTables;
  readonly pages: Pages;
  readonly signIn: SignIn;
}

/** Where people find their work, wherever there is sign-in: the pages of their tasks and requests, and the API for an OA's own. */
export class Worklist extends Construct {
  readonly functions: readonly TaskFunction<z.ZodType>[];

  constructor(scope: Construct, id: string, { setting, company, tables, pages, signIn }: WorklistProps) {
    super(scope, id);
    const own = new TaskFunction<typeof myPages>(this, 'my-pages', {
      setting,
      environment: { ...tables.environment, ...company },
      timeoutSeconds: PAGE_SECONDS,
    });
    const api = new TaskFunction<typeof worklistApi>(this, 'worklist-api', {
      setting,
      environment: { ...tables.environment },
      timeoutSeconds: PAGE_SECONDS,
    });
    for (const deciding of [own, api]) {
      tables.allowChanges(deciding);
      tables.allowRemoving(deciding);
      tables.allowLists(deciding);
      tables.allowAddingPersonal(deciding);
    }
    tables.allowReadingRecords(own);
    tables.allowReadingPersonal(api);
    const { api: http } = pages;
    http.route('/me/tasks', ['GET', 'HEAD'], own);
    http.route('/me/tasks/{processId}/{approvalId}', ['GET', 'HEAD', 'POST'], own);
    http.route('/me/requests', ['GET', 'HEAD'], own);
    http.route('/me/requests/{processId}', ['GET', 'HEAD'], own);
    http.operation(`${API}/tasks`, 'GET', api, signIn.authorizer);
    http.operation(`${API}/tasks/{processId}/{approvalId}`, 'GET', api, signIn.authorizer);
    http.operation(`${API}/tasks/{processId}/{approvalId}/actions`, 'POST', api, signIn.authorizer);
    http.operation(`${API}/requests`, 'GET', api, signIn.authorizer);
    this.functions = [own, api];
  }
}
