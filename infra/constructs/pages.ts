import type { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import type * as z from 'zod';
import type { environment as attachmentPage } from '../../functions/approvals/attachment-page.env.ts';
import type { environment as decisionPage } from '../../functions/approvals/decision-page.env.ts';
import type { environment as timelinePage } from '../../functions/audit/timeline-page.env.ts';
import type {
  companyEnvironment,
  pagesEnvironment,
  recordLinkEnvironment,
  signInEnvironment,
} from '../../functions/runtime/environment.ts';
import { ApprovalsHttpApi, LINK_THROTTLE } from './approvals-http-api.ts';
import type { Attachments } from './attachments.ts';
import type { ProcessTables } from './process-tables.ts';
import { jsonSecret } from './secrets.ts';
import type { Setting } from './setting.ts';
import { TaskFunction } from './task-function.ts';

/** A page ends before API Gateway stops waiting for it. */
export const PAGE_SECONDS = 10;

interface PagesProps {
  readonly setting: Setting;
  readonly company: z.input<typeof companyEnvironment>;
  readonly tables: ProcessTables;
  readonly attachments: Attachments;
  /** Where readers reach the API, if not at its own address. */
  readonly url: string | undefined;
  /** Whether people can sign in (`SignIn`). */
  readonly hasSignIn: boolean;
}

/** What approvers and auditors open: the decision page and the timeline of a record. */
export class Pages extends Construct {
  readonly url: string;
  /** For functions that ask people to sign in, or lead them to pages of their own. */
  readonly signInEnvironment: z.input<typeof signInEnvironment>;
  /** For functions that make links to records. */
  readonly linkEnvironment: z.input<typeof pagesEnvironment> & z.input<typeof recordLinkEnvironment>;
  readonly functions: readonly TaskFunction<z.ZodType>[];
  readonly api: ApprovalsHttpApi;
  /** Takes and gives files, by links; in sessions as well, where there is sign-in. */
  readonly files: TaskFunction<typeof attachmentPage>;
  readonly #key: Secret;

  constructor(scope: Construct, id: string, { setting, company, tables, attachments, url, hasSignIn }: PagesProps) {
    super(scope, id);
    this.#key = jsonSecret(this, 'RecordKey', {
      setting,
      description: 'Key behind the read links of records: with a new one all earlier links stop working',
      generated: 'recordKey',
      toFill: [],
    });
    this.api = new ApprovalsHttpApi(this, 'Http', setting);
    this.url = url ?? this.api.url;
    this.signInEnvironment = { SIGN_IN: hasSignIn ? 'openid' : 'none' };
    this.linkEnvironment = { PAGES_URL: this.url, RECORD_KEY_ARN: this.#key.secretArn };
    const decision = new TaskFunction<typeof decisionPage>(this, 'decision-page', {
      setting,
      environment: { ...tables.environment, ...company, ...this.signInEnvironment },
      timeoutSeconds: PAGE_SECONDS,
    });
    const timeline = new TaskFunction<typeof timelinePage>(this, 'timeline-page', {
      setting,
      environment: { ...tables.environment, ...company, RECORD_KEY_ARN: this.#key.secretArn },
      timeoutSeconds: PAGE_SECONDS,
    });
    this.files = new TaskFunction<typeof attachmentPage>(this, 'attachment-page', {
      setting,
      environment: { ...tables.environment, ...company, ...attachments.environment, PAGES_URL: this.url },
      timeoutSeconds: PAGE_SECONDS,
    });
    const { files } = this;
    this.functions = [decision, files, timeline];
    // An unknown link is counted among those of its address and minute.
    tables.allowLists(decision, files);
    tables.allowReadingPersonal(files);
    attachments.allowForms(files);
    tables.allowChanges(decision);
    tables.allowRemoving(decision);
    tables.allowAddingPersonal(decision);
    tables.allowReadingPersonal(decision);
    tables.allowReadingRecords(timeline);
    // That a record or a file was read is recorded.
    tables.allowChanges(timeline, files);
    this.allowLinks(timeline);
    this.api.route('/d/{secret}', ['GET', 'HEAD', 'POST'], decision, LINK_THROTTLE);
    this.api.route('/d/{secret}/attach', ['GET', 'HEAD'], files, LINK_THROTTLE);
    this.api.route('/d/{secret}/files/{fileId}', ['GET', 'HEAD'], files, LINK_THROTTLE);
    this.api.route('/record/{processId}', ['GET', 'HEAD'], timeline, LINK_THROTTLE);
  }

  /** Makes or checks the read links of records. */
  allowLinks(target: TaskFunction<z.ZodType>): void {
    target.allow(['secretsmanager:GetSecretValue'], this.#key.secretArn);
  }
}
