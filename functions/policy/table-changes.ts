/** What became of the tables from one version to the next, in words. */
import type { Text } from '../pages/language.ts';
import { changeText } from './change-words.ts';
import { policyDigest } from './policy-digest.ts';
import { readableTable, rowChanges } from './row-changes.ts';
import type { CompiledRules, CompiledTable } from './table.ts';

/** At least one line for each table that is not the same. */
export interface TableChange {
  /** Name of the file without `.dmn`. */
  readonly table: string;
  readonly lines: readonly Text[];
}

export function tableChanges(before: CompiledRules, after: CompiledRules): readonly TableChange[] {
  const names = new Set([...Object.keys(before.tables), ...Object.keys(after.tables)]);
  return [...names].sort().flatMap((table) => {
    const lines = linesOf(before.tables[table], after.tables[table]);
    return lines.length === 0 ? [] : [{ table, lines }];
  });
}

function linesOf(before: CompiledTable | undefined, after: CompiledTable | undefined): readonly Text[] {
  if (before === undefined || after === undefined) {
    return [before === undefined ? NEW : REMOVED];
  }
  if (policyDigest(before) === policyDigest(after)) {
    return [];
  }
  const [old, now] = [readableTable(before), readableTable(after)];
  if (JSON.stringify(old.columns) !== JSON.stringify(now.columns) || before.hitPolicy !== after.hitPolicy) {
    return [OTHER_COLUMNS];
  }
  const changes = [...validityChange(before, after), ...rowChanges(now.columns, old.rows, now.rows).map(changeText)];
  return changes.length === 0 ? [NO_ROW] : changes;
}

function validityChange({ validUntil: before }: CompiledTable, { validUntil: after }: CompiledTable): readonly Text[] {
  if (before === after) {
    return [];
  }
  return after === undefined
    ? [{ en: `it has no last day any more (before: ${before})`, zh: `取消有效期（原至 ${before}）` }]
    : [
        {
          en: `valid until ${after} (before: ${before ?? 'no last day'})`,
          zh: `有效期至 ${after}（原：${before ?? '无'}）`,
        },
      ];
}

const NEW: Text = { en: 'this table is new', zh: '新增此表' };
const REMOVED: Text = { en: 'this table is gone', zh: '删除此表' };
const OTHER_COLUMNS: Text = { en: 'its columns or its hit policy are others', zh: '列或命中策略已变更' };
const NO_ROW: Text = {
  en: 'no row changes, only its name or what its columns allow',
  zh: '各行不变，仅名称或列的允许值有变化',
};
