/** Starting and resuming executions of AWS Step Functions. */
import { SendTaskSuccessCommand, type SFNClient, StartExecutionCommand } from '@aws-sdk/client-sfn';
import type { ProcessResumer, ProcessStarter } from '../resumer.ts';
import { awsFailure, errorName } from './failures.ts';

type Client = Pick<SFNClient, 'send'>;

/** Source: https://docs.aws.amazon.com/step-functions/latest/apireference/API_SendTaskSuccess.html */
const GONE = ['TaskTimedOut', 'TaskDoesNotExist', 'InvalidToken'];

export function stateMachineResumer(client: Client): ProcessResumer {
  return {
    async resume(token, output) {
      try {
        await client.send(new SendTaskSuccessCommand({ taskToken: token, output: JSON.stringify(output) }));
        return 'resumed';
      } catch (cause) {
        if (GONE.includes(errorName(cause))) {
          return 'gone';
        }
        throw awsFailure('Step Functions', cause);
      }
    },
  };
}

export function stateMachineStarter(client: Client, stateMachineArn: string): ProcessStarter {
  return {
    async start(name, input) {
      try {
        await client.send(new StartExecutionCommand({ stateMachineArn, name, input: JSON.stringify(input) }));
        return 'started';
      } catch (cause) {
        if (errorName(cause) === 'ExecutionAlreadyExists') {
          return 'already-started';
        }
        throw awsFailure('Step Functions', cause);
      }
    },
  };
}
