import { Duration, NestedStack } from 'aws-cdk-lib';
import { AccountRootPrincipal, AnyPrincipal, Effect, PolicyDocument, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Key, KeySpec, KeyUsage } from 'aws-cdk-lib/aws-kms';
import type { Bucket } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import type * as z from 'zod';
import type { environment as auditorPages } from '../../functions/evidence/auditor-pages.env.ts';
import type { environment as closeBooks } from '../../functions/evidence/close-books.env.ts';
import type { environment as eraseExpired } from '../../functions/evidence/erase-expired.env.ts';
import type { environment as noteGrowth } from '../../functions/evidence/note-growth.env.ts';
import type {
  booksEnvironment,
  companyEnvironment,
  personalDaysEnvironment,
} from '../../functions/runtime/environment.ts';
import type { Retention } from '../config-retention.ts';
import { acknowledgePattern } from '../nag-reasons.ts';
import { DeadLetteredQueue } from './dead-lettered-queue.ts';
import { KEY_MANAGEMENT } from './key-management.ts';
import { PAGE_SECONDS, type Pages } from './pages.ts';
import { privateBucket } from './private-bucket.ts';
import type { ProcessTables } from './process-tables.ts';
import type { Setting } from './setting.ts';
import { TaskFunction } from './task-function.ts';
import { every } from './ticks.ts';

/** A note is one transaction. */
const NOTE_SECONDS = 20;
/** Two notes of one process meet now and then; what fails longer has another cause. */
const ATTEMPTS = 10;
/** A run closes what it can; the next one begins where it ended. */
const EVERY_MINUTES = 15;
const CLOSE_SECONDS = 14 * 60;
/** A processor: parts are compressed and hashed, and one is in memory several times. */
const CLOSE_MEMORY_MB = 1769;

/** A day of books is read in minutes; what is left is the next hour's. */
const ERASE_SECONDS = 14 * 60;

interface EvidenceProps {
  readonly setting: Setting;
  readonly company: z.input<typeof companyEnvironment>;
  readonly tables: ProcessTables;
  readonly retention: Retention;
  readonly pages: Pages;
  /** Without sign-in nobody could show that they are an auditor, and there is no page. */
  readonly hasSignIn: boolean;
}

/**
 * Evidence for people who trust nobody here: the books of the record, signed and locked, with the key that signs them. A
 * stack of its own within the one that is deployed.
 */
export class Evidence extends NestedStack {
  /** Subscriber of the record's stream. */
  readonly queue: DeadLetteredQueue;
  readonly noter: TaskFunction<typeof noteGrowth>;
  readonly closer: TaskFunction<typeof closeBooks>;
  readonly key: Key;
  readonly books: Bucket;
  readonly personalBooks: Bucket;
  readonly eraser: TaskFunction<typeof eraseExpired>;
  /** Undefined without sign-in. */
  readonly page: TaskFunction<typeof auditorPages> | undefined;

  constructor(scope: Construct, id: string, props: EvidenceProps) {
    const { setting, tables, retention } = props;
    super(scope, id, { description: `Evidence of ${setting.stackName}` });
    this.key = signingKey(this, setting);
    const { booksDays, personalDays } = retention;
    this.books = privateBucket(new Construct(this, 'Books'), setting, [expiring(booksDays + 1)], {
      lockedFor: Duration.days(booksDays),
    });
    this.personalBooks = privateBucket(new Construct(this, 'PersonalBooks'), setting, [expiring(personalDays)]);
    this.queue = new DeadLetteredQueue(this, 'growth-queue', {
      queueName: `${setting.stackName}-growth`,
      workerSeconds: NOTE_SECONDS,
      attempts: ATTEMPTS,
    });
    this.noter = new TaskFunction<typeof noteGrowth>(this, 'note-growth', {
      setting,
      environment: tables.environment,
      timeoutSeconds: NOTE_SECONDS,
    });
    this.noter.allow(['dynamodb:PutItem'], tables.work.tableArn);
    this.queue.workedBy(this.noter, 5);
    const buckets = { BOOKS_BUCKET: this.books.bucketName, PERSONAL_BOOKS_BUCKET: this.personalBooks.bucketName };
    this.closer = this.#closer(setting, tables, { ...buckets, PERSONAL_DAYS: String(personalDays) });
    this.eraser = this.#eraser(setting, tables, { ...buckets, PERSONAL_DAYS: String(personalDays) });
    this.page = props.hasSignIn ? this.#page(props) : undefined;
  }

