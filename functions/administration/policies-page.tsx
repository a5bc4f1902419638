/** The tables that decide, as they are deployed, and which versions there were. */

import { say } from '../pages/language.ts';
import type { PageContext } from '../pages/placed-page.tsx';
import { companyDate } from '../requests/company.ts';
import type { Clock } from '../runtime/ambient.ts';
import { administrationPage, type Reader } from './frame.tsx';
import { type HistoryDeps, PolicyHistory, readHistory } from './policy-history.tsx';
import { PolicyTable } from './policy-table.tsx';
import { readTrial, type TrialDeps, WhoApproves } from './who-approves.tsx';
import { LABELS } from './words.ts';

export async function policiesPage(deps: TrialDeps & HistoryDeps & CompanyClock, context: PageContext, reader: Reader) {
  const { language } = reader;
  const today = companyDate(deps.clock, deps.timeZone);
  const [trial, history] = await Promise.all([readTrial(deps, context), readHistory(deps, context)]);
  return administrationPage({
    context,
    title: say(LABELS.policies, language),
    language,
    children: (
      <>
        <section class="card" aria-labelledby="title">
          <h1 id="title">{say(LABELS.policies, language)}</h1>
          <p>{say(LABELS.policiesIntro, language)}</p>
          <p class="foot">{say(LABELS.policiesFoot, language)}</p>
        </section>
        <WhoApproves trial={trial} reader={reader} />
        {Object.entries(deps.rules.tables).map(([name, table]) => (
          <PolicyTable name={name} table={table} use={history.uses[name]} reader={reader} today={today} />
        ))}
        <PolicyHistory history={history} reader={reader} />
      </>
    ),
  });
}

interface CompanyClock {
  readonly clock: Clock;
  /** IANA zone of the company's calendar dates. */
  readonly timeZone: string;
}
