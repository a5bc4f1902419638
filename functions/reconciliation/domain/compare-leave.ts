/** Leave = absence: the days that were approved, with their hours, and those that the ERP has under the leave's key. Pure. */
import * as z from 'zod';
import type { RecordEntry } from '../../audit/domain/record.ts';
import type { Absence, AbsenceDay } from '../../connectors/erp/time-port.ts';
import { compare } from '../../money/money.ts';
import type { Mismatch } from './mismatch.ts';
import { lastOf, textIn } from './recorded.ts';

export interface RecordedLeave {
  /** Under which the ERP has it. */
  readonly key: string;
  /** Empty: it was taken back. */
  readonly days: readonly AbsenceDay[];
  /** Entry that says so. */
  readonly sequence: number;
}

const daysSchema = z.array(z.object({ date: z.string(), hours: z.string() }));

/** Undefined: nothing was recorded in the ERP, as far as the record knows, or a change of it is on its way. */
export function recordedLeave(entries: readonly RecordEntry[]): RecordedLeave | undefined {
  const recorded = lastOf(entries, 'AbsenceRecorded');
  const isOver = lastOf(entries, 'LeaveRequestClosed') !== undefined;
  if (recorded === undefined || (!isOver && isChanging(entries))) {
    return undefined;
  }
  const key = textIn(recorded, 'key');
  const cancelled = lastOf(entries, 'AbsenceCancelled');
  if (cancelled !== undefined) {
    return { key, days: [], sequence: cancelled.sequence };
  }
  const shortened = lastOf(entries, 'AbsenceShortened');
  const intended =
    shortened === undefined ? lastOf(entries, 'AbsenceIntended') : before(entries, shortened, 'ShorteningIntended');
  const days = daysSchema.safeParse(intended?.facts.days).data;
  return days === undefined ? undefined : { key, days, sequence: (shortened ?? recorded).sequence };
}

/** The ERP was asked for something, and has not answered yet. */
function isChanging(entries: readonly RecordEntry[]): boolean {
  const isOpen = (intent: string, answer: string) =>
    (lastOf(entries, intent)?.sequence ?? 0) > (lastOf(entries, answer)?.sequence ?? 0);
  return isOpen('ShorteningIntended', 'AbsenceShortened') || isOpen('AbsenceCancelIntended', 'AbsenceCancelled');
}

function before(entries: readonly RecordEntry[], { sequence }: RecordEntry, wanted: string): RecordEntry | undefined {
  return entries.findLast((entry) => entry.type === wanted && entry.sequence < sequence);
}

/** One mismatch for all days that differ. `absence`: undefined: it is not there. */
export function compareLeave(
  { key, days, sequence }: RecordedLeave,
  absence: Absence | undefined,
): readonly Mismatch[] {
  const booked = absence?.state === 'recorded' ? absence.days : [];
  const dates = [...new Set([...days, ...booked].map(({ date }) => date))].sort();
  const differing = dates.filter((date) => compare(hoursOn(days, date), hoursOn(booked, date)) !== 0);
  return differing.length === 0
    ? []
    : [
        {
          ...{ field: 'absence', document: key, sequence, fix: 'restore' },
          expected: textOf(days, differing),
          found: textOf(booked, differing),
        },
      ];
}

function hoursOn(days: readonly AbsenceDay[], date: string): string {
  return days.find((day) => day.date === date)?.hours ?? '0';
}

function textOf(days: readonly AbsenceDay[], dates: readonly string[]): string {
  return dates.map((date) => `${date}: ${hoursOn(days, date)}`).join(', ');
}
