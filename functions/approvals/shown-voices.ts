/** What people said about what is decided: decisions and remarks with names and words, of this version and of those before. */
import type { PersonalValues } from '../audit/domain/record.ts';
import type { Directory } from '../directory/port.ts';
import { type ApprovalState, type Decision, levelAt } from './domain/approval-state.ts';
import { nameOf } from './shown-attachments.ts';

export interface EarlierDecision {
  readonly levelName: string;
  readonly by: string;
  /** Name of whose task it was by the rules, where somebody else decided it. */
  readonly onBehalfOf?: string;
  readonly action: string;
  readonly at: string;
  readonly comment: string;
  /** It counts no more. */
  readonly isVoid: boolean;
  /** The earlier version about which it was decided. */
  readonly keptFrom?: number;
}

/** About an earlier version; `isVoid`: it did not count about that one either, in the end. */
export interface SaidBefore extends EarlierDecision {
  readonly version: number;
}

/** The words that stand with an entry; empty: there are none, or they were erased. */
export function commentOf(personal: readonly PersonalValues[], entry: number | undefined): string {
  return personal.find(({ sequence }) => sequence === entry)?.values.comment ?? '';
}

/** Decisions and remarks, oldest first. */
export async function describeVoices(
  directory: Directory,
  { plan, decisions, remarks }: Pick<ApprovalState, 'plan' | 'decisions' | 'remarks'>,
  personal: readonly PersonalValues[],
) {
  const all = [
    ...decisions.map((decision) => ({ ...decision, isVoid: decision.voided !== undefined })),
    ...remarks.map((remark) => ({ ...remark, action: remark.kind, isVoid: false })),
  ].toSorted((one, other) => one.at.localeCompare(other.at));
  return Promise.all(
    all.map(async (voice) => ({
      ...voice,
      levelName: levelAt(plan, voice.level).name,
      by: await nameOf(directory, voice.employeeId),
      ...('onBehalfOf' in voice ? { onBehalfOf: await nameOf(directory, voice.onBehalfOf) } : {}),
      comment: commentOf(personal, voice.sequence),
    })),
  );
}

/** As {@link describeVoices}, of the versions before; what stands for this one is among its own. */
export async function describeEarlier(
  directory: Directory,
  { decisions: now }: Pick<ApprovalState, 'decisions'>,
  earlier: readonly ApprovalState[],
  personal: readonly PersonalValues[],
): Promise<readonly SaidBefore[]> {
  const all = await Promise.all(
    earlier.map(async ({ plan, remarks, ...approval }) => {
      const decisions = approval.decisions.filter((one) => !isKept(one, plan.documentVersion, now));
      const voices = await describeVoices(directory, { plan, decisions, remarks }, personal);
      return voices.map((voice) => ({ ...voice, version: plan.documentVersion }));
    }),
  );
  return all.flat();
}

/** It is shown where it was said, and where it stands now; not on the way between. */
function isKept(one: Decision, version: number, now: readonly Decision[]): boolean {
  return (
    one.keptFrom !== undefined ||
    now.some(({ keptFrom, at, employeeId }) => keptFrom === version && at === one.at && employeeId === one.employeeId)
  );
}
