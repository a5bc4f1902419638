import { describe, expect, it } from 'vitest';
import { compileForm } from '../../../functions/office/compile-form.ts';
import { FIELDS, HOURS, label, sampleForm } from './sample-form.ts';

/** Paths of what is wrong. */
function wrongIn(definition: unknown): readonly string[] {
  const compiled = compileForm(definition);
  return 'issues' in compiled ? compiled.issues.map(({ field }) => field) : [];
}

const withField = (field: object) =>
  sampleForm({}, { required: [], properties: { field: { 'x-label': label('F'), ...field } } });
const withRows = (...rows: readonly object[]) =>
  sampleForm({ route: { rows: rows.map((row) => ({ level: 'Manager', approver: 'manager', ...HOURS, ...row })) } });

describe('a form', () => {
  it('with every kind of field can be published', () => {
    expect(wrongIn(sampleForm())).toEqual([]);
  });

  it('has the same digest in whatever order it is written, and another once it says something else', () => {
    const { id, ...others } = sampleForm();
    const digest = (definition: object) => {
      const compiled = compileForm(definition);
      return 'form' in compiled ? compiled.form.digest : undefined;
    };

    expect(digest({ ...others, id })).toBe(digest(sampleForm()));
    expect(digest(sampleForm({ name: label('Other') }))).not.toBe(digest(sampleForm()));
  });

  it.each([
    [
      'a word of JSON Schema that we do not check',
      withField({ type: 'string', maxLength: 5, pattern: '^a' }),
      'schema.properties.field',
    ],
    ['a reference', withField({ $ref: '#/x' }), 'schema.properties.field.type'],
    ['a text without an end', withField({ type: 'string' }), 'schema.properties.field.maxLength'],
    [
      'a choice with a length',
      withField({ type: 'string', enum: ['a'], maxLength: 3 }),
      'schema.properties.field.maxLength',
    ],
    [
      'a choice that names a value twice',
      withField({ type: 'string', enum: ['a', 'a'] }),
      'schema.properties.field.enum',
    ],
    [
      'words for what cannot be chosen',
      withField({ type: 'string', enum: ['a'], 'x-values': { b: label('B') } }),
      'schema.properties.field.x-values',
    ],
    [
      'limits the wrong way round',
      withField({ type: 'integer', minimum: 2, maximum: 1 }),
      'schema.properties.field.minimum',
    ],
    [
      'a list without an end',
      withField({ type: 'array', items: FIELDS.lines.items }),
      'schema.properties.field.maxItems',
    ],
    [
      'a list in a list',
      withField({ type: 'array', maxItems: 2, items: { ...FIELDS.lines.items, properties: { inner: FIELDS.lines } } }),
      'schema.properties.field.items.properties.inner.type',
    ],
    [
      'a field without a label',
      sampleForm({}, { required: [], properties: { field: { type: 'boolean' } } }),
      'schema.properties.field.x-label',
    ],
    ['what nobody asked for', sampleForm({}, { additionalProperties: true }), 'schema.additionalProperties'],
    [
      'a name that JavaScript keeps',
      sampleForm({}, { required: [], properties: { constructor: FIELDS.flag } }),
      'schema.properties.constructor',
    ],
    ['a field that is required and is none', sampleForm({}, { required: ['colour'] }), 'schema.required[0]'],
    [
      'a required text that may be empty',
      sampleForm({}, { required: ['secret'] }),
      'schema.properties.secret.minLength',
    ],
    [
      'two amounts',
      sampleForm({}, { properties: { ...FIELDS, other: FIELDS.amount } }),
      'schema.properties.other.format',
    ],
    ['no sequence in its number', sampleForm({ number: 'S-{year}' }), 'number'],
    ['digits beside its number', sampleForm({ number: 'S1-{year}-{seq}' }), 'number'],
    ['nothing between year and sequence', sampleForm({ number: '{year}{seq}' }), 'number'],
    ['an id that is no name', sampleForm({ id: 'Seal use' }), 'id'],
    ['a route without a row', sampleForm({ route: { rows: [] } }), 'route.rows'],
    ['a route over a field that it has not', withRows({ when: { colour: '"red"' } }), 'route.rows[0].when.colour'],
    ['a route over a number that may be missing', withRows({}, { when: { whole: '> 5' } }), 'schema.properties.whole'],
    ['a route over what is personal', withRows({}, { when: { secret: '"a"' } }), 'schema.properties.secret.x-personal'],
    ['a route over a list', withRows({}, { when: { lines: '"a"' } }), 'schema.properties.lines'],
    ['a route that does not answer everything', withRows({ when: { choice: '"a"' } }), 'sample, route'],
    ['a cell that never fires', withRows({}, { when: { choice: '"c"' } }), 'sample, route, row 2, column "choice"'],
    ['a cell that is no test', withRows({}, { when: { flag: 'maybe' } }), 'sample, route, row 2, column "flag"'],
    ['an approver whom no rule knows', withRows({ approver: 'the boss' }), 'sample, route, row 1'],
    ['hours that do not grow', withRows({ remindAfterHours: 30 }), 'sample, route, row 1'],
    ['what is no form at all', 7, '(whole)'],
  ])('with %s is refused by its path', (_, definition, path) => {
    expect(wrongIn(definition)).toContain(path);
  });

  it('with more working hours than end in 90 days is refused', () => {
    const compiled = compileForm(withRows({ expireAfterHours: 700 }), { calendar: 'China 2026', mostHours: 400 });

    expect(JSON.stringify(compiled)).toContain('must be 400 or less: by the calendar China 2026');
  });

  it('that is too long to be kept is refused', () => {
    const rows = Array.from({ length: 100 }, (_, row) => ({ copyTo: `person:${'x'.repeat(1000)}${row}` }));

    expect(wrongIn(withRows(...rows))).toContain('(whole)');
  });
});
