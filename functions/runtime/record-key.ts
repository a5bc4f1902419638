/** The key behind the read links of records. */
import * as z from 'zod';
import type { recordLinkEnvironment } from './environment.ts';
import { readSecret } from './secrets.ts';

const recordKeySchema = z.object({ recordKey: z.string().min(32) });

export async function recordKey(environment: z.infer<typeof recordLinkEnvironment>): Promise<string> {
  return (await readSecret(environment.RECORD_KEY_ARN, recordKeySchema)).recordKey;
}
