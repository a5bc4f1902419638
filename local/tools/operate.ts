/**
 * `npm run operate`: what waits for an operator, and answering it. Exit codes: 0 done (or nothing waits), 1 something
 * waits or was refused, 2 it could not be done.
 */

import { randomBytes, randomUUID } from 'node:crypto';
import { parseArgs } from 'node:util';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { ListExecutionsCommand, RedriveExecutionCommand, SFNClient, StartExecutionCommand } from '@aws-sdk/client-sfn';
import {
  DeleteMessageCommand,
  GetQueueAttributesCommand,
  ReceiveMessageCommand,
  SendMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import * as z from 'zod';
import { decideAsOperator, operatorTasks } from '../../functions/approvals/decide-as-operator.ts';
import { type HandOver, handOverTasks, previewHandOver } from '../../functions/approvals/hand-over.ts';
import { createFileDirectory } from '../../functions/directory/file-directory.ts';
import { createStoreDirectory } from '../../functions/directory/store-directory.ts';
import { EMPLOYEE_PAYMENT_COMPLETED } from '../../functions/events/employee-payment-completed.ts';
import { ENGINEERING_CHANGE_RESUBMITTED } from '../../functions/events/engineering-change-resubmitted.ts';
import { ENGINEERING_CHANGE_SUBMITTED } from '../../functions/events/engineering-change-submitted.ts';
import { ENGINEERING_CHANGE_URGED } from '../../functions/events/engineering-change-urged.ts';
import { ENGINEERING_CHANGE_WITHDRAWN } from '../../functions/events/engineering-change-withdrawn.ts';
import { EXPENSE_CLAIM_RESUBMITTED } from '../../functions/events/expense-claim-resubmitted.ts';
import { EXPENSE_CLAIM_SUBMITTED } from '../../functions/events/expense-claim-submitted.ts';
import { EXPENSE_CLAIM_URGED } from '../../functions/events/expense-claim-urged.ts';
import { EXPENSE_CLAIM_WITHDRAWN } from '../../functions/events/expense-claim-withdrawn.ts';
import { GOODS_RECEIVED } from '../../functions/events/goods-received.ts';
import { LEAVE_APPROVED } from '../../functions/events/leave-approved.ts';
import { LEAVE_CANCELLED } from '../../functions/events/leave-cancelled.ts';
import { LEAVE_REQUEST_RESUBMITTED } from '../../functions/events/leave-request-resubmitted.ts';
import { LEAVE_REQUEST_SHORTENED } from '../../functions/events/leave-request-shortened.ts';
import { LEAVE_REQUEST_SUBMITTED } from '../../functions/events/leave-request-submitted.ts';
import { LEAVE_REQUEST_URGED } from '../../functions/events/leave-request-urged.ts';
import { LEAVE_REQUEST_WITHDRAWN } from '../../functions/events/leave-request-withdrawn.ts';
import { OFFICE_REQUEST_RESUBMITTED } from '../../functions/events/office-request-resubmitted.ts';
import { OFFICE_REQUEST_SUBMITTED } from '../../functions/events/office-request-submitted.ts';
import { OFFICE_REQUEST_URGED } from '../../functions/events/office-request-urged.ts';
import { OFFICE_REQUEST_WITHDRAWN } from '../../functions/events/office-request-withdrawn.ts';
import { PAYMENT_COMPLETED } from '../../functions/events/payment-completed.ts';
import { PURCHASE_ORDER_CANCELLED } from '../../functions/events/purchase-order-cancelled.ts';
import { PURCHASE_REQUISITION_RESUBMITTED } from '../../functions/events/purchase-requisition-resubmitted.ts';
import { PURCHASE_REQUISITION_SUBMITTED } from '../../functions/events/purchase-requisition-submitted.ts';
import { PURCHASE_REQUISITION_URGED } from '../../functions/events/purchase-requisition-urged.ts';
import { PURCHASE_REQUISITION_WITHDRAWN } from '../../functions/events/purchase-requisition-withdrawn.ts';
import { SUPPLIER_INVOICE_RECEIVED } from '../../functions/events/supplier-invoice-received.ts';
import { type HoldOrder, placeHold, releaseHolds } from '../../functions/process/hold-process.ts';
import type { ProcessDeps } from '../../functions/process/update-process.ts';
import { deployedDirectory, findInstallation, type Installation, storeOf } from './installation.ts';

const USAGE = `usage:
  npm run operate -- status
  npm run operate -- decide <processId> <retry|skip|cancel> --by <your name> [--reason <text>]
  npm run operate -- hold <processId> --by <your name> --reason <text>
  npm run operate -- release <processId> --by <your name> --reason <text>
  npm run operate -- hand-over <employee id> <employee id> --by <your name> [--directory <file>] [--apply]
  npm run operate -- payroll <YYYY-MM>
  npm run operate -- redrive-letters <name as status shows it>
  npm run operate -- redrive-execution <ARN as status shows it>
hand-over shows what would move, and moves it with --apply; with --stack it needs the deployment's --directory, which counts
until people are imported.
Each with [--stack <name>] [--region <region>]; without --stack the demonstration on this machine is meant.`;

const OPTIONS = {
  stack: { type: 'string' },
  region: { type: 'string' },
  by: { type: 'string' },
  reason: { type: 'string' },
  directory: { type: 'string' },
  apply: { type: 'boolean', default: false },
} as const;

const LETTERS = /DeadLettersUrl$|^UndeliveredEventsUrl$/;

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({ options: OPTIONS, allowPositionals: true });
  const [command, subject, action, ...rest] = positionals;
  if (rest.length > 0) {
    return explain();
  }
  const installation = () => findInstallation(values);
  switch (command) {
    case 'status':
      return subject === undefined ? status(await installation()) : explain();
    case 'decide':
      return subject === undefined || action === undefined || values.by === undefined
        ? explain()
        : decide(await installation(), {
            processId: subject,
            action,
            operator: values.by,
            reason: values.reason ?? '',
          });
    case 'hold':
    case 'release':
      return subject === undefined || values.by === undefined || values.reason === undefined
        ? explain()
        : hold(await installation(), command, { processId: subject, by: values.by, reason: values.reason });
    case 'hand-over':
      return subject === undefined || action === undefined || values.by === undefined
        ? explain()
        : handOver(await installation(), { from: subject, to: action, by: values.by }, values);
    case 'payroll':
      return subject === undefined ? explain() : startPayroll(await installation(), subject);
    case 'redrive-letters':
      return subject === undefined ? explain() : redriveLetters(await installation(), subject);
    case 'redrive-execution':
      return subject === undefined ? explain() : redriveExecution(await installation(), subject);
    default:
      return explain();
  }
}

