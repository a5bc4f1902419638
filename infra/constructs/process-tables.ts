import { RemovalPolicy } from 'aws-cdk-lib';
import { AttributeType, BillingMode, StreamViewType, Table, type TableProps } from 'aws-cdk-lib/aws-dynamodb';
import { AnyPrincipal, Effect, PolicyDocument, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import type * as z from 'zod';
import type { storeEnvironment } from '../../functions/runtime/environment.ts';
import type { Setting } from './setting.ts';
import type { TaskFunction } from './task-function.ts';

/** What would change or remove an entry. */
const REWRITING = [
  'dynamodb:UpdateItem',
  'dynamodb:DeleteItem',
  'dynamodb:BatchWriteItem',
  'dynamodb:PartiQLUpdate',
  'dynamodb:PartiQLDelete',
  'dynamodb:PartiQLInsert',
];
const TIME_INDEX = 'by-time';

/**
 * The audit record, the erasable personal values and the work items. The record's own policy refuses whatever rewrites
 * an entry to everybody in the account; that no put overwrites is the store's condition on each.
 */
export class ProcessTables extends Construct {
  readonly record: Table;
  readonly personal: Table;
  readonly work: Table;
  readonly environment: z.input<typeof storeEnvironment>;

  constructor(scope: Construct, id: string, setting: Setting) {
    super(scope, id);
    const byProcess = {
      partitionKey: { name: 'processId', type: AttributeType.STRING },
      sortKey: { name: 'sequence', type: AttributeType.NUMBER },
    };
    const common = {
      billingMode: BillingMode.PAY_PER_REQUEST,
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
      // Also when a first deployment fails: a protected table cannot be deleted, and the rollback would fail with it.
      removalPolicy: setting.isProtected ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY,
      deletionProtection: setting.isProtected,
    } satisfies Partial<TableProps>;
    this.record = new Table(this, 'Record', {
      ...common,
      ...byProcess,
      stream: StreamViewType.NEW_IMAGE,
      resourcePolicy: appendOnly(),
    });
    this.personal = new Table(this, 'Personal', { ...common, ...byProcess });
    this.work = new Table(this, 'Work', {
      ...common,
      partitionKey: { name: 'pk', type: AttributeType.STRING },
      sortKey: { name: 'sk', type: AttributeType.STRING },
      timeToLiveAttribute: 'expiresAt',
      stream: StreamViewType.NEW_IMAGE,
    });
    this.work.addGlobalSecondaryIndex({
      indexName: TIME_INDEX,
      partitionKey: { name: 'listShard', type: AttributeType.STRING },
      sortKey: { name: 'listAt', type: AttributeType.STRING },
    });
    this.environment = {
      RECORD_TABLE: this.record.tableName,
      PERSONAL_TABLE: this.personal.tableName,
      WORK_TABLE: this.work.tableName,
    };
  }

  /** Changes of processes: adds to the record, never changes it; reads and writes single work items. */
  allowChanges(...functions: readonly TaskFunction<z.ZodType>[]): void {
    for (const target of functions) {
      target.allow(['dynamodb:PutItem'], this.record.tableArn);
      this.allowWorkItems(target);
    }
  }

  /** Adds personal values to changes: the reasons and comments that people write. */
  allowAddingPersonal(...functions: readonly TaskFunction<z.ZodType>[]): void {
    for (const target of functions) {
      target.allow(['dynamodb:PutItem'], this.personal.tableArn);
    }
  }

  /** Erases personal values, and says so in the record. */
  allowErasing(target: TaskFunction<z.ZodType>): void {
    this.allowChanges(target);
    this.allowLists(target);
    this.allowRemoving(target);
    target.allow(['dynamodb:DeleteItem'], this.personal.tableArn);
    this.allowReadingPersonal(target);
  }

  /** Removes work items that are done: effects, claims, facts that were waited for, places on task lists. */
  allowRemoving(...functions: readonly TaskFunction<z.ZodType>[]): void {
    for (const target of functions) {
      target.allow(['dynamodb:DeleteItem'], this.work.tableArn);
    }
  }

  /** Reads the work items that belong together: the approvals of a process, the facts of an order. */
  allowLists(...functions: readonly TaskFunction<z.ZodType>[]): void {
    for (const target of functions) {
      target.allow(['dynamodb:Query'], this.work.tableArn);
    }
  }

  /** Reads records, without what is personal in them. */
  allowReadingRecord(target: TaskFunction<z.ZodType>): void {
    target.allow(['dynamodb:Query'], this.record.tableArn);
  }

  /** Reads records, with the personal values that belong to them. */
  allowReadingRecords(target: TaskFunction<z.ZodType>): void {
    this.allowReadingRecord(target);
    this.allowReadingPersonal(target);
  }

  /** Reads personal values: names, addresses, free text. */
  allowReadingPersonal(target: TaskFunction<z.ZodType>): void {
    target.allow(['dynamodb:Query'], this.personal.tableArn);
  }

  /** Reads single work items, such as the head of a process. */
  allowReadingWork(target: TaskFunction<z.ZodType>): void {
    target.allow(['dynamodb:GetItem'], this.work.tableArn);
  }

  /** Reads and writes single work items, without the record. */
  allowWorkItems(target: TaskFunction<z.ZodType>): void {
    target.allow(['dynamodb:GetItem', 'dynamodb:PutItem'], this.work.tableArn);
  }

  /** Reads lists of all processes, ordered by time. */
  allowTimeLists(target: TaskFunction<z.ZodType>): void {
    target.allow(['dynamodb:Query'], `${this.work.tableArn}/index/${TIME_INDEX}`);
  }
}

function appendOnly(): PolicyDocument {
  return new PolicyDocument({
    statements: [
      new PolicyStatement({
        sid: 'RecordIsAppendOnly',
        effect: Effect.DENY,
        principals: [new AnyPrincipal()],
        actions: REWRITING,
        resources: ['*'],
      }),
    ],
  });
}
