import { describe, expect, it } from 'vitest';

/** Something that AWS's documentation says, with a proof that the engine does it. */
export interface Documented {
  /** In words. */
  readonly rule: string;
  /** Address of the page that says so. */
  readonly page: string;
  readonly seen: () => Promise<unknown>;
  /** What `seen` gives; of objects only the fields that are named count. */
  readonly expected: unknown;
}

export const GUIDE = 'https://docs.aws.amazon.com/step-functions/latest/dg';
export const API = 'https://docs.aws.amazon.com/step-functions/latest/apireference';

/** Makes a test of each row. */
export function proveDocumented(subject: string, rows: readonly Documented[]): void {
  describe(`as documented, ${subject}`, () => {
    it.each(rows.map((row) => [row.rule, row.page, row] as const))('%s (%s)', async (_rule, _page, row) => {
      const { seen, expected } = row;
      const found = await seen();

      if (Array.isArray(expected)) expect(found).toEqual(expected.map(matching));
      else expect(found).toEqual(matching(expected));
    });
  });
}

function matching(expected: unknown): unknown {
  return typeof expected === 'object' && expected !== null ? expect.objectContaining({ ...expected }) : expected;
}

/** What a promise is rejected with; fails the test when it is not. */
export async function rejection(promise: Promise<unknown>): Promise<unknown> {
  const outcome = await promise.then(
    () => undefined,
    (error: unknown) => ({ error }),
  );
  if (outcome === undefined) throw new Error('It was not refused');
  return outcome.error;
}
