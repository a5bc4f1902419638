/** A service that tasks can call through the SDK's own client. */
export interface Service {
  /** The service in the names of errors: of `aws-sdk` integrations, and of the optimised ones where there are any. */
  readonly sdkName: string;
  readonly optimised?: {
    readonly name: string;
    /** The service and its general exception as the causes and errors of optimised integrations spell them. */
    readonly service: string;
    readonly exception: string;
    readonly actions: { readonly [action: string]: readonly Pattern[] };
  };
  readonly load: () => Promise<object>;
  /** Parameters that are texts to the service, and may be any JSON in a state machine. */
  readonly texts?: readonly string[];
  /** The SDK spells this service's parameters with a small first letter; state machines never do. */
  readonly camelCase?: boolean;
}

type Pattern = 'request' | 'waitForTaskToken';

const CALLS: readonly Pattern[] = ['request'];
const CALLS_AND_TOKENS: readonly Pattern[] = ['request', 'waitForTaskToken'];

/** The services whose clients are installed, by their names in `aws-sdk:<service>:<action>`. */
const SERVICES: { readonly [name: string]: Service } = {
  cloudformation: { sdkName: 'CloudFormation', load: () => import('@aws-sdk/client-cloudformation') },
  dynamodb: {
    sdkName: 'DynamoDb',
    optimised: {
      name: 'DynamoDB',
      service: 'AmazonDynamoDBv2',
      exception: 'AmazonDynamoDBException',
      actions: { getItem: CALLS, putItem: CALLS, updateItem: CALLS, deleteItem: CALLS },
    },
    load: () => import('@aws-sdk/client-dynamodb'),
  },
  eventbridge: {
    sdkName: 'EventBridge',
    optimised: {
      name: 'EventBridge',
      service: 'AmazonEventBridge',
      exception: 'AmazonEventBridgeException',
      actions: { putEvents: CALLS_AND_TOKENS },
    },
    load: () => import('@aws-sdk/client-eventbridge'),
    texts: ['Detail'],
  },
  lambda: { sdkName: 'Lambda', load: () => import('@aws-sdk/client-lambda'), texts: ['Payload'] },
  s3: { sdkName: 'S3', load: () => import('@aws-sdk/client-s3') },
  scheduler: { sdkName: 'Scheduler', load: () => import('@aws-sdk/client-scheduler') },
  secretsmanager: { sdkName: 'SecretsManager', load: () => import('@aws-sdk/client-secrets-manager') },
  sesv2: { sdkName: 'SesV2', load: () => import('@aws-sdk/client-sesv2') },
  sfn: { sdkName: 'Sfn', load: () => import('@aws-sdk/client-sfn'), texts: ['Input', 'Output'], camelCase: true },
  sns: {
    sdkName: 'Sns',
    optimised: {
      name: 'SNS',
      service: 'AmazonSNS',
      exception: 'AmazonSNSException',
      actions: { publish: CALLS_AND_TOKENS },
    },
    load: () => import('@aws-sdk/client-sns'),
    texts: ['Message'],
  },
  sqs: {
    sdkName: 'Sqs',
    optimised: {
      name: 'SQS',
      service: 'AmazonSQS',
      exception: 'AmazonSQSException',
      actions: { sendMessage: CALLS_AND_TOKENS },
    },
    load: () => import('@aws-sdk/client-sqs'),
    texts: ['MessageBody'],
  },
};

/** Optimised integrations of a name of their own. */
const OPTIMISED_NAMES: { readonly [name: string]: string } = { events: 'eventbridge' };

/** A service as the resource of a task names it. */
export interface CalledService {
  /** Its key among the clients, for example `eventbridge`. */
  readonly name: string;
  readonly service: Service;
  readonly isOptimised: boolean;
}

/** The service in `aws-sdk:<service>` or in the name of an optimised integration; undefined when there is none. */
export function serviceNamed(resourceService: string): CalledService | undefined {
  const isOptimised = !resourceService.startsWith('aws-sdk:');
  const name = isOptimised
    ? (OPTIMISED_NAMES[resourceService] ?? resourceService)
    : resourceService.slice('aws-sdk:'.length);
  const service = Object.hasOwn(SERVICES, name) ? SERVICES[name] : undefined;
  return service === undefined || (isOptimised && service.optimised === undefined)
    ? undefined
    : { name, service, isOptimised };
}

/** Whether a task may call an action of a service in a pattern. */
export function canCall(resourceService: string, action: string, pattern: string): boolean {
  const called = serviceNamed(resourceService);
  if (called === undefined) return false;
  const patterns: readonly string[] = called.isOptimised
    ? (called.service.optimised?.actions[action] ?? [])
    : CALLS_AND_TOKENS;
  return patterns.includes(pattern);
}
