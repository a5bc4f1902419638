/**
 * The one middleware bundle of task functions: environment -> logger context -> parse -> handler -> check output ->
 * errors. Task functions throw: a state machine routes on the error's name.
 */
import { Logger } from '@aws-lambda-powertools/logger';
import middy from '@middy/core';
import type { Context } from 'aws-lambda';
import * as z from 'zod';
import { ConfigError, ValidationError } from './errors.ts';

export const logger = new Logger({ serviceName: 'meridian' });

interface TaskHandlerParts<Environment, Input, Output> {
  readonly environment: z.ZodType<Environment>;
  readonly input: z.ZodType<Input>;
  readonly output: z.ZodType<Output>;
  /** `context` gives the remaining time; everything else comes from the environment. */
  readonly run: (input: Input, environment: Environment, context: Context) => Promise<Output>;
}

/** A Lambda handler that parses its input, runs one use-case and checks what it returns. */
export function taskHandler<Environment, Input, Output>(parts: TaskHandlerParts<Environment, Input, Output>) {
  let environment: Environment | undefined;
  return middy()
    .before(({ event, context }) => {
      logger.addContext(context);
      logger.resetKeys();
      logger.appendKeys(processKeys(event));
      environment ??= parseEnvironment(parts.environment, process.env);
    })
    .onError(({ error }) => {
      logger.error('task failed', { name: error?.name ?? 'unknown', reason: error?.message ?? '' });
    })
    .handler(async (event: unknown, context: Context): Promise<Output> => {
      const input = parseInput(parts.input, event);
      return parts.output.parse(await parts.run(input, environment as Environment, context));
    });
}

/** @throws ConfigError naming every variable that is missing or wrong. */
export function parseEnvironment<T>(schema: z.ZodType<T>, variables: NodeJS.ProcessEnv): T {
  const parsed = schema.safeParse(variables);
  if (!parsed.success) {
    const missing = parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`).join('; ');
    throw new ConfigError(`the function's environment is incomplete: ${missing}`);
  }
  return parsed.data;
}

/** @throws ValidationError naming every field that is wrong. */
export function parseInput<T>(schema: z.ZodType<T>, value: unknown): T {
  const parsed = schema.safeParse(value);
  if (!parsed.success) {
    throw new ValidationError(fieldIssues(parsed.error), { cause: parsed.error });
  }
  return parsed.data;
}

/** zod's findings in the taxonomy's words. */
export function fieldIssues(error: z.ZodError) {
  return error.issues.map((issue) => ({
    field: issue.path.length === 0 ? '(whole)' : z.core.toDotPath(issue.path),
    problem: issue.message,
    remedy: 'send the field as the event contract in docs/events.md describes it',
  }));
}

function processKeys(event: unknown): Record<string, string> {
  const parsed = z.object({ processId: z.string() }).safeParse(event);
  return parsed.success ? { processId: parsed.data.processId } : {};
}
