/** A mismatch that comes back after it was set right and somebody decided about its case: nobody has decided about the return. */
import { readCase } from '../compliance/case-store.ts';
import { caseIdOf, type Finding } from '../compliance/domain/finding.ts';
import type { ProcessStore } from '../process/store/port.ts';

/**
 * What is found as it stands now: each return is a case of its own, which names the one before. While the case is open, and
 * after it was decided as long as nobody set the mismatch right, it is the same case.
 */
export async function asItStands(store: ProcessStore, finding: Finding): Promise<Finding> {
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
