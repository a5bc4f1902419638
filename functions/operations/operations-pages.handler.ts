import { pageHandler } from '../pages/http-api.ts';
import { lambdaClient, sqsClient, stepFunctionsClient } from '../runtime/clients.ts';
import { companyDirectory } from '../runtime/company-files.ts';
import { reportGuess } from '../runtime/guesses.ts';
import { companyFacts, processDeps } from '../runtime/wiring.ts';
import { sqsDeadLetters } from './aws/dead-letters.ts';
import { stepFunctionsExecutions } from './aws/executions.ts';
import { queueUrls } from './aws/queue-urls.ts';
import { environment } from './operations-pages.env.ts';
import { createOperationsPages } from './operations-pages.tsx';

export const handler = pageHandler({
  environment,
  app: (variables) => {
    const processes = processDeps(variables);
    const machineArns = variables.MACHINE_ARNS.split(' ');
    return createOperationsPages({
      ...processes,
      ...companyFacts(variables),
      directory: companyDirectory(processes.store),
      executions: stepFunctionsExecutions({ client: stepFunctionsClient(), machineArns, now: processes.clock.now }),
      letters: sqsDeadLetters({
        ...queueUrls(sqsClient(), variables.QUEUE_NAMES),
        sqs: sqsClient(),
        lambda: lambdaClient(),
        alarmFunction: variables.ALARM_FUNCTION,
      }),
      onGuess: reportGuess,
    });
  },
});
