/** Hours until a reminder, an escalation and the end, as a row of a table has them. */
import * as z from 'zod';

/** 90 days: the state machines' backstops lie behind it, at 100 days. */
export const MAX_HOURS = 2160;

const hoursSchema = z
  .string()
  .transform(Number)
  .pipe(
    z.int('must be whole hours').min(1, 'must be an hour or more').max(MAX_HOURS, 'must be 2,160 (90 days) or less'),
  );

/** Column of the last of the hours. */
export const EXPIRE = 'expire after hours';

/** Columns of every table that says how long is waited. */
export const hoursColumns = {
  'remind after hours': hoursSchema,
  'escalate after hours': hoursSchema,
  'expire after hours': hoursSchema,
};

/** The hours of a row; they grow. */
export function timesOf(row: z.infer<z.ZodObject<typeof hoursColumns>>, context: z.RefinementCtx) {
  const times = {
    remindAfterHours: row['remind after hours'],
    escalateAfterHours: row['escalate after hours'],
    expireAfterHours: row['expire after hours'],
  };
  if (!(times.remindAfterHours < times.escalateAfterHours && times.escalateAfterHours < times.expireAfterHours)) {
    context.addIssue({ code: 'custom', message: 'the hours must grow from remind to escalate to expire' });
  }
  return times;
}
