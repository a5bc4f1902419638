/** The event log in Amazon S3. */
import { PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import { ConnectorTransientError } from '../../runtime/errors.ts';
import type { EventLogFiles } from '../port.ts';

/** Folder of the log within its bucket; results of queries lie beside it. */
const FOLDER = 'events/';

export function s3EventLog(client: S3Client, bucket: string): EventLogFiles {
  return {
    async write(name, content) {
      const command = new PutObjectCommand({
        Bucket: bucket,
        Key: `${FOLDER}${name}`,
        Body: content,
        ContentType: 'application/x-ndjson',
        ContentEncoding: 'gzip',
      });
      try {
        await client.send(command);
      } catch (cause) {
        throw new ConnectorTransientError('the event log could not be written', { cause });
      }
    },
  };
}
