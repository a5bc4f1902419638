import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { leafDigest, merkleRoot } from '../../../functions/evidence/domain/merkle.ts';

const sha = (hex: string) => createHash('sha256').update(Buffer.from(hex, 'hex')).digest('hex');
const hex = (text: string) => Buffer.from(text).toString('hex');

/** The definition of RFC 6962, section 2.1, word for word. */
function treeHash(leaves: readonly string[]): string {
  if (leaves.length === 0) return sha('');
  if (leaves.length === 1) return sha(`00${hex(leaves[0] ?? '')}`);
  let split = 1;
  while (split * 2 < leaves.length) split *= 2;
  return sha(`01${treeHash(leaves.slice(0, split))}${treeHash(leaves.slice(split))}`);
}

describe('a Merkle root', () => {
  it('is that of RFC 6962 for any number of leaves', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'grapheme' }), { maxLength: 70 }), (leaves) => {
        expect(merkleRoot(leaves.map(leafDigest))).toBe(treeHash(leaves));
      }),
    );
  });

  it('is another when a leaf is changed, left out or moved', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.string(), { minLength: 2, maxLength: 40 }), fc.nat(), (leaves, at) => {
        const place = at % (leaves.length - 1);
        const root = merkleRoot(leaves.map(leafDigest));
        const swapped = leaves.with(place, leaves[place + 1] ?? '').with(place + 1, leaves[place] ?? '');

        for (const other of [leaves.with(place, `${leaves[place]}!`), leaves.toSpliced(place, 1), swapped]) {
          expect(merkleRoot(other.map(leafDigest))).not.toBe(root);
        }
      }),
    );
  });
});
