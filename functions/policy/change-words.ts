/** Changes of a table's rows in words. */
import type { Text } from '../pages/language.ts';
import type { RowChange } from './row-changes.ts';

const EMPTY: Text = { en: 'empty', zh: '空' };

export function changeText(change: RowChange): Text {
  const { row } = change;
  if (change.kind === 'changed') {
    const cells = change.cells.map(({ name, before, after }) => ({ name, before: cell(before), after: cell(after) }));
    const en = cells.map(({ name, before, after }) => `${name} ${before.en} becomes ${after.en}`);
    const zh = cells.map(({ name, before, after }) => `${name} ${before.zh} 改为 ${after.zh}`);
    return { en: `row ${row}: ${en.join(', ')}`, zh: `第 ${row} 行：${zh.join('，')}` };
  }
  const cells = change.cells.map(({ name, text }) => ({ name, text: cell(text) }));
  const en = cells.map(({ name, text }) => `${name} ${text.en}`).join(', ');
  const zh = cells.map(({ name, text }) => `${name} ${text.zh}`).join('，');
  return change.kind === 'new'
    ? { en: `row ${row} is new: ${en}`, zh: `新增第 ${row} 行：${zh}` }
    : { en: `row ${row} is removed: ${en}`, zh: `删除第 ${row} 行：${zh}` };
}

function cell(text: string): Text {
  return text === '' ? EMPTY : { en: text, zh: text };
}
