/** How the connector calls Odoo. */
import * as z from 'zod';

export const odooCredentialsSchema = z.object({
  /** Origin of the server, such as `https://odoo.example.com`. */
  url: z.url(),
  database: z.string().min(1),
  /** Of the connector's own user; Odoo makes it under the user's preferences, for the scope `rpc`. */
  apiKey: z.string().min(1),
});
export type OdooCredentials = z.infer<typeof odooCredentialsSchema>;
