/** What waits for an operator, and what an operator may do about it. Pure. */

/** Names that stand in the record and in the tool's commands for good. */
export const OPERATOR_ACTIONS = ['retry', 'skip', 'cancel', 'redrive', 'send-again'] as const;
export type OperatorAction = (typeof OPERATOR_ACTIONS)[number];

/** One thing that waits. */
export type TroubleRef =
  /** A step that failed: its process asks the operators how to go on. */
  | { readonly kind: 'question'; readonly processId: string; readonly approvalId: string }
  /** An execution that ended badly where nobody could be asked. `executionId`: its ARN. */
  | { readonly kind: 'execution'; readonly executionId: string }
  /** A message that the OA refused. */
  | { readonly kind: 'message'; readonly processId: string; readonly effectId: string };

/** Why something waits. Without personal values as far as {@link plainCause} can tell. */
export interface Cause {
  /** State of the machine that failed; absent: not known, or it is no step. */
  readonly step?: string;
  /** Name of the error, such as `ConnectorPermanentError`. */
  readonly error: string;
  readonly message: string;
}

export interface Trouble {
  readonly ref: TroubleRef;
  /** Absent: it failed before there was a process. */
  readonly processId?: string;
  /** What it is about, in a few words. */
  readonly title: string;
  /** ISO 8601 in UTC. */
  readonly since: string;
  readonly cause: Cause;
  /** In the order in which they are offered; empty: nothing can be done about it from here, and `cause` says why. */
  readonly actions: readonly OperatorAction[];
}

const REASON_NEEDED: ReadonlySet<OperatorAction> = new Set(['skip', 'cancel']);

/** Whether the action counts only with a reason. */
export function needsReason(action: OperatorAction): boolean {
  return REASON_NEEDED.has(action);
}

export function isOperatorAction(text: string): text is OperatorAction {
  return OPERATOR_ACTIONS.some((action) => action === text);
}

/** The reference as text, for forms and for the tool. */
export function troubleText(ref: TroubleRef): string {
  switch (ref.kind) {
    case 'question':
      return `question/${ref.processId}/${ref.approvalId}`;
    case 'execution':
      return `execution/${ref.executionId}`;
    case 'message':
      return `message/${ref.processId}/${ref.effectId}`;
  }
}

const ID = /^[A-Za-z0-9][A-Za-z0-9._-]{0,199}$/;
const EXECUTION = /^arn:[a-z-]+:states:[a-z0-9-]+:\d{12}:execution:[A-Za-z0-9_-]{1,80}:[^\s/]{1,200}$/;

/** Undefined: it is no reference. */
export function parseTrouble(text: string): TroubleRef | undefined {
  const [kind = '', ...rest] = text.split('/');
  const [first = '', second = '', ...others] = rest;
  if (kind === 'execution') {
    return EXECUTION.test(rest.join('/')) ? { kind, executionId: first } : undefined;
  }
  if (!ID.test(first) || !ID.test(second) || others.length > 0) {
    return undefined;
  }
  switch (kind) {
    case 'question':
      return { kind, processId: first, approvalId: second };
    case 'message':
      return { kind, processId: first, effectId: second };
    default:
      return undefined;
  }
}
