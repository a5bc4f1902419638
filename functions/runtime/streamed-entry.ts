/** An entry of the record as the table's stream tells of it. */
import type { DynamoDBRecord } from 'aws-lambda';
import type { RecordEntry } from '../audit/domain/record.ts';
import { type Attributes, recordEntry } from '../process/store/dynamodb/attributes.ts';

/** Nothing for what is no new entry. */
export function streamedEntry({ eventName, dynamodb }: DynamoDBRecord): readonly RecordEntry[] {
  const image = dynamodb?.NewImage;
  return eventName === 'INSERT' && image !== undefined ? [recordEntry(image as Attributes)] : [];
}
