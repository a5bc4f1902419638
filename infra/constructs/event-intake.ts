import { Construct } from 'constructs';
import type * as z from 'zod';
import { BILL_OF_MATERIALS_PROPOSED } from '../../functions/events/bill-of-materials-proposed.ts';
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
import type { environment as recordLeave } from '../../functions/people/record-leave.env.ts';
import type { environment as recordErpFact } from '../../functions/procurement/record-erp-fact.env.ts';
import type { environment as hearRequester } from '../../functions/requests/hear-requester.env.ts';
import type { environment as startProcess } from '../../functions/requests/start-process.env.ts';
import type { companyEnvironment } from '../../functions/runtime/environment.ts';
import { DeadLetteredQueue } from './dead-lettered-queue.ts';
import type { ErpConnector } from './erp-connector.ts';
import type { ProcessBus } from './event-bus.ts';
import type { Process } from './process.ts';
import type { ProcessTables } from './process-tables.ts';
import type { Setting } from './setting.ts';
import { TASK_SECONDS, TaskFunction } from './task-function.ts';

/** Facts that are read again from the ERP at once, however many come: each by an invocation of its own, since a batch is worked on at once. */
const ERP_AT_ONCE = 5;

/** A start is one call. */
const START_SECONDS = 10;

interface EventIntakeProps {
  readonly setting: Setting;
  readonly company: z.input<typeof companyEnvironment>;
  readonly tables: ProcessTables;
  readonly bus: ProcessBus;
  readonly erp: ErpConnector;
  /** Whether bills that are proposed in the ERP begin engineering changes. */
  readonly hasBillProposals: boolean;
  /** What requests begin, by the variable of `start-process` that names it. */
  readonly processes: Readonly<Record<keyof z.input<typeof startProcess>, Process>>;
}

/** Where events of the bus enter: each kind by a queue of its own, so that bursts wait and nothing is lost. */
export class EventIntake extends Construct {
  readonly queues: readonly DeadLetteredQueue[];
  readonly functions: readonly TaskFunction<z.ZodType>[];

  constructor(scope: Construct, id: string, props: EventIntakeProps) {
    super(scope, id);
    const { setting, company, tables, bus, erp, hasBillProposals, processes } = props;
    const queue = (name: string, workerSeconds: number, attempts: number) =>
      new DeadLetteredQueue(this, `${name}-queue`, {
        queueName: `${setting.stackName}-${name}`,
        workerSeconds,
        attempts,
      });

    const requests = queue('requests', START_SECONDS, 5);
    const start = new TaskFunction<typeof startProcess>(this, 'start-process', {
      setting,
      environment: {
        PROCURE_TO_PAY_ARN: processes.PROCURE_TO_PAY_ARN.current(),
        EXPENSE_TO_POSTING_ARN: processes.EXPENSE_TO_POSTING_ARN.current(),
        LEAVE_REQUEST_ARN: processes.LEAVE_REQUEST_ARN.current(),
        OFFICE_REQUEST_ARN: processes.OFFICE_REQUEST_ARN.current(),
        ENGINEERING_CHANGE_ARN: processes.ENGINEERING_CHANGE_ARN.current(),
      },
      timeoutSeconds: START_SECONDS,
    });
    start.allow(['states:StartExecution'], ...Object.values(processes).map(({ machine }) => machine.stateMachineArn));
    requests.workedBy(start, 10);
    const filed = [
      PURCHASE_REQUISITION_SUBMITTED,
      EXPENSE_CLAIM_SUBMITTED,
      LEAVE_REQUEST_SUBMITTED,
      OFFICE_REQUEST_SUBMITTED,
      ENGINEERING_CHANGE_SUBMITTED,
    ];
    bus.route('Requests', 'oa', filed, requests.queue);

    // What the requester says next may overtake the request: it comes back for about an hour.
    const words = queue('requester', TASK_SECONDS, 20);
    const hear = new TaskFunction<typeof hearRequester>(this, 'hear-requester', {
      setting,
      environment: { ...tables.environment, ...company },
    });
    words.workedBy(hear, 5);
    const said = [
      PURCHASE_REQUISITION_WITHDRAWN,
      PURCHASE_REQUISITION_RESUBMITTED,
      PURCHASE_REQUISITION_URGED,
      EXPENSE_CLAIM_WITHDRAWN,
      EXPENSE_CLAIM_RESUBMITTED,
      EXPENSE_CLAIM_URGED,
      LEAVE_REQUEST_WITHDRAWN,
      LEAVE_REQUEST_SHORTENED,
      LEAVE_REQUEST_RESUBMITTED,
      LEAVE_REQUEST_URGED,
      OFFICE_REQUEST_WITHDRAWN,
      OFFICE_REQUEST_RESUBMITTED,
      OFFICE_REQUEST_URGED,
      ENGINEERING_CHANGE_WITHDRAWN,
      ENGINEERING_CHANGE_RESUBMITTED,
      ENGINEERING_CHANGE_URGED,
    ];
    bus.route('Requester', 'oa', said, words.queue);

    // Somebody who has just come may be on leave before their import: it comes back for about an hour.
    const leaves = queue('leaves', TASK_SECONDS, 20);
    const leave = new TaskFunction<typeof recordLeave>(this, 'record-leave', {
      setting,
      environment: tables.environment,
    });
    leaves.workedBy(leave, 5);
    bus.route('Leaves', 'oa', [LEAVE_APPROVED, LEAVE_CANCELLED], leaves.queue);

    bus.keepOthers('OtherOaEvents', 'oa', [...filed, ...said, LEAVE_APPROVED, LEAVE_CANCELLED]);

    // The ERP is asked again about each fact, and may be away for about two hours.
    const facts = queue('erp-facts', TASK_SECONDS, 40);
    const record = new TaskFunction<typeof recordErpFact>(this, 'record-erp-fact', {
      setting,
      environment: {
        ...tables.environment,
        ...erp.environment,
        ENGINEERING_CHANGE_ARN: hasBillProposals ? processes.ENGINEERING_CHANGE_ARN.current() : '',
      },
    });
    if (hasBillProposals) {
      record.allow(['states:StartExecution'], processes.ENGINEERING_CHANGE_ARN.machine.stateMachineArn);
    }
    erp.allowUse(record);
    facts.workedBy(record, ERP_AT_ONCE, 1);
    bus.route(
      'ErpFacts',
      'erp',
      [
        GOODS_RECEIVED,
        SUPPLIER_INVOICE_RECEIVED,
        PAYMENT_COMPLETED,
        PURCHASE_ORDER_CANCELLED,
        EMPLOYEE_PAYMENT_COMPLETED,
        ...(hasBillProposals ? [BILL_OF_MATERIALS_PROPOSED] : []),
      ],
      facts.queue,
    );

    tables.allowChanges(hear, leave, record);
    tables.allowLists(hear, record);
    tables.allowRemoving(hear, leave, record);
    tables.allowAddingPersonal(hear);
    this.queues = [requests, words, leaves, facts];
    this.functions = [start, hear, leave, record];
  }
}
