/** Instances of WeCom's approvals: https://developer.work.weixin.qq.com/document/path/91983 */
import * as z from 'zod';
import type { FormRow, FormValue, SuiteInstances } from '../../../../intake/port.ts';
import { ConnectorPermanentError } from '../../../../runtime/errors.ts';
import type { WecomApi } from './api.ts';
import { WECOM_CHANGES } from './states.ts';

/** WeCom counts days and hours by the clocks of China, which has no summer time. */
const CHINA_MS = 8 * 3_600_000;

const text = z.string().catch('');
const control = z.object({ control: z.string(), id: z.string(), value: z.looseObject({}).catch({}) });
const answer = z.object({
  info: z.object({
    sp_status: z.string(),
    applyer: z.object({ userid: z.string().min(1) }),
    apply_data: z.object({ contents: z.array(control) }),
  }),
});
const shapes = {
  date: z.object({ date: z.object({ type: text, s_timestamp: z.string() }) }),
  range: z.object({ date_range: z.object({ type: text, new_begin: z.string(), new_end: z.string() }) }),
  vacation: z.object({
    vacation: z.object({
      attendance: z.object({ date_range: z.object({ type: text, new_begin: z.string(), new_end: z.string() }) }),
    }),
  }),
  selector: z.object({
    selector: z.object({
      type: text,
      options: z.array(z.object({ value: z.array(z.object({ text: z.string() })).default([]) })),
    }),
  }),
  members: z.object({ members: z.array(z.object({ userid: z.string() })) }),
  table: z.object({ children: z.array(z.object({ list: z.array(control) })) }),
  plain: z.object({ text: z.string() }),
  number: z.object({ new_number: z.string() }),
  money: z.object({ new_money: z.string() }),
};

export function createWecomInstances(api: WecomApi): SuiteInstances {
  return {
    async read(instanceId) {
      const body = { sp_no: instanceId };
      const { info } = await api.post({ path: 'oa/getapprovaldetail', body, what: 'an approval instance' }, answer);
      const change = Object.hasOwn(WECOM_CHANGES, info.sp_status) ? WECOM_CHANGES[info.sp_status] : undefined;
      if (change === undefined) {
        throw new ConnectorPermanentError(
          `WeCom has an approval instance in a state that is not known: ${info.sp_status}`,
        );
      }
      return { change, userId: info.applyer.userid, values: valuesOf(info.apply_data.contents) };
    },
  };
}

function valuesOf(controls: readonly z.infer<typeof control>[]): FormRow {
  return Object.fromEntries(
    controls.flatMap(({ control: kind, id, value }): readonly (readonly [string, FormValue])[] => {
      const found = valueOfControl(kind, value);
      return found === undefined ? [] : [[id, found]];
    }),
  );
}

function valueOfControl(kind: string, value: unknown): FormValue | undefined {
  switch (kind) {
    case 'Date': {
      const { date } = shapes.date.safeParse(value).data ?? {};
      return date === undefined ? undefined : timeOf(date.s_timestamp, date.type);
    }
    case 'DateRange':
      return rangeOf(shapes.range.safeParse(value).data?.date_range);
    case 'Vacation':
    case 'Attendance':
      return rangeOf(
        shapes.vacation.safeParse(value).data?.vacation.attendance.date_range ??
          shapes.range.safeParse(value).data?.date_range,
      );
    case 'Selector': {
      const { selector } = shapes.selector.safeParse(value).data ?? {};
      const chosen = selector?.options.flatMap((option) => option.value[0]?.text ?? []);
      return selector?.type === 'single' ? chosen?.[0] : chosen;
    }
    case 'Contact':
      return shapes.members.safeParse(value).data?.members.map(({ userid }) => userid);
    case 'Table':
      return shapes.table.safeParse(value).data?.children.map(({ list }) => valuesOf(list));
    case 'Number':
      return shapes.number.safeParse(value).data?.new_number;
    case 'Money':
      return shapes.money.safeParse(value).data?.new_money;
    default:
      return shapes.plain.safeParse(value).data?.text;
  }
}

function rangeOf(range: { type: string; new_begin: string; new_end: string } | undefined): FormValue | undefined {
  const start = range === undefined ? undefined : timeOf(range.new_begin, range.type);
  const end = range === undefined ? undefined : timeOf(range.new_end, range.type);
  return start === undefined || end === undefined ? undefined : { start, end };
}

/** Seconds since 1970 as a day, or as an hour of one. */
function timeOf(seconds: string, type: string): string | undefined {
  if (!/^\d{1,11}$/.test(seconds)) {
    return undefined;
  }
  const local = new Date(Number(seconds) * 1000 + CHINA_MS).toISOString();
  return type === 'hour' ? `${local.slice(0, 19)}+08:00` : local.slice(0, 10);
}
