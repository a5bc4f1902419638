/** What a state machine's role must be allowed, read from its definition: CDK gives a machine from a file nothing. */

/** A permission whose resources may still hold placeholders such as `${OpenLevelArn}`. */
export interface NeededPermission {
  readonly actions: readonly string[];
  readonly resources: readonly string[];
}

/** The parts of a definition in Amazon States Language that matter here. */
export interface Definition {
  readonly States: Readonly<Record<string, State>>;
}

interface State {
  readonly Type: string;
  readonly Resource?: string;
  readonly Arguments?: Readonly<Record<string, unknown>>;
  readonly Branches?: readonly Definition[];
  readonly ItemProcessor?: Definition & { readonly ProcessorConfig?: { readonly Mode?: string } };
  readonly ItemReader?: ObjectAccess;
  readonly ResultWriter?: ObjectAccess;
}

/** Where a distributed Map reads its items, or writes its results. */
interface ObjectAccess {
  readonly Resource?: string;
  readonly Arguments?: Readonly<Record<string, unknown>>;
}

/** Stands, in the resources, for the managed rule by which Step Functions hears that a child execution has ended. */
export const CHILD_EVENTS_RULE = 'StepFunctionsGetEventsForStepFunctionsExecutionRule';

/** Stands for the machine itself, whose child executions are the items of a distributed Map. */
export const OWN_MACHINE = 'own-machine';
/** Stands for the machine's own executions. */
export const OWN_EXECUTIONS = 'own-executions';
/** Stands for the executions of the items of its distributed Maps. */
export const OWN_ITEMS = 'own-items';

/**
 * Sorted and without repetitions. A child machine's executions stand as `<its placeholder>:executions`,
 * the objects of a bucket as `<its placeholder>:objects`.
 * @throws Error for a state whose integration is not known here: its permission must be thought about first.
 */
export function neededPermissions(definition: Definition): readonly NeededPermission[] {
  const needed = statesOf(definition).flatMap(([name, state]) => {
    switch (state.Type) {
      case 'Task':
        return ofTask(name, state);
      case 'Map':
        return ofMap(name, state);
      default:
        return [];
    }
  });
  const unique = new Map(needed.map((permission) => [JSON.stringify(permission), permission]));
  return [...unique.keys()].sort().flatMap((key) => unique.get(key) ?? []);
}

/** Names between `${` and `}` of a definition's text. */
export function placeholders(text: string): readonly string[] {
  return [...new Set([...text.matchAll(/\$\{(\w+)\}/g)].flatMap(([, name]) => name ?? []))].sort();
}

function statesOf({ States }: Definition): readonly (readonly [string, State])[] {
  return Object.entries(States).flatMap(([name, state]) => [
    [name, state] as const,
    ...(state.Branches ?? []).flatMap(statesOf),
    ...(state.ItemProcessor === undefined ? [] : statesOf(state.ItemProcessor)),
  ]);
}

function ofTask(name: string, { Resource, Arguments }: State): readonly NeededPermission[] {
  switch (Resource) {
    case 'arn:aws:states:::lambda:invoke':
    case 'arn:aws:states:::lambda:invoke.waitForTaskToken':
      return [{ actions: ['lambda:InvokeFunction'], resources: [target(name, Arguments?.FunctionName)] }];
    case 'arn:aws:states:::states:startExecution.sync:2': {
      const machine = target(name, Arguments?.StateMachineArn);
      return [
        { actions: ['states:StartExecution'], resources: [machine] },
        { actions: ['states:DescribeExecution', 'states:StopExecution'], resources: [`${machine}:executions`] },
        { actions: ['events:PutTargets', 'events:PutRule', 'events:DescribeRule'], resources: [CHILD_EVENTS_RULE] },
      ];
    }
    default:
      throw new Error(`state ${name}: no permission is known for ${Resource}`);
  }
}

/** https://docs.aws.amazon.com/step-functions/latest/dg/iam-policies-eg-dist-map.html */
function ofMap(name: string, { ItemProcessor, ItemReader, ResultWriter }: State): readonly NeededPermission[] {
  if (ItemProcessor?.ProcessorConfig?.Mode !== 'DISTRIBUTED') {
    return [];
  }
  return [
    { actions: ['states:StartExecution'], resources: [OWN_MACHINE] },
    { actions: ['states:DescribeExecution', 'states:StopExecution'], resources: [OWN_EXECUTIONS] },
    // A month has one run: one that was aborted goes on by a redrive, and its Map with it.
    { actions: ['states:RedriveExecution'], resources: [OWN_ITEMS] },
    ...ofObjects(name, ItemReader, 'arn:aws:states:::s3:getObject', ['s3:GetObject']),
    ...ofObjects(name, ResultWriter, 'arn:aws:states:::s3:putObject', [
      's3:PutObject',
      's3:GetObject',
      's3:ListMultipartUploadParts',
      's3:AbortMultipartUpload',
    ]),
  ];
}

function ofObjects(
  name: string,
  access: ObjectAccess | undefined,
  known: string,
  actions: readonly string[],
): readonly NeededPermission[] {
  if (access === undefined) {
    return [];
  }
  if (access.Resource !== known) {
    throw new Error(`state ${name}: no permission is known for ${access.Resource}`);
  }
  return [{ actions, resources: [`${target(name, access.Arguments?.Bucket)}:objects`] }];
}

function target(name: string, value: unknown): string {
  if (typeof value !== 'string' || !/^\$\{\w+\}$/.test(value)) {
    throw new Error(`state ${name}: what it calls must be one placeholder, not ${JSON.stringify(value)}`);
  }
  return value;
}
