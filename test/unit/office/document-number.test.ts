import { describe, expect, it } from 'vitest';
import { documentNumber, numberFamily, numberPatternSchema } from '../../../functions/office/domain/document-number.ts';

describe('the number of a document', () => {
  it.each([
    ['SEAL-{year}-{seq:4}', 'SEAL-2026-0007'],
    ['SEAL-{year}-{seq}', 'SEAL-2026-7'],
    ['行政发〔{year}〕{seq}号', '行政发〔2026〕7号'],
    ['{seq:2}/{year}', '07/2026'],
  ])('is made of %s', (pattern, number) => {
    expect(numberPatternSchema.parse(pattern)).toBe(pattern);
    expect(documentNumber(pattern, '2026', 7)).toBe(number);
  });

  it('grows beyond the digits that it has at least', () => {
    expect(documentNumber('S-{year}-{seq:2}', '2026', 1234)).toBe('S-2026-1234');
  });

  it.each([
    '',
    'S',
    '{year}{seq}',
    '{year}-{year}-{seq}',
    'S-{year}-{seq:0}',
    'S-{year}-{seq:12}',
    '2-{year}-{seq}',
    'S-{year}-{seq}-{day}',
  ])('is not made of %s', (pattern) => {
    expect(numberPatternSchema.safeParse(pattern).success).toBe(false);
  });

  it('is of one family with all that could be the same', () => {
    expect(numberFamily('S-{year}-{seq:2}')).toBe(numberFamily('S-{year}-{seq}'));
    expect(numberFamily('T-{year}-{seq}')).not.toBe(numberFamily('S-{year}-{seq}'));
  });
});
