/** A wait would have reached into a year without data: recorded each time, told to the operators once per year. */

import type { NewEntry } from '../audit/domain/record.ts';
import { operatorNotice } from '../process/domain/operator-notice.ts';
import type { Effect } from '../process/domain/process.ts';
import { missingYearKey } from '../process/keys.ts';
import type { ProcessStore, WorkChange } from '../process/store/port.ts';
import type { MissingYear } from './port.ts';

/** What is committed with the wait. */
export interface MissingYearNote {
  readonly entries: readonly NewEntry[];
  readonly effects: readonly Effect[];
  readonly also: readonly WorkChange[];
}

/** Nothing when `missing` is undefined. Of two processes at once one tells: the other's commit fails and is tried again. */
export async function noteMissingYear(
  store: Pick<ProcessStore, 'read'>,
  waitId: string,
  missing: MissingYear | undefined,
): Promise<MissingYearNote> {
  if (missing === undefined) {
    return { entries: [], effects: [], also: [] };
  }
  const { calendar, year } = missing;
  const key = missingYearKey(calendar, year);
  const isTold = (await store.read(key)) !== undefined;
  const facts = { waitId, calendar, year };
  return {
    entries: [{ type: 'CalendarYearMissing', actor: { kind: 'meridian', id: 'calendar' }, facts }],
    effects: isTold ? [] : [notice(missing)],
    also: isTold ? [] : [{ kind: 'create', key, value: { calendar, year } }],
  };
}

function notice({ calendar, year }: MissingYear): Effect {
  return operatorNotice({
    en: `The calendar ${calendar} has no holidays of ${year}: waits that reach into it end by the clock, so earlier than they should. Add the year to the calendar file and deploy.`,
    zh: `日历 ${calendar} 缺少 ${year} 年的节假日：跨入该年的等待按自然时间计算，会提前到期。请在日历文件中补充该年并部署。`,
  });
}
