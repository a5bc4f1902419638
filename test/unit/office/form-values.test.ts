import { describe, expect, it } from 'vitest';
import { findingsIn, impersonalValues, valueText } from '../../../functions/office/domain/form-values.ts';
import { definitionOf, FIELDS } from './sample-form.ts';

const form = definitionOf();
const RIGHT = {
  text: 'hello',
  choice: 'a',
  date: '2026-02-28',
  amount: '12.50',
  whole: 3,
  number: -0.5,
  flag: true,
  secret: 'x',
  lines: [{ name: 'one', who: 'Wang' }],
};

function wordsFor(changes: object, currency = 'CNY'): readonly string[] {
  const values = JSON.parse(JSON.stringify({ ...RIGHT, ...changes }));
  return findingsIn(form, values, currency).map(({ path, reason }) => `${path} | ${reason.en}`);
}

describe('what was filled in', () => {
  it('is right when every field is, and when what may be left out is', () => {
    expect(wordsFor({})).toEqual([]);
    expect(findingsIn(form, { text: 'hello' }, 'CNY')).toEqual([]);
  });

  it.each([
    [{ text: undefined }, 'text | Text: is missing.'],
    [{ text: 'x' }, 'text | Text: must have at least 2 characters.'],
    [{ text: 'xxxxxxxxxxx' }, 'text | Text: must have at most 10 characters.'],
    [{ text: 7 }, 'text | Text: must be filled in with text.'],
    [{ choice: 'c' }, 'choice | Choice: must be one of First, b.'],
    [{ date: '2026-02-30' }, 'date | Date: must be a date such as 2026-03-31.'],
    [{ amount: '1e3' }, 'amount | Amount: must be an amount such as "1250.00".'],
    [{ amount: '-1' }, 'amount | Amount: must be an amount such as "1250.00".'],
    [{ amount: 12 }, 'amount | Amount: must be an amount such as "1250.00".'],
    [{ amount: '1.005' }, 'amount | Amount: must be an amount of CNY.'],
    [{ whole: 1.5 }, 'whole | Whole: must be a whole number.'],
    [{ whole: 10 }, 'whole | Whole: must be at most 9.'],
    [{ whole: '3' }, 'whole | Whole: must be a whole number.'],
    [{ number: 'many' }, 'number | Number: must be a number.'],
    [{ flag: 'yes' }, 'flag | Flag: must be yes or no.'],
    [{ lines: 'one' }, 'lines | Lines: must be a list.'],
    [{ lines: [] }, 'lines | Lines: must have at least 1 lines.'],
    [{ lines: [{ name: 'a' }, { name: 'b' }, { name: 'c' }] }, 'lines | Lines: must have at most 2 lines.'],
    [{ lines: [{ name: 'a' }, { who: 'b' }] }, 'lines[1].name | Lines, line 2, Name: is missing.'],
    [{ lines: [{ name: 'a', colour: 'red' }] }, 'lines[0].colour | Lines, line 1, colour: is no field of the form.'],
    [{ colour: 'red' }, 'colour | colour: is no field of the form.'],
    [{ constructor: 1 }, 'constructor | constructor: is no field of the form.'],
  ])('%j is said in the words of the form', (changes, words) => {
    expect(wordsFor(changes)).toEqual([words]);
  });

  it('is said in Chinese too, each finding by itself', () => {
    const findings = findingsIn(form, { text: 'x', whole: 0 }, 'CNY');

    expect(findings.map(({ reason }) => reason.zh)).toEqual(['Text：至少 2 个字符。', 'Whole：不得小于 1。']);
  });

  it('has no fractions in a currency that has none', () => {
    expect(wordsFor({ amount: '12.50' }, 'JPY')).toEqual(['amount | Amount: must be an amount of JPY.']);
  });

  it('is left out of the record where it is personal, also within a list', () => {
    expect(impersonalValues(form, RIGHT)).toEqual({
      ...RIGHT,
      secret: undefined,
      lines: [{ name: 'one' }],
    });
  });

  it('is shown in words', () => {
    expect(valueText(FIELDS.flag, true)).toBe('是 / Yes');
    expect(valueText(form.schema.properties.choice ?? FIELDS.flag, 'a')).toBe('First');
    expect(valueText(form.schema.properties.lines ?? FIELDS.flag, RIGHT.lines)).toBe('1. one, Wang');
    expect(valueText(FIELDS.number, undefined)).toBe('');
  });
});