function explain(): number {
  console.error(USAGE);
  return 2;
}

async function status(installation: Installation): Promise<number> {
  const tasks = await operatorTasks({ store: storeOf(installation) });
  for (const { processId, title, notes, actions, since } of tasks) {
    console.log(`${processId} waits since ${since}: ${title}\n  ${notes.join('\n  ')}\n  may: ${actions.join(', ')}`);
  }
  const letters = await lettersOf(installation);
  for (const { name, count } of letters) {
    console.log(`${name}: ${count} dead letters`);
  }
  const failed = await failedExecutions(installation);
  for (const { arn, status: ended } of failed) {
    console.log(`${ended}: ${arn}`);
  }
  const total = tasks.length + letters.length + failed.length;
  console.log(total === 0 ? 'nothing waits for an operator' : `${total} things wait for an operator`);
  return total === 0 ? 0 : 1;
}

async function decide(installation: Installation, input: Parameters<typeof decideAsOperator>[1]): Promise<number> {
  const deps = {
    ...processDeps(installation),
    // Operators stand in no directory: nobody is looked up.
    directory: {
      person: async () => undefined,
      holdersOf: async () => [],
      substitutesFor: async () => [],
      standInsOf: async () => [],
      find: async () => [],
      headOf: async () => undefined,
      legalEntityOf: async () => undefined,
      costCentre: async () => undefined,
    },
  };
  const result = await decideAsOperator(deps, input);
  if (result === undefined) {
    console.log(`nothing waits for an operator in ${input.processId}`);
    return 1;
  }
  console.log(result.kind === 'decided' ? `${input.processId}: ${result.outcome}` : `refused: ${result.message}`);
  return result.kind === 'decided' ? 0 : 1;
}

async function hold(installation: Installation, command: 'hold' | 'release', order: HoldOrder): Promise<number> {
  const result = await (command === 'hold' ? placeHold : releaseHolds)(processDeps(installation), order);
  console.log(`${order.processId}: ${result}`);
  return result === 'placed' || result === 'released' ? 0 : 1;
}

