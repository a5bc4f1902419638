/** What becomes of mismatches: cases of those that were seen twice, and a note on the case whose mismatch is gone. */
import { commandCase, readCase } from '../compliance/case-store.ts';
import { caseIdOf, type Finding } from '../compliance/domain/finding.ts';
import { type OpenCaseDeps, openCases } from '../compliance/open-case.ts';
import { reconciledKey } from '../process/keys.ts';
import type { ProcessStore, WorkChange } from '../process/store/port.ts';
import { findingOf, type Mismatch } from './domain/mismatch.ts';

/** One look at a process, or at one employee of a run of payroll. */
export interface Look {
  readonly processId: string;
  readonly employeeId?: string;
  readonly mismatches: readonly Mismatch[];
  /** Those that an earlier look did not see. */
  readonly fresh: readonly Mismatch[];
  /** False: not all could be compared, and what was not seen may stand all the same. */
  readonly isComplete: boolean;
}

/**
 * Idempotent.
 * @returns how many cases were opened
 * @throws ConcurrencyError when another look at the same wrote first: the message comes back, and what is noted twice is once.
 */
export async function openMismatches(deps: OpenCaseDeps, look: Look): Promise<number> {
  const standing = await Promise.all(
    look.mismatches.map(async (mismatch) => ({
      finding: await asItStands(deps.store, findingOf(look.processId, mismatch)),
      isSure: !look.fresh.includes(mismatch),
    })),
  );
  const sure = standing.filter(({ isSure }) => isSure).map(({ finding }) => finding);
  const opened = await openCases(deps, sure);
  await noteMended(deps, look, {
    opened: sure.map(caseIdOf),
    standing: standing.map(({ finding }) => caseIdOf(finding)),
  });
  return opened;
}

/**
 * What is found as it stands now: that which returns after it was set right and somebody decided is a case of its own, which
 * names the one before. While the case is open, and after the decision as long as nobody set it right, it is the same case.
 */
async function asItStands(store: ProcessStore, finding: Finding): Promise<Finding> {
  let standing = finding;
  for (let returns = 1; await isOver(store, standing); returns += 1) {
    const facts = { ...finding.facts, earlierCase: caseIdOf(standing) };
    standing = { ...finding, subject: `${finding.subject}#${returns}`, facts };
  }
  return standing;
}

async function isOver(store: ProcessStore, finding: Finding): Promise<boolean> {
  const state = await readCase(store, caseIdOf(finding));
  return state?.decision !== undefined && state.isMended === true;
}

/** Which cases there are stands beside the process, so that the one that is mended is found. */
async function noteMended(
  deps: OpenCaseDeps,
  { processId, employeeId, isComplete }: Look,
  { opened, standing }: { readonly opened: readonly string[]; readonly standing: readonly string[] },
): Promise<void> {
  const key = reconciledKey(processId, employeeId);
  const item = await deps.store.read<{ cases: readonly string[] }>(key);
  const known = item?.value.cases ?? [];
  const mended = isComplete ? known.filter((caseId) => !standing.includes(caseId)) : [];
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
