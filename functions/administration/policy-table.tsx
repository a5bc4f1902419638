/** One table of rules, folded: what it is and decides stands on the fold, its rows behind it. */
import { formatDate, formatInstant } from '../pages/format.ts';
import { type Language, say, type Text } from '../pages/language.ts';
import { policyDigest, shortDigest } from '../policy/policy-digest.ts';
import type { CompiledTable } from '../policy/table.ts';
import { joined, type Reader } from './frame.tsx';
import type { TableUse } from './policy-history.tsx';
import { DECIDES, rowCount } from './policy-words.ts';
import { TableRows } from './table-rows.tsx';
import { HIT_POLICIES, LABELS } from './words.ts';

interface TableProps {
  /** Of its file, without `.dmn`. */
  readonly name: string;
  readonly table: CompiledTable;
  /** Undefined: no approval was routed by what it says now. */
  readonly use: TableUse | undefined;
  readonly reader: Reader;
  /** `YYYY-MM-DD` on the company's clocks. */
  readonly today: string;
}

/** Closed until somebody opens it: all tables with all their rows are longer than anybody scrolls. */
export function PolicyTable({ name, table, use, reader, today }: TableProps) {
  const { language } = reader;
  const { address, hitPolicy, inputs, validUntil } = table;
  const digest = policyDigest(table);
  return (
    <details class="card fold" id={name}>
      <summary>
        <h2>{address}</h2>
        <DecidedBy name={name} language={language} />
        <span class="by">{versionLine(table, digest, use, reader)}</span>
        {validUntil === undefined ? null : <Validity until={validUntil} today={today} language={language} />}
      </summary>
      <p class="by">
        {say(HIT_POLICIES[hitPolicy], language)}. {say(LABELS.columns, language)}:{' '}
        {joined(
          inputs.map((input) => input.name),
          language,
        )}
      </p>
      <TableRows table={table} language={language} />
      <p class="foot">
        {say(LABELS.digest, language)}: <code>{digest}</code>
      </p>
    </details>
  );
}

function DecidedBy({ name, language }: { readonly name: string; readonly language: Language }) {
  const decides = new Map<string, Text>(Object.entries(DECIDES)).get(name);
  return decides === undefined ? null : <span>{say(decides, language)}</span>;
}

function versionLine({ rules }: CompiledTable, digest: string, use: TableUse | undefined, reader: Reader): string {
  const { language } = reader;
  const version = `${say(LABELS.tableVersion, language)} ${shortDigest(digest)}`;
  return [version, useText(use, reader), say(rowCount(rules.length), language)].join(' · ');
}

function useText(use: TableUse | undefined, { language, timeZone }: Reader): string {
  switch (use) {
    case undefined:
      return say(LABELS.noApprovalYet, language);
    case 'again':
      return say(LABELS.usedOnceMore, language);
    case 'unread':
      return say(LABELS.notUsedLately, language);
    default: {
      const since = `${say(LABELS.usedSince, language)} ${formatInstant(use.since, language, timeZone)}`;
      return use.isOrEarlier === true ? `${since} ${say(LABELS.orEarlier, language)}` : since;
    }
  }
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
    <span class="status">
      <span class={isOver ? 'tag bad' : 'tag'}>
        {say(LABELS.validUntil, language)} {formatDate(until, language)}
      </span>
      {isOver ? <span>{say(LABELS.stillCounts, language)}</span> : null}
    </span>
  );
}