async function handOver(
  installation: Installation,
  order: HandOver,
  where: Parameters<typeof deployedDirectory>[0] & { readonly apply: boolean },
): Promise<number> {
  const { apply } = where;
  const data = await deployedDirectory(where);
  const process = processDeps(installation);
  const deps = { ...process, directory: createStoreDirectory(process.store, createFileDirectory(data)) };
  const moving = await (apply ? handOverTasks : previewHandOver)(deps, order);
  for (const { processId, title, levels, refusal } of moving) {
    const what = refusal === undefined ? (apply ? 'moved' : 'would move') : `cannot move: ${refusal}`;
    console.log(`${processId} "${title}", ${levels.join(', ')}: ${what}`);
  }
  const refused = moving.filter(({ refusal }) => refusal !== undefined).length;
  console.log(`${moving.length - refused} ${apply ? 'moved' : 'would move'}, ${refused} cannot`);
  return refused === 0 ? 0 : 1;
}

function processDeps(installation: Installation): ProcessDeps {
  return {
    store: storeOf(installation),
    clock: { now: () => new Date() },
    randomness: { secret: () => randomBytes(32).toString('base64url'), uuid: () => randomUUID() },
  };
}

async function lettersOf({ outputs, aws }: Installation) {
  const sqs = new SQSClient(aws);
  const queues = Object.entries(outputs).filter(([name]) => LETTERS.test(name));
  const counted = await Promise.all(
    queues.map(async ([output, QueueUrl]) => {
      const { Attributes: attributes } = await sqs.send(
        new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['ApproximateNumberOfMessages'] }),
      );
      return { name: output.replace(/Url$/, ''), count: Number(attributes?.ApproximateNumberOfMessages ?? 0) };
    }),
  );
  return counted.filter(({ count }) => count > 0);
}

/**
 * Puts dead letters back: messages of a queue into that queue, undelivered events into the queue that takes their
 * detail-type, alarms to the function that hears them. Each is sent before it is deleted: one that comes twice is worked
 * on once, like every message that is delivered twice.
 */
async function redriveLetters(installation: Installation, name: string): Promise<number> {
  const { outputs, aws } = installation;
  const letters = outputs[`${name}Url`];
  if (letters === undefined || !LETTERS.test(`${name}Url`)) {
    throw new Error(`there are no dead letters of the name ${name}`);
  }
  const sqs = new SQSClient(aws);
  const send = senderFor(installation, name, sqs);
  const counts = { moved: 0, left: 0 };
  for (;;) {
    const { Messages: messages = [] } = await sqs.send(
      new ReceiveMessageCommand({ QueueUrl: letters, MaxNumberOfMessages: 10, WaitTimeSeconds: 1 }),
    );
    for (const { Body = '', ReceiptHandle } of messages) {
      const isSent = await send(Body);
      if (isSent) {
        await sqs.send(new DeleteMessageCommand({ QueueUrl: letters, ReceiptHandle }));
      }
      counts[isSent ? 'moved' : 'left'] += 1;
    }
    if (messages.length === 0) {
      console.log(
        `${name}: ${counts.moved} messages went back${counts.left === 0 ? '' : `, ${counts.left} stay: nothing takes them`}`,
      );
      return counts.left === 0 ? 0 : 1;
    }
  }
}

/** Sends one message to where it belongs; false: it belongs nowhere. */
function senderFor({ outputs, aws }: Installation, name: string, sqs: SQSClient): (body: string) => Promise<boolean> {
  if (name === 'AlarmDeadLetters') {
    const lambda = new LambdaClient(aws);
    return async (body) => {
      const call = new InvokeCommand({
        FunctionName: outputs.RingAlarmFunctionName,
        Payload: new TextEncoder().encode(alarmIn(body)),
      });
      return (await lambda.send(call)).FunctionError === undefined;
    };
  }
  return async (body) => {
    const queue = name === 'UndeliveredEvents' ? queueOfEvent(body) : name.replace(/DeadLetters$/, '');
    const QueueUrl = queue === undefined ? undefined : outputs[`${queue}Url`];
    if (QueueUrl === undefined || queue === name) {
      return false;
    }
    await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: body }));
    return true;
  };
}

const envelopeSchema = z.object({ requestPayload: z.json() });

/** Scheduler leaves the alarm as it is; Lambda leaves an envelope around it. */
function alarmIn(body: string): string {
  const envelope = envelopeSchema.safeParse(jsonOf(body));
  return envelope.success ? JSON.stringify(envelope.data.requestPayload) : body;
}

const eventSchema = z.object({ 'detail-type': z.string() });

