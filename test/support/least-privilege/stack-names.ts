/** How the resources of a template are called where it is deployed, and its expressions with these names in their places. */
import {
  CloudFormationClient,
  type ListStackResourcesCommandOutput,
  paginateListStackResources,
} from '@aws-sdk/client-cloudformation';
import { DescribeTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DescribeSecretCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import * as z from 'zod';
import { ACCOUNT_ID, clientOptions, REGION } from '../../../local/cloud/aws.ts';
import type { Synthesized } from '../../infra/synthesize.ts';

export interface StackNames {
  /** What `Ref` of a resource gives. */
  ref(logicalId: string): string;
  /** ARN of the stream of a table. */
  streamOf(logicalId: string): string;
}

export interface DeployedNames extends StackNames {
  /** ARN of a secret that functions ask for by its name. */
  secretArn(id: string): string;
}

const ARN_OF: Readonly<Record<string, (ref: string) => string>> = {
  'AWS::DynamoDB::Table': (name) => regional('dynamodb', `table/${name}`),
  'AWS::Events::EventBus': (name) => regional('events', `event-bus/${name}`),
  'AWS::Events::Rule': (name) => regional('events', `rule/${name}`),
  'AWS::IAM::Role': (name) => `arn:aws:iam::${ACCOUNT_ID}:role/${name}`,
  'AWS::KMS::Key': (id) => regional('kms', `key/${id}`),
  'AWS::Lambda::Function': (name) => regional('lambda', `function:${name}`),
  'AWS::Logs::LogGroup': (name) => regional('logs', `log-group:${name}:*`),
  'AWS::S3::Bucket': (name) => `arn:aws:s3:::${name}`,
  'AWS::SQS::Queue': (url) => regional('sqs', url.replace(/^.*\//, '')),
};

const PSEUDO: Readonly<Record<string, string>> = {
  'AWS::Partition': 'aws',
  'AWS::Region': REGION,
  'AWS::AccountId': ACCOUNT_ID,
};

const refSchema = z.strictObject({ Ref: z.string() });
const attributeSchema = z.strictObject({ 'Fn::GetAtt': z.tuple([z.string(), z.string()]) });
const joinSchema = z.strictObject({ 'Fn::Join': z.tuple([z.string(), z.array(z.unknown())]) });

/**
 * A value of a template with names in the places of its expressions.
 * @throws Error for an expression or an attribute that no policy of the stack has used before.
 */
export function resolved(template: Synthesized, names: StackNames, value: unknown): unknown {
  if (Array.isArray(value)) return value.map((one) => resolved(template, names, one));
  if (typeof value !== 'object' || value === null) return value;
  const ref = refSchema.safeParse(value).data;
  if (ref !== undefined) return PSEUDO[ref.Ref] ?? names.ref(ref.Ref);
  const attribute = attributeSchema.safeParse(value).data;
  if (attribute !== undefined) return attributeOf(template, names, ...attribute['Fn::GetAtt']);
  const join = joinSchema.safeParse(value).data;
  if (join !== undefined) {
    const [separator, parts] = join['Fn::Join'];
    return parts.map((part) => resolved(template, names, part)).join(separator);
  }
  const [unknown] = Object.keys(value).filter((key) => key.startsWith('Fn::'));
  if (unknown !== undefined) throw new Error(`${unknown} is not known here: ${JSON.stringify(value)}`);
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, resolved(template, names, one)]));
}

function attributeOf(template: Synthesized, names: StackNames, logicalId: string, attribute: string): string {
  const type = template.resources[logicalId]?.Type ?? 'nothing';
  if (type === 'AWS::DynamoDB::Table' && attribute === 'StreamArn') return names.streamOf(logicalId);
  const arnOf = ARN_OF[type];
  if (arnOf === undefined || attribute !== 'Arn') throw new Error(`${attribute} of ${type} is not known here`);
  return arnOf(names.ref(logicalId));
}

function regional(service: string, resource: string): string {
  return `arn:aws:${service}:${REGION}:${ACCOUNT_ID}:${resource}`;
}

/** Names as the local cloud gave them. A resource keeps its logical id in every stage of the same stack. */
export async function deployedNames(endpoint: string, stackName: string): Promise<DeployedNames> {
  const client = new CloudFormationClient(clientOptions(endpoint));
  const refs = new Map<string, string>();
  const streams = new Map<string, string>();
  const secrets = new Map<string, string>();
  const stacks = [stackName];
  for (const StackName of stacks) {
    for await (const page of paginateListStackResources({ client }, { StackName })) {
      stacks.push(...nestedIn(page));
      for (const {
        LogicalResourceId: id = '',
        PhysicalResourceId: name = '',
        ResourceType: type,
      } of page.StackResourceSummaries ?? []) {
        refs.set(id, name);
        if (type === 'AWS::DynamoDB::Table') streams.set(id, await streamArn(endpoint, name));
        if (type === 'AWS::SecretsManager::Secret') {
          secrets.set(name, await secretArn(endpoint, name));
          refs.set(id, secrets.get(name) ?? name);
        }
      }
    }
  }
  const find = (map: ReadonlyMap<string, string>, id: string): string => {
    const found = map.get(id);
    if (found === undefined) throw new Error(`the local cloud has no ${id}`);
    return found;
  };
  return { ref: (id) => find(refs, id), streamOf: (id) => find(streams, id), secretArn: (id) => secrets.get(id) ?? id };
}

/** Stacks within a stack, by what names them. */
function nestedIn({ StackResourceSummaries = [] }: ListStackResourcesCommandOutput): readonly string[] {
  return StackResourceSummaries.flatMap(({ ResourceType: type, PhysicalResourceId: name = '' }) =>
    type === 'AWS::CloudFormation::Stack' ? [name] : [],
  );
}

/** On AWS the name of a secret in a stack is its ARN; the emulator gives the name alone. */
async function secretArn(endpoint: string, name: string): Promise<string> {
  const secrets = new SecretsManagerClient(clientOptions(endpoint));
  return (await secrets.send(new DescribeSecretCommand({ SecretId: name }))).ARN ?? '';
}

async function streamArn(endpoint: string, name: string): Promise<string> {
  const tables = new DynamoDBClient(clientOptions(endpoint));
  return (await tables.send(new DescribeTableCommand({ TableName: name }))).Table?.LatestStreamArn ?? '';
}
