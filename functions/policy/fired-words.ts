/** Which rows of the tables fired, in words: for timelines and explanations. */
import type { Text } from '../pages/language.ts';

/** Such as `rows 1, 3 of approval-levels; row 2 of link-limit`. */
export function firedText(
  fired: readonly { readonly table: string; readonly rows: readonly (string | number)[] }[],
): Text {
  return {
    en: fired
      .map(({ table, rows }) => `${rows.length === 1 ? 'row' : 'rows'} ${rows.join(', ')} of ${table}`)
      .join('; '),
    zh: fired.map(({ table, rows }) => `${table} 第 ${rows.join('、')} 行`).join('；'),
  };
}