/** Queues by the detail-type that the rules of the bus send to them. */
const QUEUES: Readonly<Record<string, string>> = {
  [PURCHASE_REQUISITION_SUBMITTED]: 'RequestsQueue',
  [EXPENSE_CLAIM_SUBMITTED]: 'RequestsQueue',
  [EXPENSE_CLAIM_WITHDRAWN]: 'RequesterQueue',
  [EXPENSE_CLAIM_RESUBMITTED]: 'RequesterQueue',
  [EXPENSE_CLAIM_URGED]: 'RequesterQueue',
  [LEAVE_REQUEST_SUBMITTED]: 'RequestsQueue',
  [LEAVE_REQUEST_WITHDRAWN]: 'RequesterQueue',
  [LEAVE_REQUEST_SHORTENED]: 'RequesterQueue',
  [LEAVE_REQUEST_RESUBMITTED]: 'RequesterQueue',
  [LEAVE_REQUEST_URGED]: 'RequesterQueue',
  [ENGINEERING_CHANGE_SUBMITTED]: 'RequestsQueue',
  [ENGINEERING_CHANGE_WITHDRAWN]: 'RequesterQueue',
  [ENGINEERING_CHANGE_RESUBMITTED]: 'RequesterQueue',
  [ENGINEERING_CHANGE_URGED]: 'RequesterQueue',
  [OFFICE_REQUEST_SUBMITTED]: 'RequestsQueue',
  [OFFICE_REQUEST_WITHDRAWN]: 'RequesterQueue',
  [OFFICE_REQUEST_RESUBMITTED]: 'RequesterQueue',
  [OFFICE_REQUEST_URGED]: 'RequesterQueue',
  [PURCHASE_REQUISITION_WITHDRAWN]: 'RequesterQueue',
  [PURCHASE_REQUISITION_RESUBMITTED]: 'RequesterQueue',
  [PURCHASE_REQUISITION_URGED]: 'RequesterQueue',
  [LEAVE_APPROVED]: 'LeavesQueue',
  [LEAVE_CANCELLED]: 'LeavesQueue',
  [GOODS_RECEIVED]: 'ErpFactsQueue',
  [SUPPLIER_INVOICE_RECEIVED]: 'ErpFactsQueue',
  [PAYMENT_COMPLETED]: 'ErpFactsQueue',
  [PURCHASE_ORDER_CANCELLED]: 'ErpFactsQueue',
  [EMPLOYEE_PAYMENT_COMPLETED]: 'ErpFactsQueue',
};

function queueOfEvent(body: string): string | undefined {
  const event = eventSchema.safeParse(jsonOf(body));
  return event.success ? QUEUES[event.data['detail-type']] : undefined;
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

async function failedExecutions({ outputs, stepFunctions }: Installation) {
  const client = new SFNClient(stepFunctions);
  const found = [];
  for (const stateMachineArn of machinesIn(outputs)) {
    for (const statusFilter of ['FAILED', 'TIMED_OUT', 'ABORTED'] as const) {
      let nextToken: string | undefined;
      do {
        const page = await client.send(new ListExecutionsCommand({ stateMachineArn, statusFilter, nextToken }));
        found.push(...(page.executions ?? []).map(({ executionArn: arn, status: ended }) => ({ arn, status: ended })));
        ({ nextToken } = page);
      } while (nextToken !== undefined);
    }
  }
  return found;
}

function machinesIn(outputs: Installation['outputs']) {
  const {
    ProcureToPayArn,
    ExpenseToPostingArn,
    LeaveRequestArn,
    OfficeRequestArn,
    EngineeringChangeArn,
    PayrollRunArn,
    PayslipArn,
    ApprovalArn,
  } = outputs;
  return [
    ProcureToPayArn,
    ExpenseToPostingArn,
    LeaveRequestArn,
    OfficeRequestArn,
    EngineeringChangeArn,
    PayrollRunArn,
    PayslipArn,
    ApprovalArn,
  ];
}

/** A month that has its run already gets no second one: the execution ends as a duplicate. */
async function startPayroll({ outputs, stepFunctions }: Installation, period: string): Promise<number> {
  const input = JSON.stringify({ period });
  const client = new SFNClient(stepFunctions);
  const { executionArn } = await client.send(
    new StartExecutionCommand({ stateMachineArn: outputs.PayrollRunArn, input }),
  );
  console.log(`started: ${executionArn}`);
  return 0;
}

async function redriveExecution({ stepFunctions }: Installation, executionArn: string): Promise<number> {
  await new SFNClient(stepFunctions).send(new RedriveExecutionCommand({ executionArn }));
  console.log(`goes on at the state that failed: ${executionArn}`);
  return 0;
}

process.exitCode = await main().catch((error: unknown) => {
  console.error(error instanceof Error ? `${error.name}: ${error.message}` : String(error));
  return 2;
});
