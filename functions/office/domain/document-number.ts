/** The number that a document gets once it is approved: of its form and year, one after the other without a gap. Pure. */
import * as z from 'zod';

const SEQUENCE = /\{seq(?::([1-8]))?\}/u;
const YEAR = '{year}';

/**
 * Such as `SEAL-{year}-{seq:4}` or `行政发〔{year}〕{seq}号`; a digit after the colon is how many digits the sequence has at
 * least. No digits stand beside the parts, and something stands between them, so that no two numbers read alike.
 */
export const numberPatternSchema = z
  .string()
  .max(60)
  .refine(
    (pattern) => /^[^\d{}]*(\{year\}[^\d{}]+\{seq(:[1-8])?\}|\{seq(:[1-8])?\}[^\d{}]+\{year\})[^\d{}]*$/u.test(pattern),
    'must have {year} and {seq} (or {seq:4} for four digits) once each, something between them, and no other digits, such as SEAL-{year}-{seq:4}',
  );

/** `year`: four digits. `sequence`: from 1. */
export function documentNumber(pattern: string, year: string, sequence: number): string {
  return pattern
    .replace(YEAR, year)
    .replace(SEQUENCE, (_, digits: string | undefined) => String(sequence).padStart(Number(digits ?? 1), '0'));
}

/** What a pattern has in common with every other that gives the same numbers. */
export function numberFamily(pattern: string): string {
  return pattern.replace(SEQUENCE, '{seq}');
}
