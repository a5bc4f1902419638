/**
 * Merkle trees as of RFC 6962, section 2.1 (https://www.rfc-editor.org/rfc/rfc6962#section-2.1): one digest that stands for
 * a whole ordered list. Leaves and inner nodes are hashed under different prefixes, so that neither passes for the other.
 */
import { createHash } from 'node:crypto';

const LEAF = Uint8Array.of(0);
const NODE = Uint8Array.of(1);

/** SHA-256 (hex) of one leaf. */
export function leafDigest(text: string): string {
  return createHash('sha256').update(LEAF).update(text, 'utf8').digest('hex');
}

/** Root (hex) over the digests of leaves in their order; of none, the SHA-256 of nothing. */
export function merkleRoot(digests: readonly string[]): string {
  if (digests.length === 0) {
    return createHash('sha256').digest('hex');
  }
  let level: readonly Buffer[] = digests.map((digest) => Buffer.from(digest, 'hex'));
  while (level.length > 1) {
    level = parents(level);
  }
  return level[0]?.toString('hex') ?? '';
}

/** A node without a sibling goes up as it is, which gives the tree of the RFC. */
function parents(level: readonly Buffer[]): readonly Buffer[] {
  const above: Buffer[] = [];
  for (let index = 0; index < level.length; index += 2) {
    const [left, right] = [level[index], level[index + 1]];
    if (left !== undefined) {
      above.push(right === undefined ? left : createHash('sha256').update(NODE).update(left).update(right).digest());
    }
  }
  return above;
}
