/**
 * What a file of personal values has in the place of those that were erased after its book was closed: which entry of the
 * record erased them. Every line keeps its place, and each of the others is still proved by its digest.
 */
import * as z from 'zod';
import { canonicalJson, type Json } from '../../audit/domain/canonical-json.ts';
import type { RecordEntry } from '../../audit/domain/record.ts';
import { objectOf } from './json-line.ts';

const sequence = z.int().min(1);

const erasedLineSchema = z.strictObject({
  processId: z.string().min(1),
  sequence,
  /** The entry of the same record, `PersonalValuesErased`, that names them. */
  erasedBy: sequence,
});
export type ErasedLine = z.infer<typeof erasedLineSchema>;

/** What one entry of a record erased. */
export interface ErasedValues {
  readonly processId: string;
  readonly sequences: readonly number[];
  readonly erasedBy: number;
}

/** The same lines, with those in the places of erased values that say so, and how many were replaced. */
export function withoutErased(
  lines: readonly string[],
  erasures: readonly ErasedValues[],
): { readonly lines: readonly string[]; readonly erased: number } {
  const places = new Map(
    erasures.flatMap(({ processId, sequences, erasedBy }) =>
      sequences.map((one) => [placeOf({ processId, sequence: one }), erasedBy] as const),
    ),
  );
  let erased = 0;
  const kept = lines.map((line) => {
    const values: Partial<ErasedLine> = objectOf(line) ?? {};
    const { processId = '', sequence = 0 } = values;
    const erasedBy = places.get(placeOf({ processId, sequence }));
    if (erasedBy === undefined || values.erasedBy !== undefined) {
      return line;
    }
    erased += 1;
    return canonicalJson({ processId, sequence, erasedBy } satisfies ErasedLine as Json);
  });
  return { lines: kept, erased };
}

/** Undefined: the line says nothing of the kind. */
export function erasedLineOf(value: object | undefined): ErasedLine | undefined {
  return value !== undefined && 'erasedBy' in value ? erasedLineSchema.safeParse(value).data : undefined;
}

/** Undefined: the entry erases no values of entries. */
export function erasedByEntry({ processId, sequence, type, facts }: RecordEntry): ErasedValues | undefined {
  const sequences = type === 'PersonalValuesErased' ? z.array(z.int()).safeParse(facts.sequences).data : undefined;
  return sequences === undefined ? undefined : { processId, sequences, erasedBy: sequence };
}

/** The place of an entry among those of all records. */
export function placeOf({ processId, sequence }: Pick<RecordEntry, 'processId' | 'sequence'>): string {
  return `${sequence} ${processId}`;
}
