/** Asks of a document of the ERP which approved process made it, and of a payment whether its supplier's account is to be trusted. */

import { type OpenCaseDeps, openCases } from '../compliance/open-case.ts';
import { readHead } from '../process/update-process.ts';
import { type KeyedProcess, processIdOfKey, unknownDocument } from './domain/unknown-document.ts';
import type { BooksMessage } from './message.ts';
import { type BooksQueue, SECOND_LOOK_SECONDS } from './port.ts';
import { type AccountDeps, accountsOfPayment } from './trust-accounts.ts';

export interface JudgeDeps extends OpenCaseDeps, AccountDeps {
  readonly queue: BooksQueue;
}

type DocumentMessage = Extract<BooksMessage, { kind: 'document' }>;

/** What no process is known of is looked at once more: the answer that tells the process of it may be on its way. */
export async function judgeDocument(
  deps: JudgeDeps,
  { document, isSecond }: DocumentMessage,
): Promise<{ readonly found: number; readonly opened: number }> {
  const paid = await processesOf(deps, document.about);
  const unknown = unknownDocument(document, await processOf(deps, document.key), paid);
  const isToWait = unknown !== undefined && !isSecond;
  if (isToWait) {
    const detail: DocumentMessage = { kind: 'document', document, isSecond: true };
    await deps.queue.send([{ detail, delaySeconds: SECOND_LOOK_SECONDS }]);
  }
  const changed = document.section === 'payments' ? await accountsOfPayment(deps, document, paid) : [];
  const findings = [...(unknown === undefined || isToWait ? [] : [unknown]), ...changed];
  const opened = await openCases(deps, findings);
  return { found: findings.length + (isToWait ? 1 : 0), opened };
}

/** Undefined: the key is of none, or of one that there is not. */
async function processOf({ store }: JudgeDeps, key: string): Promise<KeyedProcess | undefined> {
  const processId = processIdOfKey(key);
  const head = processId === undefined ? undefined : await readHead(store, processId);
  return head === undefined
    ? undefined
    : {
        processId: head.processId,
        isEnded: head.status === 'ended',
        entries: await store.readRecord(head.processId),
      };
}

/** Processes that there are, of the keys of other documents. */
async function processesOf({ store }: JudgeDeps, keys: readonly string[]): Promise<readonly string[]> {
  const ids = new Set(keys.flatMap((key) => processIdOfKey(key) ?? []));
  const heads = await Promise.all([...ids].map((processId) => readHead(store, processId)));
  return heads.flatMap((head) => head?.processId ?? []);
}
