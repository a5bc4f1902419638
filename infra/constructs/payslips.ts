import { Duration } from 'aws-cdk-lib';
import { AccountRootPrincipal, ArnPrincipal, PolicyDocument, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import type { Bucket } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import type * as z from 'zod';
import type { environment as awaitPayslip } from '../../functions/payslips/await-payslip.env.ts';
import type { environment as closePayslip } from '../../functions/payslips/close-payslip.env.ts';
import type { environment as openPayslip } from '../../functions/payslips/open-payslip.env.ts';
import type { environment as payslipPage } from '../../functions/payslips/payslip-page.env.ts';
import type { environment as publishPayslip } from '../../functions/payslips/publish-payslip.env.ts';
import type { environment as routePayslip } from '../../functions/payslips/route-payslip.env.ts';
import type { companyEnvironment, payrollSystemEnvironment } from '../../functions/runtime/environment.ts';
import { acknowledgePattern } from '../nag-reasons.ts';
import { functionsOfMachine } from './functions-of-machine.ts';
import { KEY_MANAGEMENT } from './key-management.ts';
import { PAGE_SECONDS, type Pages } from './pages.ts';
import { privateBucket } from './private-bucket.ts';
import { Process } from './process.ts';
import type { ProcessTables } from './process-tables.ts';
import type { Purchase } from './purchase.ts';
import type { Setting } from './setting.ts';
import { TaskFunction } from './task-function.ts';

/** What payroll writes, and what an employee reads. */
export const ANSWERS = 'answers/';
const PAYSLIPS = 'payslips/';
/** Days until payroll's own files are gone: every payslip in them is kept for its employee by then. */
const ANSWER_DAYS = 90;
interface PayslipBucketProps {
  readonly setting: Setting;
  /** ARNs of the roles that payroll writes with; none: whoever runs payroll is still to be named. */
  readonly payrollRoles: readonly string[];
}

/**
 * Payslips of everybody, so encrypted with a key that only named roles can use: permissions of IAM alone open nothing here,
 * not even an administrator's.
 */
export class PayslipBucket extends Construct {
  readonly bucket: Bucket;
  readonly #key: Key;

  constructor(scope: Construct, id: string, { setting, payrollRoles }: PayslipBucketProps) {
    super(scope, id);
    this.#key = new Key(this, 'Key', {
      description: 'Payslips: readable by the functions that bring them to their employees, and by nobody else',
      enableKeyRotation: true,
      removalPolicy: setting.removalPolicy,
      policy: new PolicyDocument({
        statements: [
          new PolicyStatement({ principals: [new AccountRootPrincipal()], actions: KEY_MANAGEMENT, resources: ['*'] }),
        ],
      }),
    });
    this.bucket = privateBucket(
      this,
      setting,
      [
        {
          prefix: ANSWERS,
          expiration: Duration.days(ANSWER_DAYS),
          noncurrentVersionExpiration: Duration.days(1),
          abortIncompleteMultipartUploadAfter: Duration.days(1),
        },
      ],
      { encryptionKey: this.#key },
    );
    for (const role of payrollRoles) {
      const principals = [new ArnPrincipal(role)];
      this.#key.addToResourcePolicy(
        new PolicyStatement({ principals, actions: ['kms:GenerateDataKey'], resources: ['*'] }),
      );
      this.bucket.addToResourcePolicy(
        new PolicyStatement({
          principals,
          actions: ['s3:PutObject'],
          resources: [this.bucket.arnForObjects(`${ANSWERS}*`)],
        }),
      );
    }
  }

  /** Reading what payroll wrote. Without listing, S3 answers 403 and not 404 for a file that is not there. */
  allowAnswers(...readers: readonly TaskFunction<z.ZodType>[]): void {
    for (const reader of readers) {
      this.#allow(reader, ['s3:GetObject'], ['kms:Decrypt'], ANSWERS);
    }
  }

  /** Reading, and for `keeper` keeping, what employees read. */
  allowPayslips(target: TaskFunction<z.ZodType>, part: 'reader' | 'keeper'): void {
    const isKeeper = part === 'keeper';
    this.#allow(
      target,
      isKeeper ? ['s3:GetObject', 's3:PutObject'] : ['s3:GetObject'],
      isKeeper ? ['kms:Decrypt', 'kms:GenerateDataKey'] : ['kms:Decrypt'],
      PAYSLIPS,
    );
  }

  #allow(
    target: TaskFunction<z.ZodType>,
    actions: readonly string[],
    keyActions: readonly string[],
    folder: string,
  ): void {
    const objects = this.bucket.arnForObjects(`${folder}*`);
    target.allow(actions, objects);
    target.allow(['s3:ListBucket'], this.bucket.bucketArn);
    target.allow(keyActions, this.#key.keyArn);
    this.#key.addToResourcePolicy(
      new PolicyStatement({ principals: [target.role], actions: [...keyActions], resources: ['*'] }),
    );
    acknowledgePattern(target.role, objects, 'Figures');
  }
}

