/** The token that each form of a session carries, so that no other site can send the form in its place. */
import { createContext, useContext } from 'hono/jsx';

/** Name of the hidden field. */
export const TOKEN_FIELD = 'csrf';

/** Around a page: the token of whoever is signed in; undefined: the page's forms need none. */
export const FormToken = createContext<string | undefined>(undefined);

/** In a form. */
export function TokenField() {
  const token = useContext(FormToken);
  return token === undefined ? null : <input type="hidden" name={TOKEN_FIELD} value={token} />;
}
