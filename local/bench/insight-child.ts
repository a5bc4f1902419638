/** A process that answers one question over an event log and says how long it took, and how large it grew. */
import { join } from 'node:path';
import { reportOf } from '../../functions/insight/report.ts';
import { whatIf } from '../../functions/insight/what-if.ts';
import { ROOT } from '../cloud/paths.ts';
import { chanceOf } from '../history/chance.ts';
import { demonstrationCompany } from '../history/company.ts';
import { openLog } from '../tools/insight/duckdb-log.ts';
import { observedWaits, pastApprovals } from '../tools/insight/past-approvals.ts';

const COSTS = { minutesPerAnswer: 5, hourlyRate: 200 };

const [, , what, folder = join(ROOT, '.local/history')] = process.argv;
const began = performance.now();
const log = await openLog(folder);
try {
  if (what === 'report') {
    await reportOf(log, { language: 'en', nameOf: (id) => id });
  } else {
    const approvals = pastApprovals(log);
    const waits = await observedWaits(log);
    await whatIf(await demonstrationCompany(), { approvals, waits, costs: COSTS, random: chanceOf('bench').next });
  }
} finally {
  await log.close();
}
const seconds = Math.round((performance.now() - began) / 10) / 100;
process.send?.({ seconds, mb: Math.round(process.resourceUsage().maxRSS / 1024) });
