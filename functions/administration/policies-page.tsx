/** The tables that decide, as they are deployed: each row as a sentence of its conditions and what follows. */

import { formatDate } from '../pages/format.ts';
import { type Language, say } from '../pages/language.ts';
import type { PageContext } from '../pages/placed-page.tsx';
import { policyDigest } from '../policy/policy-digest.ts';
import type { CompiledTable } from '../policy/table.ts';
import { companyDate } from '../requests/company.ts';
import type { Clock } from '../runtime/ambient.ts';
import { administrationPage, joined, type Reader } from './frame.tsx';
import { type HistoryDeps, PolicyHistory, readHistory } from './policy-history.tsx';
import { TableRows } from './table-rows.tsx';
import { readTrial, type TrialDeps, WhoApproves } from './who-approves.tsx';
import { HIT_POLICIES, LABELS } from './words.ts';

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
          <Table name={name} table={table} language={language} today={today} />
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

interface ValidityProps {
  /** `YYYY-MM-DD`. */
  readonly until: string;
  readonly today: string;
  readonly language: Language;
}

function Validity({ until, today, language }: ValidityProps) {
  const isOver = until < today;
  return (
    <p class="status">
      <span class={isOver ? 'tag bad' : 'tag'}>
        {say(LABELS.validUntil, language)} {formatDate(until, language)}
      </span>
      {isOver ? <span>{say(LABELS.stillCounts, language)}</span> : null}
    </p>
  );
}

interface TableProps {
  readonly name: string;
  readonly table: CompiledTable;
  readonly language: Language;
  /** `YYYY-MM-DD` on the company's clocks. */
  readonly today: string;
}

function Table({ name, table, language, today }: TableProps) {
  const { address, hitPolicy, inputs, validUntil } = table;
  return (
    <section class="card" aria-labelledby={name}>
      <h2 id={name}>{address}</h2>
      {validUntil === undefined ? null : <Validity until={validUntil} today={today} language={language} />}
      <p class="by">
        {say(HIT_POLICIES[hitPolicy], language)}. {say(LABELS.columns, language)}:{' '}
        {joined(
          inputs.map((input) => input.name),
          language,
        )}
      </p>
      <TableRows table={table} language={language} />
      <p class="foot">
        {say(LABELS.digest, language)}: <code>{policyDigest(table)}</code>
      </p>
    </section>
  );
}