  #page({ setting, company, tables, pages }: EvidenceProps): TaskFunction<typeof auditorPages> {
    const page = new TaskFunction<typeof auditorPages>(this, 'auditor-pages', {
      setting,
      environment: { ...tables.environment, ...company },
      timeoutSeconds: PAGE_SECONDS,
    });
    tables.allowChanges(page);
    tables.allowReadingRecords(page);
    pages.api.route('/audit', ['GET'], page);
    pages.api.route('/audit/{processId}', ['GET'], page);
    return page;
  }

  #eraser(
    setting: Setting,
    tables: ProcessTables,
    environment: Omit<z.input<typeof eraseExpired>, keyof ProcessTables['environment']>,
  ): TaskFunction<typeof eraseExpired> {
    const eraser = new TaskFunction<typeof eraseExpired>(this, 'erase-expired', {
      setting,
      environment: { ...tables.environment, ...environment },
      timeoutSeconds: ERASE_SECONDS,
    });
    tables.allowErasing(eraser);
    const objects = this.books.arnForObjects('*');
    eraser.allow(['s3:GetObject'], objects);
    // Without it S3 answers 403 and not 404 for a day that has no book.
    eraser.allow(['s3:ListBucket'], this.books.bucketArn);
    acknowledgePattern(eraser.role, objects, 'Books');
    every(Duration.hours(1), eraser);
    return eraser;
  }

  #closer(
    setting: Setting,
    tables: ProcessTables,
    environment: z.input<typeof booksEnvironment> & z.input<typeof personalDaysEnvironment>,
  ): TaskFunction<typeof closeBooks> {
    const closer = new TaskFunction<typeof closeBooks>(this, 'close-books', {
      setting,
      environment: {
        ...{ ...tables.environment, ...environment },
        BOOKS_KEY_ARN: this.key.keyArn,
        INSTALLATION: setting.stackName,
      },
      timeoutSeconds: CLOSE_SECONDS,
      memoryMb: CLOSE_MEMORY_MB,
    });
    tables.allowChanges(closer);
    tables.allowLists(closer);
    tables.allowReadingRecords(closer);
    tables.allowRemoving(closer);
    closer.allow(['kms:GetPublicKey', 'kms:Sign'], this.key.keyArn);
    this.key.addToResourcePolicy(
      new PolicyStatement({ principals: [closer.role], actions: ['kms:GetPublicKey', 'kms:Sign'], resources: ['*'] }),
    );
    for (const bucket of [this.books, this.personalBooks]) {
      const objects = bucket.arnForObjects('*');
      // Where erased values are is read, and what they stood among is written anew. Without the list S3 answers 403 for what is not there.
      closer.allow(['s3:GetObject', 's3:PutObject'], objects);
      closer.allow(['s3:ListBucket'], bucket.bucketArn);
      acknowledgePattern(closer.role, objects, 'Books');
      bucket.addToResourcePolicy(onlyWrittenBy(closer, objects));
    }
    closer.allow(['s3:DeleteObject'], this.personalBooks.arnForObjects('*'));
    every(Duration.minutes(EVERY_MINUTES), closer);
    return closer;
  }
}

/** Whoever may manage keys cannot sign with it: a signature is that of the function. */
function signingKey(scope: Construct, setting: Setting): Key {
  return new Key(scope, 'Key', {
    description: 'Signs the books of the record',
    keySpec: KeySpec.ECC_NIST_P256,
    keyUsage: KeyUsage.SIGN_VERIFY,
    removalPolicy: setting.removalPolicy,
    policy: new PolicyDocument({
      statements: [
        new PolicyStatement({ principals: [new AccountRootPrincipal()], actions: KEY_MANAGEMENT, resources: ['*'] }),
      ],
    }),
  });
}

function expiring(days: number) {
  return {
    expiration: Duration.days(days),
    noncurrentVersionExpiration: Duration.days(1),
    abortIncompleteMultipartUploadAfter: Duration.days(1),
  };
}

/** An administrator of the account writes no book either, unless they change this policy, which CloudTrail tells. */
function onlyWrittenBy({ role }: TaskFunction<z.ZodType>, objects: string): PolicyStatement {
  return new PolicyStatement({
    sid: 'WrittenByOneFunction',
    effect: Effect.DENY,
    principals: [new AnyPrincipal()],
    actions: ['s3:PutObject'],
    resources: [objects],
    conditions: { ArnNotEquals: { 'aws:PrincipalArn': role.roleArn } },
  });
}
