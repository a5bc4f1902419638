import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nestingOf } from '../../../functions/intake/domain/nesting.ts';

describe('the nesting of a JSON text', () => {
  it.each([
    ['"{[{["', 0],
    ['{}', 1],
    ['{"a":[{"b":[]}],"c":{}}', 4],
    [String.raw`{"a":"\"[[[[","b":[1]}`, 2],
    [String.raw`["\\",[]]`, 2],
  ])('of %s is %i', (json, nesting) => {
    expect(nestingOf(json)).toBe(nesting);
  });

  it('is the depth of whatever value was written', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(nestingOf(JSON.stringify(value))).toBe(depthOf(value));
      }),
    );
  });

  it('is counted of what would end a program that walks through it', () => {
    expect(nestingOf('['.repeat(200_000))).toBe(200_000);
  });
});

function depthOf(value: unknown): number {
  return typeof value === 'object' && value !== null ? 1 + Math.max(0, ...Object.values(value).map(depthOf)) : 0;
}
