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
