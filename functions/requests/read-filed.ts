/** What was filed, in its shape; what the directory, the ERP or a form say of it is not asked. */
import type * as z from 'zod';
import { type FieldIssue, ValidationError } from '../runtime/errors.ts';
import { parseInput } from '../runtime/parse.ts';

/**
 * @param name - of the document in its event, so that issues are named by the whole path, such as `leave.from`
 * @returns what was filed, or everything that is wrong with its shape
 */
export function readFiled<Filed>(
  schema: z.ZodType<Filed>,
  filed: unknown,
  name: string,
): { readonly document: Filed } | { readonly issues: readonly FieldIssue[] } {
  try {
    return { document: parseInput(schema, filed) };
  } catch (error) {
    if (error instanceof ValidationError) {
      return { issues: error.issues.map((issue) => ({ ...issue, field: `${name}.${issue.field}` })) };
    }
    throw error;
  }
}
