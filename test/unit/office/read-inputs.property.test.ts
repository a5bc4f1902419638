import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findingsIn } from '../../../functions/office/domain/form-values.ts';
import { inputName, readInputs } from '../../../functions/office/read-inputs.ts';
import { definitionOf } from './sample-form.ts';

const form = definitionOf();
const text = fc.stringMatching(/^[a-z]{2,10}$/);
const filledIn = fc.record(
  {
    text,
    choice: fc.constantFrom('a', 'b'),
    whole: fc.integer({ min: 1, max: 9 }),
    number: fc.integer({ min: -1000, max: 1000 }).map((cents) => cents / 100),
    lines: fc.array(fc.record({ name: text, who: text }), { minLength: 1, maxLength: 2 }),
  },
  { requiredKeys: ['text'] },
);

/** As a browser sends them. */
function inputsOf(values: object): ReadonlyMap<string, string> {
  return new Map(
    Object.entries(values).flatMap(([name, value]): [string, string][] =>
      Array.isArray(value)
        ? value.flatMap((line, index) =>
            Object.entries(line).map(([inner, one]): [string, string] => [inputName(name, index, inner), String(one)]),
          )
        : [[inputName(name), String(value)]],
    ),
  );
}

describe('the inputs of a form', () => {
  it('are read as what was filled in, which the form finds right', () => {
    fc.assert(
      fc.property(filledIn, (values) => {
        const read = readInputs(form, inputsOf(values));

        // A box that is not ticked says no.
        expect(read).toEqual({ ...values, flag: false });
        expect(findingsIn(form, read, 'CNY')).toEqual([]);
      }),
    );
  });

  it('that are wrong stay as they were typed, for the checks to say so', () => {
    const read = readInputs(
      form,
      new Map([
        [inputName('whole'), 'many'],
        [inputName('flag'), 'yes'],
      ]),
    );

    expect(read).toEqual({ whole: 'many', flag: true });
  });

  it('never read more lines than the form has', () => {
    const typed = new Map([0, 1, 2, 999].map((line) => [inputName('lines', line, 'name'), 'x']));

    expect(readInputs(form, typed)).toMatchObject({ lines: [{ name: 'x' }, { name: 'x' }] });
  });
});
