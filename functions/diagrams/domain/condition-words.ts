/** A condition of a machine as a reader of its diagram is told it: what is compared with, without how. */
import type { Words } from '../../measures/domain/kinds.ts';
import { answerWords } from './words.ts';

const COMPARISON = /(!=|=|\bin\b)\s*(\[[^\]]*\]|'[^']*')/g;
const TEXT = /'([^']*)'/g;
/** `released` of `$exists($states.input.released)`. */
const VARIABLE = /\$(?:\w+\.)*(\w+)\)?\s*%\}$/;

/** `{% $states.input.outcome = 'skip' and $failedStep = 'UndoPurchase' %}` is "skip, undo purchase". */
export function conditionWords(condition: string): Words {
  const answers = [...condition.matchAll(COMPARISON)].flatMap(([, operator, texts = '']) =>
    [...texts.matchAll(TEXT)].map(([, text = '']) => asTold(operator === '!=', answerWords(text))),
  );
  const variable = VARIABLE.exec(condition)?.[1];
  const told = answers.length > 0 || variable === undefined ? answers : [answerWords(variable)];
  return joinWords(told, ', ', '，');
}

/** Each once, in order. */
export function joinWords(words: readonly Words[], en: string, zh: string): Words {
  return {
    en: [...new Set(words.map((one) => one.en))].join(en),
    zh: [...new Set(words.map((one) => one.zh))].join(zh),
  };
}

function asTold(isNot: boolean, { en, zh }: Words): Words {
  return isNot ? { en: `not ${en}`, zh: `非${zh}` } : { en, zh };
}
