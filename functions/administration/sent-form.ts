/** What the forms of the page on which a form is published send; what is missing or wrong is empty. */
import * as z from 'zod';

const MAX_REASON = 500;

export const sentSchema = z.object({
  step: z.enum(['preview', 'publish']).catch('preview'),
  json: z.string().catch(''),
  replaces: z.coerce.number().int().min(0).optional().catch(undefined),
  reason: z.string().trim().max(MAX_REASON).catch(''),
  requester: z.string().trim().max(100).catch(''),
});
export type SentForm = z.infer<typeof sentSchema>;
