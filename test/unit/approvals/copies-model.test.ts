/** Whatever happens to an approval, whoever is to know of it changes nothing. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { newApproval } from '../../../functions/approvals/domain/approval.ts';
import type { ApprovalCommand } from '../../../functions/approvals/domain/approval-commands.ts';
import type { ApprovalResult } from '../../../functions/approvals/domain/approval-events.ts';
import type { ApprovalState } from '../../../functions/approvals/domain/approval-state.ts';
import { askedNow, currentApprovers } from '../../../functions/approvals/domain/seats.ts';
import { people, plans } from './any-plan.ts';
import { commandOf, run, steps, withoutCopies } from './any-steps.ts';

describe('copies', () => {
  it('change nothing: with them and without, the same people decide the same, and are refused the same', () => {
    let copied = 0;
    fc.assert(
      fc.property(plans, steps, fc.infiniteStream(people), (approval, all, readers) => {
        let state = newApproval(approval);
        let bare = state;
        for (const [index, step] of all.entries()) {
          const command = commandOf(step, bare, index);
          if (command.kind !== 'copy') {
            const [result, alone] = [run(state, command), run(bare, command)];
            expect(asIfNotCopied(result)).toEqual(asIfNotCopied(alone));
            state = result.kind === 'events' ? result.state : state;
            bare = alone.kind === 'events' ? alone.state : bare;
          }
          const copy = run(state, copyByAsked(state, readers.next().value));
          copied += copy.kind === 'events' ? copy.events.length : 0;
          state = copy.kind === 'events' ? copy.state : state;
          expect(withoutCopies(state)).toEqual(bare);
          expect(currentApprovers(state)).toEqual(currentApprovers(bare));
        }
      }),
      { numRuns: 400 },
    );
    expect(copied).toBeGreaterThan(100);
  });
});

/** Whoever is asked first lets somebody know. */
function copyByAsked(state: ApprovalState, to: string): ApprovalCommand {
  const [{ employeeId: by, level } = { employeeId: 'A', level: 0 }] = askedNow(state);
  const asked = { level, round: state.round, documentVersion: state.plan.documentVersion, via: 'link' } as const;
  return { kind: 'copy', by, to, comment: '', ...asked };
}

/** Whoever was copied is told so where others are told that they have nothing to do with it. */
function asIfNotCopied(result: ApprovalResult) {
  return result.kind === 'refused'
    ? result.refusal.replace('copied-only', 'not-your-task')
    : { ...result, state: withoutCopies(result.state) };
}
