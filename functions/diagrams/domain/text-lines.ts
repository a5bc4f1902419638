/** How wide a text is, and where its lines break, for a drawing that no browser has seen. Pure. */
import type { Words } from '../../measures/domain/kinds.ts';

/** Of the size of the type: Chinese characters are square, Latin ones of common system fonts a little over half as wide. */
const WIDE = 1;
const NARROW = 0.56;
const IS_WIDE = /[\u2e80-\uffef]/;

export const TYPE_SIZE = 12;
export const LINE_HEIGHT = 15;

export function textWidth(text: string, size = TYPE_SIZE): number {
  return [...text].reduce((sum, letter) => sum + size * (IS_WIDE.test(letter) ? WIDE : NARROW), 0);
}

/** Lines no wider than `width`, but for a word that is. Chinese breaks anywhere but before a mark. */
export function linesOf(text: string, width: number, size = TYPE_SIZE): readonly string[] {
  const pieces = text.match(/[\u2e80-\uffef][，。？！：、）]*|[^\s\u2e80-\uffef]+\s*|\s+/g) ?? [];
  const lines: string[] = [];
  let line = '';
  for (const piece of pieces) {
    if (line !== '' && textWidth((line + piece).trimEnd(), size) > width) {
      lines.push(line.trimEnd());
      line = '';
    }
    line += piece;
  }
  return line.trim() === '' ? lines : [...lines, line.trimEnd()];
}

/** Of both languages the larger: one drawing is for both. */
export function sizeOf(words: Words, most: number): { readonly width: number; readonly height: number } {
  const lines = [words.en, words.zh].map((text) => linesOf(text, most));
  const width = Math.max(0, ...lines.flat().map((line) => textWidth(line)));
  return { width: Math.ceil(width), height: Math.max(...lines.map(({ length }) => length)) * LINE_HEIGHT };
}
