/** What must hold in any run of leave requests, beside what must hold of every process. */
import type { RecordEntry } from '../../../functions/audit/domain/record.ts';
import type { Absence } from '../../../functions/connectors/erp/time-port.ts';
import { readLeaves } from '../../../functions/directory/leaves.ts';
import { absenceKey, type LeaveHead } from '../../../functions/people/domain/leave-process.ts';
import { readClaims } from '../../../functions/people/leave-claims.ts';
import {
  approvalsBefore,
  approvedVersion,
  type Rules,
  type Said,
  sameJson,
  type View,
  wasLeftOut,
} from '../requests/invariants.ts';
import type { LeaveChaosWorld } from './world.ts';

interface LeaveView {
  readonly world: LeaveChaosWorld;
  readonly head: LeaveHead;
  readonly record: readonly RecordEntry[];
  /** In the time sheets, taken back or not; undefined: there never was one. */
  readonly absence: Absence | undefined;
}

export function leaveRules(world: LeaveChaosWorld): Rules {
  return {
    onceOnly: () => onceOnly(world),
    inTheEnd: async ({ head, record }: View) => {
      const absence = world.time.allAbsences().find(({ key }) => key === absenceKey(head.processId));
      const view = { world, head: head as LeaveHead, record, absence };
      return [...CHECKS.flatMap((check) => check(view)), ...(await leftovers(view))];
    },
  };
}

/** A day has eight hours, whatever is asked for; one absence of each request. */
function onceOnly({ time }: LeaveChaosWorld): Said {
  const absences = time.allAbsences();
  const days = absences.flatMap((absence) => absence.days.map((day) => ({ ...day, of: absence.employeeId })));
  const hoursOf = (of: string, date: string) =>
    days.filter((day) => day.of === of && day.date === date).reduce((hours, day) => hours + Number(day.hours), 0);
  return [
    new Set(absences.map(({ key }) => key)).size < absences.length && 'two absences stand under one key',
    ...days.map(({ of, date }) => hoursOf(of, date) > 8 && `${of} is absent for ${hoursOf(of, date)} hours on ${date}`),
  ];
}

/** What is recorded, or recorded shorter, was approved in this version where somebody had to be asked. */
function approval({ record }: LeaveView): Said {
  return record.flatMap(({ type, sequence }) => {
    switch (type) {
      case 'AbsenceIntended': {
        const checked = record.findLast((entry) => entry.type === 'LeaveRequestChecked' && entry.sequence < sequence);
        const approved = approvedVersion(record, 'leave', sequence);
        return [
          approvalsBefore(record, 'leave', sequence).length === 0 &&
            `an absence was intended at ${sequence} without approval`,
          approved !== checked?.facts.version &&
            `version ${checked?.facts.version} was to be recorded at ${sequence}, and ${approved} was approved`,
        ];
      }
      case 'ShorteningIntended': {
        const reported = record.findLast((entry) => entry.type === 'EarlyReturnReported' && entry.sequence < sequence);
        return [
          reported?.facts.isToBeApproved === true &&
            approvedVersion(record, 'leave', sequence) !== reported.facts.version &&
            `an early return was intended at ${sequence} without approval`,
        ];
      }
      case 'AbsenceCancelIntended': {
        const reported = record.findLast((entry) => entry.type === 'EarlyReturnReported' && entry.sequence < sequence);
        const isWithdrawn = record.some((entry) => entry.type === 'Withdrawn' && entry.sequence < sequence);
        return [
          reported?.facts.isNotTaken === true &&
            !isWithdrawn &&
            approvedVersion(record, 'leave', sequence) !== reported.facts.version &&
            `a leave that was not taken was to be taken back at ${sequence} without approval`,
        ];
      }
      default:
        return [];
    }
  });
}

/** Time sheets and record tell the same. */
function agreement({ head, record, absence }: LeaveView): Said {
  const isBooked = absence !== undefined && absence.days.length > 0;
  const isLeft = wasLeftOut(record, 'UndoLeave');
  const meant = (head.state.checked?.days ?? []).map(({ date, hours }) => ({ date, hours }));
  return [
    head.outcome === 'granted' &&
      !sameJson(hoursByDate(absence?.days ?? []), hoursByDate(meant)) &&
      `it was granted for ${JSON.stringify(meant)}, and the time sheets have ${JSON.stringify(absence?.days)}`,
    head.status === 'ended' &&
      head.outcome !== 'granted' &&
      isBooked &&
      !isLeft &&
      `an absence stands after the end "${head.outcome}"`,
    isBooked && !record.some(({ type }) => type === 'AbsenceRecorded') && !isLeft && 'no entry knows the absence',
  ];
}

function hoursByDate(days: Absence['days']): readonly string[] {
  return days.map(({ date, hours }) => `${date} ${Number(hours)}`).toSorted();
}

/** Its days are claimed no more, and nobody stands in for what was taken back. */
async function leftovers({ world, head }: LeaveView): Promise<Said> {
  const { processId, requesterId, status, outcome } = head;
  const claims = (await readClaims(world.store, requesterId))?.value.claims ?? [];
  const leaves = (await readLeaves(world.store, requesterId))?.value.leaves ?? [];
  return [
    status === 'ended' && claims.some((claim) => claim.processId === processId) && 'it has ended and claims its days',
    status === 'ended' &&
      outcome !== 'granted' &&
      leaves.some(({ leaveId }) => leaveId === processId) &&
      `somebody stands in after the end "${outcome}"`,
  ];
}

const CHECKS = [approval, agreement];
