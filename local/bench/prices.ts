/**
 * List prices of us-east-1, on demand, without free tiers, as AWS published them in June 2025 on the price page of each
 * service: Step Functions (Standard), Lambda (arm64, first tier), DynamoDB (Standard table class), SES (mails sent), API
 * Gateway (first tiers of HTTP and REST APIs), SQS (standard queues, first tier), SNS (publishing, and mail as the
 * transport), EventBridge Scheduler (invocations: setting a schedule costs nothing).
 */
export const PRICES = {
  region: 'us-east-1',
  asOf: '2025-06',
  usdPerMillion: {
    stateTransitions: 25,
    lambdaRequests: 0.2,
    lambdaGbSeconds: 13.3334,
    dynamoWriteUnits: 0.625,
    dynamoReadUnits: 0.125,
    /** Reads of a table's stream by Lambda's own triggers: not charged. */
    dynamoStreamReadsByLambda: 0,
    sesMails: 100,
    httpApiRequests: 1,
    restApiRequests: 3.5,
    sqsRequests: 0.4,
    snsPublishes: 0.5,
    snsMails: 20,
    scheduledInvocations: 1,
  },
} as const;

/** To send a message, to receive it and to delete it. */
const REQUESTS_PER_MESSAGE = 3;

export interface Usage {
  readonly transitions: number;
  readonly invocations: { readonly count: number; readonly gbSeconds: number };
  readonly dynamo: { readonly writeUnits: number; readonly readUnits: number };
  /** Absent: the measurement leaves them out. */
  readonly around?: AroundUsage;
}

/** What brings a question to people and their answers back. */
export interface AroundUsage {
  readonly httpApiRequests: number;
  readonly restApiRequests: number;
  readonly sesMails: number;
  readonly snsMails: number;
  readonly queueMessages: number;
  /** Those that rang. */
  readonly scheduledInvocations: number;
}

/** In USD, by service and in total. */
export function listPrice({ transitions, invocations, dynamo, around }: Usage): Readonly<Record<string, number>> {
  const price = PRICES.usdPerMillion;
  const usd = {
    stepFunctions: transitions * price.stateTransitions,
    lambda: invocations.count * price.lambdaRequests + invocations.gbSeconds * price.lambdaGbSeconds,
    dynamoDb: dynamo.writeUnits * price.dynamoWriteUnits + dynamo.readUnits * price.dynamoReadUnits,
    ...(around === undefined ? {} : pricesAround(around)),
  };
  const total = Object.values(usd).reduce((sum, one) => sum + one, 0);
  return Object.fromEntries(
    Object.entries({ ...usd, total }).map(([what, millionfold]) => [what, Math.round(millionfold) / 1e6]),
  );
}

function pricesAround(around: AroundUsage) {
  const price = PRICES.usdPerMillion;
  return {
    mail: around.sesMails * price.sesMails + around.snsMails * (price.snsMails + price.snsPublishes),
    apiGateway: around.httpApiRequests * price.httpApiRequests + around.restApiRequests * price.restApiRequests,
    queues: around.queueMessages * REQUESTS_PER_MESSAGE * price.sqsRequests,
    scheduler: around.scheduledInvocations * price.scheduledInvocations,
  };
}
