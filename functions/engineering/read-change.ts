/** An engineering change as it was filed, in its shape; what the ERP and the directory say of it is not asked. */
import { type EngineeringChange, engineeringChangeSchema } from '../events/engineering-change-submitted.ts';
import { type FieldIssue, ValidationError } from '../runtime/errors.ts';
import { parseInput } from '../runtime/parse.ts';

/** Issues are named by the whole path, such as `change.components[0].quantity`. */
export function changeOf(
  filed: unknown,
): { readonly change: EngineeringChange } | { readonly issues: readonly FieldIssue[] } {
  try {
    return { change: parseInput(engineeringChangeSchema, filed) };
  } catch (error) {
    if (error instanceof ValidationError) {
      return { issues: error.issues.map((issue) => ({ ...issue, field: `change.${issue.field}` })) };
    }
    throw error;
  }
}
