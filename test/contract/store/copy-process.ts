/** A process that was played in memory, as it stands, in DynamoDB of the local cloud. */
import { readLink } from '../../../functions/approvals/links.ts';
import { headKey } from '../../../functions/process/keys.ts';
import type { ProcessStore } from '../../../functions/process/store/port.ts';

/** @param secrets - of the links that lead to it there as well */
export async function copyProcess(
  from: ProcessStore,
  to: ProcessStore,
  processId: string,
  secrets: readonly string[],
): Promise<void> {
  const items = [
    ...(await from.list<object>(headKey(processId).partition, '')),
    ...(await Promise.all(secrets.map((secret) => readLink(from, secret)))).filter((item) => item !== undefined),
  ];
  await to.commit({
    entries: await from.readRecord(processId),
    personal: await from.readPersonal(processId),
    changes: items.map(({ key, value }) => ({ kind: 'create' as const, key, value })),
  });
}
