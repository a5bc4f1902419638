import { Duration } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import type * as z from 'zod';
import type { companyEnvironment } from '../../functions/runtime/environment.ts';
import type { environment as myPages } from '../../functions/worklist/my-pages.env.ts';
import type { environment as sendDigests } from '../../functions/worklist/send-digests.env.ts';
import type { environment as worklistApi } from '../../functions/worklist/worklist-api.env.ts';
import type { Attachments } from './attachments.ts';
import type { Mail } from './mail.ts';
import { PAGE_SECONDS, type Pages } from './pages.ts';
import type { ProcessTables } from './process-tables.ts';
import type { Setting } from './setting.ts';
import type { SignIn } from './sign-in.ts';
import { TaskFunction } from './task-function.ts';
import { every } from './ticks.ts';

const API = '/api/v1';
/** One mail after the other, at the pace that SES allows; who is left gets theirs an hour later. */
const DIGEST_MINUTES = 10;

interface WorklistProps {
  readonly setting: Setting;
  readonly company: z.input<typeof companyEnvironment>;
  readonly tables: ProcessTables;
  readonly attachments: Attachments;
  readonly pages: Pages;
  readonly signIn: SignIn;
  readonly mail: Mail;
}

/** Where people find their work, wherever there is sign-in: the pages of their tasks and requests, the API for an OA's
 * own, and the morning digest, which leads to the pages. */
export class Worklist extends Construct {
  readonly functions: readonly TaskFunction<z.ZodType>[];
  /** Runs once an hour: it is morning somewhere. */
  readonly digests: TaskFunction<typeof sendDigests>;

  constructor(scope: Construct, id: string, props: WorklistProps) {
    super(scope, id);
    const { setting, company, tables, attachments, pages, signIn } = props;
    const own = new TaskFunction<typeof myPages>(this, 'my-pages', {
      setting,
      environment: { ...tables.environment, ...company },
      timeoutSeconds: PAGE_SECONDS,
    });
    const api = new TaskFunction<typeof worklistApi>(this, 'worklist-api', {
      setting,
      environment: { ...tables.environment, ...company, ...attachments.environment, ...signIn.tokens },
      timeoutSeconds: PAGE_SECONDS,
    });
    for (const deciding of [own, api]) {
      tables.allowChanges(deciding);
      tables.allowRemoving(deciding);
      tables.allowLists(deciding);
      tables.allowAddingPersonal(deciding);
      tables.allowReadingRecords(deciding);
    }
    attachments.allowForms(api);
    const { api: http } = pages;
    http.route('/me/tasks', ['GET'], own);
    http.route('/me/tasks/{processId}/{approvalId}', ['GET', 'POST'], own);
    http.route('/me/tasks/{processId}/{approvalId}/attach', ['GET'], pages.files);
    http.route('/me/tasks/{processId}/{approvalId}/files/{fileId}', ['GET'], pages.files);
    http.route('/me/decided', ['GET'], own);
    http.route('/me/copies', ['GET'], own);
    http.route('/me/absence', ['GET', 'POST'], own);
    http.route('/me/requests', ['GET', 'POST'], own);
    http.route('/me/requests/{processId}', ['GET'], own);
    http.route('/me/requests/{processId}/files/{fileId}', ['GET'], pages.files);
    const operation = (path: string, method: 'GET' | 'POST') =>
      http.operation(`${API}${path}`, method, api, signIn.authorizer);
    operation('/tasks', 'GET');
    operation('/tasks/{processId}/{approvalId}', 'GET');
    operation('/tasks/{processId}/{approvalId}/actions', 'POST');
    operation('/tasks/{processId}/{approvalId}/files', 'GET');
    operation('/tasks/{processId}/{approvalId}/files', 'POST');
    operation('/tasks/{processId}/{approvalId}/files/{fileId}', 'GET');
    operation('/receipt-files', 'POST');
    operation('/decided', 'GET');
    operation('/copies', 'GET');
    operation('/requests', 'GET');
    operation('/requests/{processId}/timeline', 'GET');
    operation('/requests/{processId}/urge', 'POST');
    operation('/requests/{processId}/withdrawal', 'POST');
    operation('/requests/{processId}/resubmission', 'POST');
    operation('/requests/{processId}/early-return', 'POST');
    operation('/absences', 'GET');
    operation('/absences', 'POST');
    operation('/absences/{absenceId}/end', 'POST');
    this.functions = [own, api];
    this.digests = this.#digests(props);
  }

  #digests({ setting, company, tables, pages, mail }: WorklistProps): TaskFunction<typeof sendDigests> {
    const digests = new TaskFunction<typeof sendDigests>(this, 'send-digests', {
      setting,
      environment: { ...tables.environment, ...company, ...mail.environment, PAGES_URL: pages.url },
      timeoutSeconds: DIGEST_MINUTES * 60,
    });
    tables.allowTimeLists(digests);
    tables.allowLists(digests);
    digests.allow(['dynamodb:PutItem', 'dynamodb:DeleteItem'], tables.work.tableArn);
    mail.allowSending(digests);
    every(Duration.hours(1), digests);
    return digests;
  }
}
