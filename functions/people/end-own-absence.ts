/** Somebody is back before the time that they named, or stays: nobody stands in any more. */
import { leavesWithout, readLeaves, replaceLeaves } from '../directory/leaves.ts';
import { readHead, updateProcess } from '../process/update-process.ts';
import { ABSENCE, type OwnAbsence, type OwnAbsenceDeps, ownAbsenceFacts } from './own-absence-record.ts';
import { recordRefusedWish } from './refused-wish.ts';
import { standInMail } from './stand-in-mail.ts';

/**
 * Ends at once what the person named themselves; twice is once. Leaves of the OA end there. What is refused is recorded.
 * @returns `unknown`: the person has named no such absence, or it is long over
 */
export async function endOwnAbsence(
  deps: OwnAbsenceDeps,
  employeeId: string,
  leaveId: string,
): Promise<'ended' | 'unknown'> {
  const own = (await readLeaves(deps.store, employeeId))?.value.leaves.find((leave) => leave.leaveId === leaveId);
  if (own?.isOwn !== true) {
    if (await hasEnded(deps, employeeId, leaveId)) {
      return 'ended';
    }
    await recordRefusedWish(deps, employeeId, { action: 'end', issues: [{ field: 'absence', reason: 'unknown' }] });
    return 'unknown';
  }
  return updateProcess<OwnAbsence, 'ended'>(deps, leaveId, async ({ state }) => {
    if (state.endedAt !== undefined) {
      return { output: 'ended' };
    }
    const now = deps.clock.now();
    const item = await readLeaves(deps.store, employeeId);
    return {
      change: {
        entries: [
          {
            type: 'SubstitutionEnded',
            actor: { kind: 'person', id: employeeId },
            facts: ownAbsenceFacts(state),
          },
        ],
        state: { ...state, endedAt: now.toISOString() },
        effects: [await standInMail(deps.directory, state, 'ended')],
      },
      also: replaceLeaves(employeeId, item, leavesWithout(item, leaveId, now)),
      output: 'ended',
    };
  });
}

/** It is on no list any more, but its record says whose it was. */
async function hasEnded({ store }: OwnAbsenceDeps, employeeId: string, leaveId: string): Promise<boolean> {
  const head = await readHead<OwnAbsence>(store, leaveId);
  return head?.kind === ABSENCE && head.requesterId === employeeId && head.state.endedAt !== undefined;
}
