import { Duration } from 'aws-cdk-lib';
import type { Bucket } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import type * as z from 'zod';
import type { environment as keepFile } from '../../functions/approvals/keep-file.env.ts';
import type { environment as checkEn16931 } from '../../functions/einvoice/check-en16931.env.ts';
import type { attachmentEnvironment } from '../../functions/runtime/environment.ts';
import type { Company } from '../config.ts';
import { acknowledgePattern } from '../nag-reasons.ts';
import { tellOfArrivals } from './arrivals.ts';
import { DeadLetteredQueue } from './dead-lettered-queue.ts';
import { privateBucket } from './private-bucket.ts';
import type { ProcessTables } from './process-tables.ts';
import type { Setting } from './setting.ts';
import { TASK_SECONDS, TaskFunction } from './task-function.ts';

/** Where the forms of the pages put files, and where they are once they count. */
const ARRIVING = 'incoming/';
const KEPT = 'kept/';
const RECEIPTS = `${KEPT}receipts/`;
/** Days until a file that nobody could keep is gone; its message is with the dead letters for as long. */
const ARRIVING_DAYS = 14;

/** Files at once: a picture may take 8 seconds to read, and the register of invoices 10 to answer; the time-out is 30. */
const BATCH = 1;
/** The largest picture that is read takes 400 MB while it is decoded. */
const MEMORY_MB = 1024;
/** A whole processor: the rules keep one busy. Ended before the keeper, which waits for it, gives up. */
const RULES = { memoryMb: 1769, timeoutSeconds: 15 } as const;

/** The files that people add: a bucket, and the function that checks what arrives there. */
export class Attachments extends Construct {
  readonly queue: DeadLetteredQueue;
  readonly keeper: TaskFunction<typeof keepFile>;
  readonly environment: z.input<typeof attachmentEnvironment>;
  readonly #bucket: Bucket;

  constructor(
    scope: Construct,
    id: string,
    setting: Setting,
    tables: ProcessTables,
    {
      invoiceVerification: verification,
      europeanInvoices,
      retention,
    }: Pick<Company, 'invoiceVerification' | 'europeanInvoices' | 'retention'>,
  ) {
    super(scope, id);
    this.#bucket = privateBucket(this, setting, [
      {
        prefix: ARRIVING,
        expiration: Duration.days(ARRIVING_DAYS),
        noncurrentVersionExpiration: Duration.days(1),
        abortIncompleteMultipartUploadAfter: Duration.days(1),
      },
      // What the approval refused is removed; without this its bytes would stay as an old version for ever.
      {
        prefix: KEPT,
        expiration: Duration.days(retention.attachmentsDays),
        noncurrentVersionExpiration: Duration.days(1),
      },
    ]);
    this.environment = { ATTACHMENT_BUCKET: this.#bucket.bucketName };
    this.queue = new DeadLetteredQueue(this, 'files-queue', {
      queueName: `${setting.stackName}-files`,
      workerSeconds: TASK_SECONDS,
      attempts: 5,
    });
    const rules = europeanInvoices === undefined ? undefined : this.#rules(setting);
    this.keeper = new TaskFunction<typeof keepFile>(this, 'keep-file', {
      setting,
      environment: {
        ...{ ...tables.environment, ...this.environment },
        INVOICE_REGISTER: registerOf(verification),
        EN16931_FUNCTION: rules?.lambda.functionName ?? '',
      },
      memoryMb: MEMORY_MB,
    });
    if (rules !== undefined) {
      this.keeper.allow(['lambda:InvokeFunction'], rules.lambda.functionArn);
    }
    if (verification !== undefined) {
      this.keeper.allow(['secretsmanager:GetSecretValue'], verification.secretArn);
    }
    tellOfArrivals(this.#bucket, ARRIVING, this.queue.queue);
    this.queue.workedBy(this.keeper, 2, BATCH);
    tables.allowChanges(this.keeper);
    tables.allowAddingPersonal(this.keeper);
    // How many files of a person were refused, and for whom they stand in.
    tables.allowLists(this.keeper);
    // Whoever stands in takes a task over by the file that they add: it leaves the list of who is away.
    tables.allowRemoving(this.keeper);
    this.#allow(this.keeper, ['s3:GetObject', 's3:DeleteObject'], ARRIVING);
    this.#allow(this.keeper, ['s3:PutObject', 's3:DeleteObject'], KEPT);
    // Whether something came by the form of a receipt before.
    this.allowReceipts(this.keeper);
  }

  /** Forms and downloads are signed with the function's own permissions. */
  allowForms(page: TaskFunction<z.ZodType>): void {
    this.#allow(page, ['s3:PutObject'], ARRIVING);
    this.#allow(page, ['s3:GetObject'], KEPT);
  }

  /** Reading the files of receipts. */
  allowReceipts(reader: TaskFunction<z.ZodType>): void {
    this.#allow(reader, ['s3:GetObject'], RECEIPTS);
    // Without it S3 answers 403 and not 404 for a file that is not there.
    reader.allow(['s3:ListBucket'], this.#bucket.bucketArn);
  }

  /** The function that has the rules of EN 16931: it reads what has arrived, and nothing else. */
  #rules(setting: Setting): TaskFunction<typeof checkEn16931> {
    const rules = new TaskFunction<typeof checkEn16931>(this, 'check-en16931', {
      ...{ setting, environment: this.environment },
      ...RULES,
    });
    this.#allow(rules, ['s3:GetObject'], ARRIVING);
    return rules;
  }

  #allow(target: TaskFunction<z.ZodType>, actions: readonly string[], prefix: string): void {
    const objects = this.#bucket.arnForObjects(`${prefix}*`);
    target.allow(actions, objects);
    acknowledgePattern(target.role, objects, 'Files');
  }
}

/** Who is asked about invoices, and how; empty: nobody. */
function registerOf(verification: Company['invoiceVerification']): string {
  if (verification === undefined) {
    return '';
  }
  const { secretArn, notGenuine: _policy, unavailable: _alsoPolicy, ...provider } = verification;
  return JSON.stringify({ provider, secretArn });
}
