/** The rows of a table, each as a sentence of its conditions and what follows. */
import { type Language, say } from '../pages/language.ts';
import type { CompiledRule, CompiledTable } from '../policy/table.ts';
import { LABELS } from './words.ts';

export function TableRows({ table, language }: { readonly table: CompiledTable; readonly language: Language }) {
  return (
    <ol class="steps">
      {table.rules.map((rule, index) => (
        <li>
          <p>
            {index + 1}. {conditionOf(table, rule, language)}
          </p>
          <p class="by">{resultOf(table, rule)}</p>
        </li>
      ))}
    </ol>
  );
}

/** Columns that every value fits are left out. */
function conditionOf({ inputs }: CompiledTable, { tests }: CompiledRule, language: Language): string {
  const conditions = inputs.flatMap(({ name }, column) => {
    const test = tests[column]?.trim() ?? '-';
    return test === '-' ? [] : [`${name} ${test}`];
  });
  return conditions.length === 0
    ? say(LABELS.always, language)
    : say({ en: `If ${conditions.join(' and ')}`, zh: `当 ${conditions.join('，且 ')}` }, language);
}

function resultOf({ outputs }: CompiledTable, { results }: CompiledRule): string {
  return outputs.map(({ name }, column) => `${name}: ${String(results[column] ?? '')}`).join(' · ');
}
