/** What the API answers when it does not do what it was asked. */
import * as z from 'zod';

export const problem = z
  .object({
    type: z.string().describe('`/api/v1/problems/` and the code.'),
    title: z.string(),
    status: z.int(),
    detail: z.string().optional(),
    code: z.string().describe('Stable, for programs: the reason why an action does not count, or what is wrong.'),
    errors: z
      .array(
        z.object({
          field: z.string(),
          problem: z.string(),
          code: z.string().optional().describe('Stable, for programs, where there is one.'),
        }),
      )
      .optional(),
  })
  .describe('As RFC 9457 has it.')
  .meta({ id: 'Problem' });
