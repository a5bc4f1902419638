import { Duration } from 'aws-cdk-lib';
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Architecture, Code, Function as LambdaFunction, Runtime, Tracing } from 'aws-cdk-lib/aws-lambda';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import type * as z from 'zod';
import { acknowledgeAnyResource } from '../nag-reasons.ts';
import type { Setting } from './setting.ts';

/** Seconds that a function may take, and MB of memory, which on Lambda is also its share of a processor. */
export const TASK_SECONDS = 30;
const MEMORY_MB = 512;

interface TaskFunctionProps<Schema extends z.ZodType> {
  readonly setting: Setting;
  /** What the handler's `<name>.env.ts` asks for: a variable that is missing does not compile. */
  readonly environment: z.input<Schema> & Readonly<Record<string, string>>;
  /** Default {@link TASK_SECONDS}. */
  readonly timeoutSeconds?: number;
  /** Default {@link MEMORY_MB}. */
  readonly memoryMb?: number;
}

/**
 * One function of Meridian: its bundle, a role of its own that may write its own log and nothing else until it is
 * granted more, tracing, and a log group that ends with the company's retention. The construct's id is the bundle's name.
 */
export class TaskFunction<Schema extends z.ZodType> extends Construct {
  readonly lambda: LambdaFunction;
  readonly role: Role;
  /** Name of the bundle. */
  readonly bundle: string;

  constructor(
    scope: Construct,
    bundle: string,
    { setting, environment, timeoutSeconds, memoryMb }: TaskFunctionProps<Schema>,
  ) {
    super(scope, bundle);
    const functionName = `${setting.stackName}-${bundle}`;
    const { folder } = setting.bundles.get(bundle) ?? {};
    if (folder === undefined) {
      throw new Error(`there is no functions/**/${bundle}.handler.ts`);
    }
    const logGroup = new LogGroup(this, 'Log', {
      logGroupName: `/aws/lambda/${functionName}`,
      retention: setting.logRetention,
      removalPolicy: setting.removalPolicy,
    });
    this.bundle = bundle;
    this.role = new Role(this, 'Role', { assumedBy: new ServicePrincipal('lambda.amazonaws.com') });
    logGroup.grantWrite(this.role);
    this.lambda = new LambdaFunction(this, 'Function', {
      functionName,
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      handler: 'index.handler',
      code: Code.fromAsset(folder),
      role: this.role,
      logGroup,
      tracing: Tracing.ACTIVE,
      memorySize: memoryMb ?? MEMORY_MB,
      timeout: Duration.seconds(timeoutSeconds ?? TASK_SECONDS),
      environment: { ...environment, POWERTOOLS_SERVICE_NAME: setting.stackName, ...setting.ambient },
    });
    acknowledgeAnyResource(this.role);
  }

  /** Allows the function's role `actions` on exactly these resources. */
  allow(actions: readonly string[], ...resources: readonly string[]): void {
    this.role.addToPolicy(new PolicyStatement({ actions: [...actions], resources: [...resources] }));
  }
}
