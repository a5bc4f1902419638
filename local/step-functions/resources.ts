import type { JsonObject } from './json.ts';

/** What the `Resource` of a task means. */
export interface Resource {
  /** `function` is a Lambda ARN, `activity` an activity's ARN, `service` an integration. */
  readonly kind: 'function' | 'activity' | 'service';
  /** For example `lambda`, `states`, `sqs`, `aws-sdk:s3`. */
  readonly service: string;
  /** For example `invoke`; for a function its ARN. */
  readonly action: string;
  readonly pattern: 'request' | 'sync' | 'sync:2' | 'waitForTaskToken';
}

/** Reads a Resource ARN; throws when it is none that Step Functions knows. */
export function resourceOf(arn: string): Resource {
  if (/^arn:[^:]*:lambda:[^:]*:[^:]*:function:.+$/.test(arn)) {
    return { kind: 'function', service: 'lambda', action: arn, pattern: 'request' };
  }
  if (/^arn:[^:]*:states:[^:]*:[^:]*:activity:.+$/.test(arn)) {
    return { kind: 'activity', service: 'activity', action: arn, pattern: 'request' };
  }
  const integration =
    /^arn:[^:]*:states:[^:]*:[^:]*:(?<service>aws-sdk:[^:.]+|[^:.]+):(?<action>[^:.]+)(?:\.(?<pattern>sync|sync:2|waitForTaskToken))?$/.exec(
      arn,
    )?.groups;
  if (integration === undefined) throw new Error(`The resource '${arn}' is not an ARN of a task`);
  return {
    kind: 'service',
    service: integration.service ?? '',
    action: integration.action ?? '',
    pattern: (integration.pattern ?? 'request') as Resource['pattern'],
  };
}

type Phase =
  | 'Scheduled'
  | 'ScheduleFailed'
  | 'Started'
  | 'StartFailed'
  | 'Submitted'
  | 'SubmitFailed'
  | 'Succeeded'
  | 'Failed'
  | 'TimedOut';

/** The history event type of a phase of a task. */
export function taskEventType(resource: Resource, phase: Phase): string {
  if (resource.kind === 'function') return `LambdaFunction${phase}`;
  return resource.kind === 'activity' ? `Activity${phase}` : `Task${phase}`;
}

/** The details that name the resource; a function's ARN is given once, when it is scheduled. */
export function taskEventFields(resource: Resource, phase: Phase): JsonObject {
  if (resource.kind !== 'service') return phase === 'Scheduled' ? { resource: resource.action } : {};
  const suffix = resource.pattern === 'request' ? '' : `.${resource.pattern}`;
  return { resourceType: resource.service, resource: `${resource.action}${suffix}` };
}
