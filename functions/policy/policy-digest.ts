/** Which version of the policies it is: two with the same digest decide alike. */
import { createHash } from 'node:crypto';
import { canonicalJson, type Json } from '../audit/domain/canonical-json.ts';
import type { CompiledRules, CompiledTable } from './table.ts';

/** SHA-256 (hex) of the canonical JSON of a table, or of all. */
export function policyDigest(policy: CompiledTable | CompiledRules): string {
  const json: Json = JSON.parse(JSON.stringify(policy));
  return createHash('sha256').update(canonicalJson(json)).digest('hex');
}

/** As pages and timelines name a version. */
export function shortDigest(digest: string): string {
  return digest.slice(0, 8);
}
