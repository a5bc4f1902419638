/**
 * What a bucket of S3 puts on a queue
 * (https://docs.aws.amazon.com/AmazonS3/latest/userguide/notification-content-structure.html).
 */
import * as z from 'zod';

/** The second shape is the test message that S3 sends when the notification is set up. */
export const bucketMessage = z.union([
  z.object({ Records: z.array(z.object({ s3: z.object({ object: z.object({ key: z.string().min(1) }) }) })) }),
  z.object({ Event: z.literal('s3:TestEvent') }),
]);

/** Keys of the files that have arrived. S3 writes them as a form of HTML would. */
export function arrivedKeys(message: z.infer<typeof bucketMessage>): readonly string[] {
  return 'Records' in message
    ? message.Records.map(({ s3 }) => decodeURIComponent(s3.object.key.replaceAll('+', ' ')))
    : [];
}
