import { describe, expect, it } from 'vitest';
import { canCall, serviceNamed } from '../../../local/step-functions/services/catalogue.ts';
import { serviceFailure } from '../../../local/step-functions/services/service-errors.ts';
import { fromAnswer, toParameters } from '../../../local/step-functions/services/service-values.ts';

const called = (name: string) => {
  const found = serviceNamed(name);
  if (found === undefined) throw new Error(`No service ${name}`);
  return found;
};

describe('a failed call', () => {
  const failed = (name: string, message: string, httpStatusCode = 400) =>
    Object.assign(new Error(message), { name, $metadata: { httpStatusCode, requestId: 'r', extendedRequestId: 'x' } });

  it.each([
    // Exceptions of the service's model keep their names; `Exception` is added where it is missing.
    ['dynamodb', 'ResourceNotFoundException', true, 'DynamoDB.ResourceNotFoundException'],
    ['aws-sdk:dynamodb', 'ResourceNotFoundException', true, 'DynamoDb.ResourceNotFoundException'],
    ['aws-sdk:dynamodb', 'ConditionalCheckFailedException', true, 'DynamoDb.ConditionalCheckFailedException'],
    ['aws-sdk:s3', 'NoSuchKey', true, 'S3.NoSuchKeyException'],
    ['aws-sdk:s3', 'NoSuchBucket', true, 'S3.NoSuchBucketException'],
    ['aws-sdk:sfn', 'InvalidToken', true, 'Sfn.InvalidTokenException'],
    ['aws-sdk:sfn', 'ExecutionAlreadyExists', true, 'Sfn.ExecutionAlreadyExistsException'],
    ['sns', 'InvalidParameterException', true, 'SNS.InvalidParameterException'],
    ['sqs', 'QueueDoesNotExist', true, 'SQS.QueueDoesNotExistException'],
    ['aws-sdk:sqs', 'QueueDoesNotExist', true, 'Sqs.QueueDoesNotExistException'],
    ['aws-sdk:secretsmanager', 'ResourceExistsException', true, 'SecretsManager.ResourceExistsException'],
    // What the model does not name is the service's general exception.
    ['dynamodb', 'ValidationException', false, 'DynamoDB.AmazonDynamoDBException'],
    ['aws-sdk:dynamodb', 'ValidationException', false, 'DynamoDb.DynamoDbException'],
    ['aws-sdk:secretsmanager', 'ValidationException', false, 'SecretsManager.SecretsManagerException'],
    ['events', 'ThrottlingException', false, 'EventBridge.AmazonEventBridgeException'],
    ['sns', 'AuthorizationError', false, 'SNS.AmazonSNSException'],
  ])('of %s with %s (in the model: %s) is %s', (service, name, known, error) => {
    expect(serviceFailure(called(service), failed(name, 'told'), () => known).error).toBe(error);
  });

  it.each([
    ['dynamodb', 'told (Service: AmazonDynamoDBv2; Status Code: 400; Error Code: Odd; Request ID: r; Proxy: null)'],
    ['sns', 'told (Service: AmazonSNS; Status Code: 400; Error Code: Odd; Request ID: r; Proxy: null)'],
    ['aws-sdk:s3', 'told (Service: S3, Status Code: 400, Request ID: r, Extended Request ID: x)'],
  ])('of %s says where it comes from', (service, cause) => {
    expect(serviceFailure(called(service), failed('Odd', 'told'), () => true).cause).toBe(cause);
  });

  it.each([
    ['sqs', 'SQS.SdkClientException'],
    ['aws-sdk:sqs', 'Sqs.SdkClientException'],
  ])('of %s that did not reach its service is %s', (service, error) => {
    expect(serviceFailure(called(service), new Error('connect refused'), () => false)).toEqual({
      error,
      cause: 'Unable to execute HTTP request: connect refused',
    });
  });
});

describe('what a service is given and gives', () => {
  it.each([
    ['sqs', { QueueUrl: 'u', MessageBody: { a: 1 } }, { QueueUrl: 'u', MessageBody: '{"a":1}' }],
    ['sqs', { MessageBody: 'plain' }, { MessageBody: 'plain' }],
    ['events', { Entries: [{ Detail: { a: 1 } }] }, { Entries: [{ Detail: '{"a":1}' }] }],
    ['aws-sdk:s3', { Key: 'k', Body: 'text' }, { Key: 'k', Body: '"text"' }],
    ['aws-sdk:sfn', { StateMachineArn: 'm', Input: { A: 1 } }, { stateMachineArn: 'm', input: '{"A":1}' }],
    ['dynamodb', { Item: { Id: { S: 'x' } } }, { Item: { Id: { S: 'x' } } }],
  ])('%s gets %j as %j', (service, args, parameters) => {
    expect(toParameters(args, called(service))).toEqual(parameters);
  });

  it.each([
    [
      'aws-sdk:sfn',
      { $metadata: {}, executionArn: 'e', startDate: new Date(0) },
      { ExecutionArn: 'e', StartDate: '1970-01-01T00:00:00.000Z' },
    ],
    ['aws-sdk:s3', { Body: { transformToString: async () => 'text' }, ETag: undefined }, { Body: 'text' }],
    ['aws-sdk:lambda', { Payload: new TextEncoder().encode('{"a":1}') }, { Payload: '{"a":1}' }],
    ['aws-sdk:dynamodb', { Item: { b: { B: new Uint8Array([1, 2]) } } }, { Item: { b: { B: 'AQI=' } } }],
  ])('%s gives %j as %j', async (service, answer, value) => {
    expect(await fromAnswer(answer, called(service))).toEqual(value);
  });
});

describe('the integrations', () => {
  it.each([
    ['sqs', 'sendMessage', 'waitForTaskToken', true],
    ['sqs', 'sendMessage', 'sync', false],
    ['sqs', 'receiveMessage', 'request', false],
    ['dynamodb', 'getItem', 'waitForTaskToken', false],
    ['dynamodb', 'query', 'request', false],
    ['aws-sdk:dynamodb', 'query', 'request', true],
    ['aws-sdk:dynamodb', 'query', 'waitForTaskToken', true],
    ['secretsmanager', 'getSecretValue', 'request', false],
    ['aws-sdk:events', 'putEvents', 'request', false],
    ['aws-sdk:unknown', 'call', 'request', false],
  ])('have %s:%s with %s: %s', (service, action, pattern, there) => {
    expect(canCall(service, action, pattern)).toBe(there);
  });
});
