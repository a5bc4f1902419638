/** What a form says about who is to decide, whatever is asked for. */
import * as z from 'zod';

/** The head carries them through the whole process. */
const MAX_NAMED = 20;

/** Values by the names that the rules give them. */
export const namedValuesSchema = z
  .record(z.string().min(1).max(64), z.string().min(1).max(200))
  .refine((values) => Object.keys(values).length <= MAX_NAMED, `must be at most ${MAX_NAMED}`);

/** Fields of every form. */
export const choicesShape = {
  /** Whom the requester chose to decide: employee ids, by the names that the rules give them (`choice:<name>`). */
  approvers: namedValuesSchema.optional(),
  /** Further fields of the form that the rules read (`field:<name>`). */
  fields: namedValuesSchema.optional(),
};
