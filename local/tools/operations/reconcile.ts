/** `npm run ops -- reconcile`: the ERP's books are walked through now, or one process is compared with them. */
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { SQSClient } from '@aws-sdk/client-sqs';
import { sqsReportQueue } from '../../../functions/process/adapters/report-queue.ts';
import { readHead } from '../../../functions/process/update-process.ts';
import { BOOKS_TO_COMPARE } from '../../../functions/reconciliation/message.ts';
import type { BooksQueue } from '../../../functions/reconciliation/port.ts';
import { type Installation, storeOf } from '../installation.ts';
import { EXIT } from './operated.ts';

/**
 * Says what was begun; what is found becomes a case when it is seen twice.
 * @param processId - undefined: all that was changed since the last walk
 * @throws Error in one sentence where nothing is compared with the books.
 */
export async function reconcile(installation: Installation, processId: string | undefined): Promise<number> {
  const { ErpBooksQueueUrl: queueUrl, WalkBooksFunctionName: walk } = installation.outputs;
  if (queueUrl === undefined || walk === undefined) {
    throw new Error(`${installation.name} compares nothing with the books: set "reconciliation" in the company file`);
  }
  if (processId === undefined) {
    const client = new LambdaClient(installation.aws);
    await client.send(new InvokeCommand({ FunctionName: walk, InvocationType: 'Event' }));
    console.log('the walk through the books has begun');
    return EXIT.done;
  }
  if ((await readHead(storeOf(installation), processId)) === undefined) {
    console.log(`${processId}: there is no such process`);
    return EXIT.waitsOrRefused;
  }
  const queue: BooksQueue = sqsReportQueue(new SQSClient(installation.aws), queueUrl, BOOKS_TO_COMPARE);
  await queue.send([{ detail: { kind: 'process', processId, seen: [] } }]);
  console.log(`${processId}: is compared with the books; what differs becomes a case when it is seen twice`);
  return EXIT.done;
}
