import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseTrouble, type TroubleRef, troubleText } from '../../../functions/operations/domain/trouble.ts';

const id = fc.stringMatching(/^[A-Za-z0-9][A-Za-z0-9._-]{0,50}$/);
const name = fc.stringMatching(/^[A-Za-z0-9_-]{1,40}$/);
const anyRef: fc.Arbitrary<TroubleRef> = fc.oneof(
  fc.record({ kind: fc.constant('question' as const), processId: id, approvalId: id }),
  fc.record({ kind: fc.constant('message' as const), processId: id, effectId: id }),
  fc.record({
    kind: fc.constant('execution' as const),
    executionId: fc
      .tuple(name, name)
      .map(([machine, run]) => `arn:aws:states:eu-west-1:123456789012:execution:${machine}:${run}`),
  }),
);

describe('what waits, as text', () => {
  it('is read back as it was', () => {
    fc.assert(
      fc.property(anyRef, (ref) => {
        expect(parseTrouble(troubleText(ref))).toEqual(ref);
      }),
    );
  });

  it.each([
    '',
    'question/P2P-1',
    'question/P2P-1/a/b',
    'question/../x',
    'process/P2P-1/a',
    'execution/P2P-1',
    'execution/arn:aws:lambda:eu-west-1:123456789012:function:x',
    'execution/arn:aws:states:eu-west-1:123456789012:execution:m:run/item',
  ])('is not "%s"', (text) => {
    expect(parseTrouble(text)).toBeUndefined();
  });
});
