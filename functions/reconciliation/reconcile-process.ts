/** Compares what the record of a process says with what the ERP has of it. What differs at two looks becomes cases. */
import { commandCase } from '../compliance/case-store.ts';
import { caseIdOf } from '../compliance/domain/finding.ts';
import { type OpenCaseDeps, openCases } from '../compliance/open-case.ts';
import { reconciledKey } from '../process/keys.ts';
import type { WorkChange } from '../process/store/port.ts';
import { digestOf, findingOf } from './domain/mismatch.ts';
import type { BooksMessage } from './message.ts';
import { type BooksQueue, SECOND_LOOK_SECONDS } from './port.ts';
import { type MismatchDeps, readMismatches } from './read-mismatches.ts';
import { asItStands } from './returned-mismatch.ts';

export interface ReconcileDeps extends OpenCaseDeps, MismatchDeps {
  readonly queue: BooksQueue;
}

type ProcessMessage = Extract<BooksMessage, { kind: 'process' }>;

/**
 * Idempotent. What a first look finds is looked at once more, since the process may just be hearing of it; what is seen again,
 * the same in every value, is opened as a case. A case whose mismatch is gone gets a note; what returns after somebody decided is
 * another case.
 */
export async function reconcileProcess(
  deps: ReconcileDeps,
  { processId, seen }: ProcessMessage,
): Promise<{ readonly found: number; readonly opened: number }> {
  const mismatches = await readMismatches(deps, processId);
  if (mismatches === undefined) {
    return { found: 0, opened: 0 };
  }
  const fresh = mismatches.filter((mismatch) => !seen.includes(digestOf(mismatch)));
  if (fresh.length > 0) {
    const detail: ProcessMessage = { kind: 'process', processId, seen: mismatches.map(digestOf) };
    await deps.queue.send([{ detail, delaySeconds: SECOND_LOOK_SECONDS }]);
  }
  const standing = await Promise.all(
    mismatches.map(async (one) => ({
      finding: await asItStands(deps.store, findingOf(processId, one)),
      isSure: !fresh.includes(one),
    })),
  );
  const sure = standing.filter(({ isSure }) => isSure).map(({ finding }) => finding);
  const opened = await openCases(deps, sure);
  await noteMended(deps, processId, {
    opened: sure.map(caseIdOf),
    standing: standing.map(({ finding }) => caseIdOf(finding)),
  });
  return { found: mismatches.length, opened };
}

/**
 * Which cases there are about the process stands beside it, so that the one that is mended is found.
 * @throws ConcurrencyError when another look at the process wrote first: the message comes back, and what is noted twice is once.
 */
async function noteMended(
  deps: ReconcileDeps,
  processId: string,
  { opened, standing }: { readonly opened: readonly string[]; readonly standing: readonly string[] },
): Promise<void> {
  const key = reconciledKey(processId);
  const item = await deps.store.read<{ cases: readonly string[] }>(key);
  const known = item?.value.cases ?? [];
  const mended = known.filter((caseId) => !standing.includes(caseId));
  for (const caseId of mended) {
    await commandCase(deps, caseId, { kind: 'mended' });
  }
  const cases = [...new Set([...known.filter((caseId) => !mended.includes(caseId)), ...opened])];
  if (mended.length > 0 || cases.length > known.length) {
    const value = { cases };
    const change: WorkChange =
      item === undefined ? { kind: 'create', key, value } : { kind: 'replace', key, ifVersion: item.version, value };
    await deps.store.commit({ entries: [], personal: [], changes: [change] });
  }
}
