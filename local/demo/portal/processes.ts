/** Reads the processes from the tables of the deployed installation. */
import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import * as z from 'zod';
import { recordUrl } from '../../../functions/audit/read-key.ts';
import type { ProcessHead } from '../../../functions/process/domain/process.ts';
import { PROCESS_KIND } from '../../../functions/procurement/domain/purchase.ts';
import { clientOptions } from '../../cloud/aws.ts';
import { type LocalCloud, output } from '../../cloud/start.ts';
import { withStore } from './tables.ts';

/** A process with the address of its own page. */
export interface ListedProcess {
  readonly head: ProcessHead;
  readonly recordUrl: string;
}

const secretSchema = z.object({ recordKey: z.string() });

/** Newest first. */
export async function listProcesses(cloud: LocalCloud, limit: number): Promise<readonly ListedProcess[]> {
  const { endpoint, outputs, pagesUrl } = cloud;
  // A client of its own: the emulator is slow on connections that are used again.
  const secrets = new SecretsManagerClient(clientOptions(endpoint));
  try {
    const newest = { order: 'newest-first', limit } as const;
    const [[running, ended], secret] = await Promise.all([
      withStore(cloud, (store) =>
        Promise.all([
          store.listByTime<ProcessHead>('processes', newest),
          store.listByTime<ProcessHead>('ended-processes', newest),
        ]),
      ),
      secrets.send(new GetSecretValueCommand({ SecretId: output(outputs, 'RecordKeyArn') })),
    ]);
    const { recordKey } = secretSchema.parse(JSON.parse(secret.SecretString ?? '{}'));
    // Leaves and changes of the directory have records as well, and no process to be seen.
    const purchases = [...running, ...ended]
      .map(({ value }) => value)
      .filter(({ kind }) => kind === PROCESS_KIND)
      .sort((one, other) => other.startedAt.localeCompare(one.startedAt))
      .slice(0, limit);
    return purchases.map((head) => ({ head, recordUrl: recordUrl(pagesUrl, recordKey, head.processId) }));
  } finally {
    secrets.destroy();
  }
}
