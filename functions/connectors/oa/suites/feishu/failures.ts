/**
 * What answers of Feishu mean: `{code, msg}`, of which every code but 0 is a failure, whatever the status is. Codes:
 * https://open.feishu.cn/document/server-docs/api-call-guide/generic-error-code
 */
import * as z from 'zod';
import type { Dialect } from '../failures.ts';

const answer = z.object({ code: z.string() });

export const FEISHU: Dialect = {
  suite: 'Feishu',
  codeOf: (said) => answer.safeParse(said).data?.code,
  stale: /^(99991661|99991663|99991664|99991665|99991668|99991677)$/,
  // Of the platform, of messages, of approvals.
  busy: /^(99991400|11232|11233|11247|230020|1390016|1395001|1000004|55001|2200)$/,
  notAllowed: /^(10003|10014|10015|99991401|99991672|99991679|230006|60006)$/,
};
