import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Duration, NestedStack, Stack } from 'aws-cdk-lib';
import { CfnNamedQuery, CfnWorkGroup } from 'aws-cdk-lib/aws-athena';
import { CfnDatabase, CfnTable } from 'aws-cdk-lib/aws-glue';
import type { Bucket } from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import type * as z from 'zod';
import type { environment as diagramPages } from '../../functions/diagrams/diagram-pages.env.ts';
import { EVENT_COLUMNS } from '../../functions/insight/domain/event-log.ts';
import type { environment as writeEventLog } from '../../functions/insight/write-event-log.env.ts';
import type { companyEnvironment } from '../../functions/runtime/environment.ts';
import type { Retention } from '../config-retention.ts';
import { acknowledgePattern } from '../nag-reasons.ts';
import { DeadLetteredQueue } from './dead-lettered-queue.ts';
import { PAGE_SECONDS, type Pages } from './pages.ts';
import { privateBucket } from './private-bucket.ts';
import type { ProcessTables } from './process-tables.ts';
import type { Setting } from './setting.ts';
import { TaskFunction } from './task-function.ts';

/** Of the log within the bucket, and of what questions answer, which nobody needs for long. */
const LOG = 'events/';
const RESULTS = 'results/';
const RESULT_DAYS = 30;
/** The table, as the queries name it. */
const TABLE = 'event_log';
const QUERIES = join(import.meta.dirname, '../../functions/insight/queries');
/** A question that would read more than this (10 GiB, 5 cents) is stopped. */
const MOST_BYTES = 10 * 1024 ** 3;
/** Day before which no installation has entries. */
const FIRST_DAY = '2025-01-01';
const BATCH = 1000;
/** Small files make questions slow and dear, and nobody asks about the last minutes. */
const BATCH_WINDOW = Duration.minutes(5);
/** Six times this is more than the window and six runs, for which a message must stay hidden. */
const WRITE_SECONDS = 120;

interface InsightProps {
  readonly setting: Setting;
  readonly company: z.input<typeof companyEnvironment>;
  readonly tables: ProcessTables;
  readonly retention: Retention;
  readonly pages: Pages;
  readonly hasSignIn: boolean;
  /** The local cloud knows no saved queries, and waits for no batches. */
  readonly isOnAws: boolean;
}

/**
 * Deep questions (docs/adr/0027): the record as an event log in a bucket of its own, a table over it, and questions that are
 * saved in a workgroup with a limit. Beside it the pages that show processes as diagrams (docs/adr/0030). A stack of its own within
 * the one that is deployed.
 */
export class Insight extends NestedStack {
  readonly queue: DeadLetteredQueue;
  readonly writer: TaskFunction<typeof writeEventLog>;
  readonly bucket: Bucket;
  /** Undefined: nobody signs in, so that nobody could be shown them. */
  readonly page: TaskFunction<typeof diagramPages> | undefined;

  constructor(scope: Construct, id: string, props: InsightProps) {
    const { setting, retention, isOnAws } = props;
    super(scope, id, { description: `The event log of ${setting.stackName}` });
    this.bucket = privateBucket(this, setting, [
      { prefix: RESULTS, expiration: Duration.days(RESULT_DAYS), noncurrentVersionExpiration: Duration.days(1) },
      // A batch that is delivered again writes its file again.
      {
        prefix: LOG,
        expiration: Duration.days(retention.eventLogDays),
        noncurrentVersionExpiration: Duration.days(1),
      },
    ]);
    this.queue = new DeadLetteredQueue(this, 'event-log-queue', {
      queueName: `${setting.stackName}-event-log`,
      workerSeconds: WRITE_SECONDS,
      attempts: 20,
    });
    this.writer = new TaskFunction<typeof writeEventLog>(this, 'write-event-log', {
      setting,
      environment: { EVENT_LOG_BUCKET: this.bucket.bucketName },
      timeoutSeconds: WRITE_SECONDS,
    });
    const files = this.bucket.arnForObjects(`${LOG}*`);
    this.writer.allow(['s3:PutObject'], files);
    acknowledgePattern(this.writer.role, files, 'EventLog');
    this.queue.workedBy(this.writer, 2, BATCH, isOnAws ? BATCH_WINDOW : Duration.seconds(1));
    this.#table(setting, isOnAws);
    this.page = props.hasSignIn ? this.#page(props) : undefined;
  }

