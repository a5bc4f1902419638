/** Asks the function `check-en16931`, which alone holds the rules and their processor. */
import { InvokeCommand, type LambdaClient } from '@aws-sdk/client-lambda';
import * as z from 'zod';
import { ConfigError, ConnectorTransientError } from '../../runtime/errors.ts';
import { parseJson } from '../../runtime/parse.ts';
import { type RuleReport, ruleReportSchema } from '../domain/rule-report.ts';
import type { InvoiceChecker } from '../port.ts';

interface FunctionCheckerParts {
  readonly client: LambdaClient;
  readonly functionName: string;
}

const answer = z.object({ report: ruleReportSchema.nullable() });
/** What Lambda answers for a function that threw, or that it ended. */
const failure = z.object({ errorType: z.string().default(''), errorMessage: z.string().default('') });

export function createFunctionChecker({ client, functionName }: FunctionCheckerParts): InvoiceChecker {
  return {
    async check(key) {
      const { payload, hasFailed } = await invoke(client, functionName, { key });
      if (hasFailed) {
        return afterFailure(failure.parse(payload));
      }
      return answer.parse(payload).report ?? undefined;
    },
  };
}

/** What takes too much time or memory now does so again: it is not asked about twice, people check it. */
function afterFailure({ errorType, errorMessage }: z.infer<typeof failure>): RuleReport {
  if (errorType === 'ConnectorTransientError') {
    throw new ConnectorTransientError(`check-en16931 could not read the file: ${errorMessage}`);
  }
  // Some answers to a time-out have no type.
  if (ENDED.includes(errorType) || / timed out after /.test(errorMessage)) {
    return { outcome: 'unchecked' };
  }
  throw new ConfigError(`check-en16931 cannot work: ${errorType}: ${errorMessage}`);
}

/** Types that Lambda gives where it ended the function itself. */
const ENDED = ['Sandbox.Timedout', 'Runtime.ExitError', 'Runtime.OutOfMemory'];

/** Errors of the service that a person has to mend; the others pass. */
const OURS = ['AccessDeniedException', 'ResourceNotFoundException', 'InvalidParameterValueException'];

async function invoke(client: LambdaClient, FunctionName: string, input: unknown) {
  try {
    const { Payload, FunctionError } = await client.send(
      new InvokeCommand({ FunctionName, Payload: JSON.stringify(input) }),
    );
    return { payload: parseJson(Buffer.from(Payload ?? []).toString()), hasFailed: FunctionError !== undefined };
  } catch (cause) {
    const name = cause instanceof Error ? cause.name : 'unknown';
    if (OURS.includes(name)) {
      throw new ConfigError(`check-en16931 cannot be asked: ${name}`, { cause });
    }
    throw new ConnectorTransientError(`check-en16931 could not be asked: ${name}`, { cause });
  }
}
