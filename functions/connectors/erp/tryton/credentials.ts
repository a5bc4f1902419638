/** How the connector logs in to Tryton. */
import * as z from 'zod';

export const trytonCredentialsSchema = z.object({
  /** Origin of the server, such as `https://tryton.example.com`. */
  url: z.url(),
  database: z.string().min(1),
  user: z.string().min(1),
  password: z.string().min(1),
});
export type TrytonCredentials = z.infer<typeof trytonCredentialsSchema>;