  /** Reads sessions, the directory and figures of weeks, and changes nothing. */
  #page({ setting, company, tables, pages }: InsightProps): TaskFunction<typeof diagramPages> {
    const page = new TaskFunction<typeof diagramPages>(this, 'diagram-pages', {
      setting,
      environment: { ...tables.environment, ...company },
      timeoutSeconds: PAGE_SECONDS,
    });
    tables.allowReadingWork(page);
    tables.allowLists(page);
    for (const path of ['/processes', '/processes/{machine}', '/processes/{machine}/bpmn']) {
      pages.api.route(path, ['GET'], page);
    }
    return page;
  }

  #table(setting: Setting, isOnAws: boolean): void {
    const name = setting.stackName.toLowerCase().replaceAll('-', '_');
    const catalogId = Stack.of(this).account;
    const database = new CfnDatabase(this, 'Database', { catalogId, databaseInput: { name } });
    const table = new CfnTable(this, 'Table', {
      catalogId,
      databaseName: name,
      tableInput: {
        name: TABLE,
        description: 'One row for each entry of the record; a row may be there twice',
        tableType: 'EXTERNAL_TABLE',
        partitionKeys: [{ name: 'day', type: 'string' }],
        parameters: {
          classification: 'json',
          'projection.enabled': 'true',
          'projection.day.type': 'date',
          'projection.day.format': 'yyyy-MM-dd',
          'projection.day.range': `${FIRST_DAY},NOW`,
          'storage.location.template': `s3://${this.bucket.bucketName}/${LOG}day=\${day}/`,
        },
        storageDescriptor: {
          columns: EVENT_COLUMNS.map(([column, type]) => ({ name: column, type })),
          location: `s3://${this.bucket.bucketName}/${LOG}`,
          inputFormat: 'org.apache.hadoop.mapred.TextInputFormat',
          outputFormat: 'org.apache.hadoop.hive.ql.io.HiveIgnoreKeyTextOutputFormat',
          serdeInfo: { serializationLibrary: 'org.openx.data.jsonserde.JsonSerDe' },
        },
      },
    });
    table.addResourceDependency(database);
    const workGroup = new CfnWorkGroup(this, 'WorkGroup', {
      name: setting.stackName,
      recursiveDeleteOption: !setting.isProtected,
      workGroupConfiguration: {
        enforceWorkGroupConfiguration: true,
        publishCloudWatchMetricsEnabled: true,
        bytesScannedCutoffPerQuery: MOST_BYTES,
        resultConfiguration: {
          outputLocation: `s3://${this.bucket.bucketName}/${RESULTS}`,
          encryptionConfiguration: { encryptionOption: 'SSE_S3' },
        },
      },
    });
    for (const { query, sql } of isOnAws ? savedQueries() : []) {
      const [description = ''] = sql.split('\n');
      const saved = new CfnNamedQuery(this, `Query-${query}`, {
        name: query,
        description: description.replace(/^-- /, ''),
        database: name,
        workGroup: setting.stackName,
        queryString: sql,
      });
      saved.addResourceDependency(workGroup);
      saved.addResourceDependency(table);
    }
  }
}

function savedQueries() {
  const files = readdirSync(QUERIES)
    .filter((file) => file.endsWith('.sql'))
    .sort();
  return files.map((file) => ({
    query: file.slice(0, -'.sql'.length),
    sql: readFileSync(join(QUERIES, file), 'utf8'),
  }));
}
