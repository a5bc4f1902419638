import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalJson } from '../../../functions/audit/domain/canonical-json.ts';

describe('canonical JSON', () => {
  it('sorts names by code unit at every depth, and has no white space', () => {
    const value = { b: [{ z: 1, a: null }], '\u{1F600}': true, '\uFB33': '', a: 'é' };

    expect(canonicalJson(value)).toBe('{"a":"é","b":[{"a":null,"z":1}],"\u{1F600}":true,"\uFB33":""}');
  });

  it.each([
    [-0, '0'],
    [1e21, '1e+21'],
    [333333333.3333333, '333333333.3333333'],
    [4.5, '4.5'],
    [2e-3, '0.002'],
    [0.000000000000000000000000001, '1e-27'],
  ])('writes the number %d as RFC 8785 does: %s', (value, text) => {
    expect(canonicalJson({ value })).toBe(`{"value":${text}}`);
  });

  it.each([Number.NaN, Number.POSITIVE_INFINITY])('refuses %d, which JSON does not have', (value) => {
    expect(() => canonicalJson([value])).toThrow(TypeError);
  });

  it('takes a member without a value for a member that is not there', () => {
    expect(canonicalJson({ a: undefined, b: 1 })).toBe(canonicalJson({ b: 1 }));
  });

  it('keeps the halves of a surrogate pair apart, which a hash over UTF-8 alone would take for the same', () => {
    expect(canonicalJson('\ud83d')).not.toBe(canonicalJson('\udc4d'));
  });

  it('has one text for one value whatever the order of its members, and means the value', () => {
    fc.assert(
      fc.property(fc.jsonValue({ stringUnit: 'binary' }), (value) => {
        const text = canonicalJson(value as never);

        expect(canonicalJson(reversed(value) as never)).toBe(text);
        expect(canonicalJson(JSON.parse(text))).toBe(text);
        expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(value)));
      }),
    );
  });

  it('has different texts for different values', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.jsonValue(), (one, other) => {
        const same = canonicalJson(one as never) === canonicalJson(other as never);

        expect(same).toBe(canonicalJson(reversed(one) as never) === canonicalJson(reversed(other) as never));
        if (same) {
          expect(JSON.parse(JSON.stringify(one))).toEqual(JSON.parse(JSON.stringify(other)));
        }
      }),
    );
  });
});

/** The same value with the members of every object in the opposite order. */
function reversed(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.map(reversed);
  }
  if (typeof value !== 'object' || value === null) {
    return value;
  }
  const members = Object.entries(value).map(([name, member]) => [name, reversed(member)] as const);
  return Object.fromEntries(members.reverse());
}
