import { describe, expect, it } from 'vitest';
import { RefusedError } from '../../../functions/connectors/erp/outcome.ts';
import { discardDraft } from '../../../functions/connectors/erp/tryton/journal-entries.ts';
import type { TrytonSession } from '../../../functions/connectors/erp/tryton/session.ts';
import { ConnectorTransientError } from '../../../functions/runtime/errors.ts';

const KEY = 'P1-entry';

/** A Tryton with moves by id; `onDelete` may change them or throw. */
function trytonWith(moves: Map<number, { readonly state: string; readonly key: string }>, onDelete?: () => void) {
  const rows = () =>
    [...moves].map(([id, { state, key }]) => ({
      id,
      number: '',
      state,
      date: { __class__: 'date', year: 2026, month: 1, day: 5 },
      description: `claim [${key}]`,
      'company.': { 'currency.': { code: 'CNY' } },
    }));
  const tryton: Pick<TrytonSession, 'find' | 'delete'> = {
    find: async (_model, _domain, shape) => rows().map((row) => shape.parse(row)),
    delete: async (_model, id) => {
      onDelete?.();
      moves.delete(id);
    },
  };
  return tryton as TrytonSession;
}

const draftAnd = (...others: readonly (readonly [number, { state: string; key: string }])[]) =>
  new Map([[1, { state: 'draft', key: KEY }] as const, ...others]);

describe('what Tryton began and did not post', () => {
  it('is deleted with its twins, and nothing that is posted or is another’s', async () => {
    const moves = draftAnd(
      [2, { state: 'draft', key: KEY }],
      [3, { state: 'posted', key: KEY }],
      [4, { state: 'draft', key: KEY.toUpperCase() }],
    );
    expect(await discardDraft(trytonWith(moves), KEY)).toBe('discarded');
    expect([...moves.keys()]).toEqual([3, 4]);
  });

  it.each([
    ['posted', (moves: Map<number, object>) => void moves.set(1, { state: 'posted', key: KEY })],
    ['deleted', (moves: Map<number, object>) => void moves.delete(1)],
  ])('is nobody’s refusal where somebody has %s it meanwhile', async (_, change) => {
    const moves = draftAnd();
    const tryton = trytonWith(moves, () => {
      change(moves);
      throw new RefusedError('no');
    });
    expect(await discardDraft(tryton, KEY)).toBe('none');
  });

  it('is told by name where Tryton does not let it go', async () => {
    const tryton = trytonWith(draftAnd(), () => {
      throw new RefusedError('no right to delete');
    });
    await expect(discardDraft(tryton, KEY)).rejects.toMatchObject({
      rule: 'draft-kept',
      message: expect.stringContaining(`[${KEY}]`),
    });
  });

  it('is looked for again where it is not known whether it was deleted', async () => {
    const tryton = trytonWith(draftAnd(), () => {
      throw new ConnectorTransientError('cut');
    });
    await expect(discardDraft(tryton, KEY)).rejects.toMatchObject({ name: 'ConnectorTransientError' });
  });
});
