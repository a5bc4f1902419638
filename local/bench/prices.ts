/**
 * List prices of us-east-1, on demand, without free tiers, as AWS published them in June 2025: Step Functions (Standard),
 * Lambda (arm64, first tier), DynamoDB (Standard table class).
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
  },
} as const;

export interface Usage {
  readonly transitions: number;
  readonly invocations: { readonly count: number; readonly gbSeconds: number };
  readonly dynamo: { readonly writeUnits: number; readonly readUnits: number };
}

/** In USD, by service and in total. */
export function listPrice({ transitions, invocations, dynamo }: Usage): Readonly<Record<string, number>> {
  const price = PRICES.usdPerMillion;
  const usd = {
    stepFunctions: transitions * price.stateTransitions,
    lambda: invocations.count * price.lambdaRequests + invocations.gbSeconds * price.lambdaGbSeconds,
    dynamoDb: dynamo.writeUnits * price.dynamoWriteUnits + dynamo.readUnits * price.dynamoReadUnits,
  };
  const total = usd.stepFunctions + usd.lambda + usd.dynamoDb;
  return Object.fromEntries(
    Object.entries({ ...usd, total }).map(([what, millionfold]) => [what, Math.round(millionfold) / 1e6]),
  );
}
