import { ArnFormat, NestedStack, Stack } from 'aws-cdk-lib';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import type * as z from 'zod';
import type { environment as operationsPages } from '../../functions/operations/operations-pages.env.ts';
import type { companyEnvironment } from '../../functions/runtime/environment.ts';
import { acknowledgePattern } from '../nag-reasons.ts';
import type { Pages } from './pages.ts';
import type { Process } from './process.ts';
import type { ProcessTables } from './process-tables.ts';
import type { Setting } from './setting.ts';
import { TaskFunction } from './task-function.ts';

/** The list describes each execution that ended badly; API Gateway waits for 30 seconds at most. */
const OPERATIONS_SECONDS = 28;

interface OperationsProps {
  readonly setting: Setting;
  readonly company: z.input<typeof companyEnvironment>;
  readonly tables: ProcessTables;
  readonly pages: Pages;
  /** Machines that no other machine waits for. */
  readonly machines: readonly Process[];
  /** Queues of dead letters by the names of the stack's outputs without `Url`. */
  readonly letters: Readonly<Record<string, Queue>>;
  /** Where letters go back to, by the same kind of names. */
  readonly queues: Readonly<Record<string, Queue>>;
  /** Hears alarms, and those of its dead letters. */
  readonly ring: TaskFunction<z.ZodType>;
}

/**
 * The pages of operators, wherever there is sign-in. A stack of its own within the one that is deployed: a template may have
 * 500 resources at most (docs/adr/0015).
 */
export class Operations extends NestedStack {
  readonly page: TaskFunction<typeof operationsPages>;

  constructor(scope: Construct, id: string, props: OperationsProps) {
    super(scope, id, { description: `Operators' pages of ${props.setting.stackName}` });
    const { setting, company, tables, pages, machines, letters, queues, ring } = props;
    this.page = new TaskFunction<typeof operationsPages>(this, 'operations-pages', {
      setting,
      environment: {
        ...tables.environment,
        ...company,
        MACHINE_ARNS: machines.map(({ machine }) => machine.stateMachineArn).join(' '),
        QUEUE_NAMES: this.toJsonString(namesOf({ ...letters, ...queues })),
        ALARM_FUNCTION: ring.lambda.functionName,
      },
      timeoutSeconds: OPERATIONS_SECONDS,
    });
    tables.allowChanges(this.page);
    tables.allowRemoving(this.page);
    tables.allowLists(this.page);
    tables.allowTimeLists(this.page);
    tables.allowAddingPersonal(this.page);
    this.page.allow(['dynamodb:Query'], tables.record.tableArn);
    this.#allowExecutions(machines);
    this.#allowLetters(letters, queues);
    this.page.allow(['lambda:InvokeFunction'], ring.lambda.functionArn);
    const { api } = pages;
    api.route('/operations', ['GET'], this.page);
    api.route('/operations/act', ['GET', 'POST'], this.page);
    api.route('/operations/versions', ['GET'], this.page);
    api.route('/operations/processes/{processId}', ['GET'], this.page);
    api.route('/operations/letters/{queue}', ['GET', 'POST'], this.page);
  }

  #allowExecutions(machines: readonly Process[]): void {
    // Versions and aliases are asked for under the ARN of their machine:
    // https://docs.aws.amazon.com/step-functions/latest/dg/auth-version-alias.html
    this.page.allow(
      ['states:ListExecutions', 'states:ListStateMachineVersions', 'states:DescribeStateMachineAlias'],
      ...machines.map(({ machine }) => machine.stateMachineArn),
    );
    const executions = machines.map(({ machineName }) =>
      Stack.of(this).formatArn({
        service: 'states',
        resource: 'execution',
        arnFormat: ArnFormat.COLON_RESOURCE_NAME,
        resourceName: `${machineName}:*`,
      }),
    );
    this.page.allow(
      ['states:DescribeExecution', 'states:GetExecutionHistory', 'states:RedriveExecution'],
      ...executions,
    );
    for (const arn of executions) {
      acknowledgePattern(this.page.role, arn, 'Executions');
    }
  }

  #allowLetters(letters: OperationsProps['letters'], queues: OperationsProps['queues']): void {
    this.page.allow(
      [
        'sqs:GetQueueUrl',
        'sqs:GetQueueAttributes',
        'sqs:ReceiveMessage',
        'sqs:ChangeMessageVisibility',
        'sqs:DeleteMessage',
      ],
      ...Object.values(letters).map(({ queueArn }) => queueArn),
    );
    this.page.allow(['sqs:GetQueueUrl', 'sqs:SendMessage'], ...Object.values(queues).map(({ queueArn }) => queueArn));
  }
}

/** From their ARNs, which the policy needs as well: a nested stack is given each thing by a parameter. */
function namesOf(queues: Readonly<Record<string, Queue>>): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(queues).map(([name, queue]) => [
      name,
      Stack.of(queue).splitArn(queue.queueArn, ArnFormat.NO_RESOURCE_NAME).resource,
    ]),
  );
}
