/** What the form of the decision page asks for. */
import * as z from 'zod';
import type { Wish } from './domain/approval-commands.ts';

const comment = z
  .string()
  .default('')
  .transform((text) => text.replaceAll('\r\n', '\n').trim());
/** Characters of a name, employee id or mail address as typed; the form's field takes no more either. */
export const MAX_NAME = 200;

const to = z.string().trim().min(1).max(MAX_NAME);
const target = z
  .string()
  .regex(/^\d{1,3}$/)
  .transform(Number);

/** A form sends the field also where nobody was chosen. */
const next = z
  .string()
  .max(MAX_NAME)
  .transform((id) => (id === '' ? undefined : id))
  .optional();

const wishSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('decide'), action: z.string().max(100).default(''), next, comment }),
  z.object({ kind: z.enum(['comment', 'claim', 'release', 'give-back', 'recall', 'take-back']), comment }),
  z.object({ kind: z.enum(['transfer', 'delegate', 'copy']), to, comment }),
  z.object({ kind: z.literal('add-signer'), to, where: z.enum(['before', 'beside', 'after']), comment }),
  z.object({ kind: z.literal('remove-signer'), signer: to, comment }),
  z.object({ kind: z.literal('return-to-level'), target, comment }),
  z.object({ kind: z.literal('return-to-requester'), comment }),
]);

const level = z
  .string()
  .regex(/^\d{1,6}$/)
  .transform(Number);

/** A level, as the address of a task in a session names it; undefined: it names none. */
export function readLevel(text: string | undefined): number | undefined {
  return level.safeParse(text).data;
}

/** Undefined for a form that the page does not have. Only the form of the decision itself names no task. */
export function readWish(form: URLSearchParams): Wish | undefined {
  return wishSchema.safeParse({ ...Object.fromEntries(form), kind: form.get('task') ?? 'decide' }).data;
}
