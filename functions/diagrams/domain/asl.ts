/**
 * What a diagram needs of a state machine's definition
 * (https://docs.aws.amazon.com/step-functions/latest/dg/concepts-amazon-states-language.html). Everything else is passed over.
 */
import * as z from 'zod';

const catcherSchema = z.object({ ErrorEquals: z.array(z.string()).min(1), Next: z.string() });

const choiceSchema = z.object({ Condition: z.string(), Next: z.string() });

const stateSchema = z.object({
  Type: z.enum(['Task', 'Pass', 'Choice', 'Wait', 'Succeed', 'Fail', 'Parallel', 'Map']),
  Comment: z.string().optional(),
  Resource: z.string().optional(),
  Arguments: z.unknown().optional(),
  Next: z.string().optional(),
  End: z.boolean().optional(),
  Catch: z.array(catcherSchema).optional(),
  Choices: z.array(choiceSchema).optional(),
  Default: z.string().optional(),
  Error: z.string().optional(),
  MaxConcurrency: z.unknown().optional(),
  get Branches() {
    return z.array(scopeSchema).optional();
  },
  get ItemProcessor() {
    return scopeSchema.optional();
  },
});

/** A machine, a branch of a Parallel, or what a Map does with each item. */
export const scopeSchema = z.object({
  StartAt: z.string(),
  States: z.record(z.string(), stateSchema),
});

export type Scope = z.infer<typeof scopeSchema>;
export type State = z.infer<typeof stateSchema>;

const argumentsSchema = z.object({
  FunctionName: z.string().optional(),
  StateMachineArn: z.string().optional(),
  Payload: z.looseObject({ subject: z.unknown(), kind: z.unknown() }).partial().optional(),
});

/** What a Task passes on, as far as its diagram depends on it. */
export interface Passed {
  /** `await-payroll` for `${AwaitPayrollArn}`; undefined: it calls no function. */
  readonly called?: string;
  /** As `called`, of the machine that it starts. */
  readonly started?: string;
  /** What people are asked about. */
  readonly subject?: string;
  /** What is waited for. */
  readonly kind?: string;
}

export function passedBy({ Arguments }: State): Passed {
  const { FunctionName, StateMachineArn, Payload } = argumentsSchema.safeParse(Arguments).data ?? {};
  const [called, started] = [resourceNamed(FunctionName), resourceNamed(StateMachineArn)];
  const { subject, kind } = Payload ?? {};
  return {
    ...(called === undefined ? {} : { called }),
    ...(started === undefined ? {} : { started }),
    ...(typeof subject === 'string' ? { subject } : {}),
    ...(typeof kind === 'string' ? { kind } : {}),
  };
}

/** `approval` for `${ApprovalArn}`. */
function resourceNamed(placeholder: string | undefined): string | undefined {
  const name = /^\$\{(\w+)Arn\}$/.exec(placeholder ?? '')?.[1];
  return name?.replaceAll(/(?<=[a-z0-9])(?=[A-Z])/g, '-').toLowerCase();
}