interface PayslipsProps {
  readonly setting: Setting;
  readonly company: z.input<typeof companyEnvironment>;
  readonly tables: ProcessTables;
  readonly pages: Pages;
  readonly payslips: PayslipBucket;
  /** Where payroll's answers are. */
  readonly system: z.input<typeof payrollSystemEnvironment>;
  readonly shared: Purchase;
  /** Without sign-in nobody could show who they are, and there is no page. */
  readonly hasSignIn: boolean;
}

/** One employee's payslip: its machine, its functions, and the page on which they say whether it is right. */
export class Payslips extends Construct {
  readonly process: Process;
  readonly open: TaskFunction<typeof openPayslip>;
  readonly publish: TaskFunction<typeof publishPayslip>;
  /** Undefined without sign-in. */
  readonly page: TaskFunction<typeof payslipPage> | undefined;

  constructor(scope: Construct, id: string, props: PayslipsProps) {
    super(scope, id);
    const { setting, company, tables, payslips, system, shared, hasSignIn } = props;
    const make = <Schema extends z.ZodType>(
      bundle: string,
      environment: z.input<Schema> & Readonly<Record<string, string>>,
    ) => new TaskFunction<Schema>(this, bundle, { setting, environment });
    this.open = make<typeof openPayslip>('open-payslip', tables.environment);
    this.publish = make<typeof publishPayslip>('publish-payslip', { ...tables.environment, ...system });
    const wait = make<typeof awaitPayslip>('await-payslip', {
      ...tables.environment,
      ...shared.alarms.environment,
      ...company,
    });
    const route = make<typeof routePayslip>('route-payslip', { ...tables.environment, ...company });
    const close = make<typeof closePayslip>('close-payslip', tables.environment);
    tables.allowChanges(this.open, this.publish, wait, route, close);
    tables.allowLists(route);
    tables.allowRemoving(route);
    shared.alarms.allowSetting(wait);
    payslips.allowPayslips(this.publish, 'keeper');
    this.page = hasSignIn ? this.#page(props) : undefined;
    this.process = new Process(this, 'payslip', {
      setting,
      functionArn: functionsOfMachine([this.open, this.publish, wait, route, close]),
      children: { ApprovalArn: shared.approval },
    });
  }

  #page({ setting, company, tables, pages, payslips }: PayslipsProps): TaskFunction<typeof payslipPage> {
    const page = new TaskFunction<typeof payslipPage>(this, 'payslip-page', {
      setting,
      environment: { ...tables.environment, ...company, PAYSLIP_BUCKET: payslips.bucket.bucketName },
      timeoutSeconds: PAGE_SECONDS,
    });
    tables.allowChanges(page);
    tables.allowAddingPersonal(page);
    payslips.allowPayslips(page, 'reader');
    pages.api.route('/me/payslips', ['GET'], page);
    pages.api.route('/me/payslips/{period}', ['GET', 'POST'], page);
    return page;
  }
}
