/**
 * The hidden fields of forms in a session. A link says what its person was asked; whoever is signed in sends it with the
 * form, so that a decision is about what the page showed and nothing newer.
 */
import { createContext, type PropsWithChildren, useContext } from 'hono/jsx';
import { FormToken, TokenField } from '../pages/form-token.tsx';
import type { AskedAbout } from './act-in-person.ts';

const Asked = createContext<AskedAbout | undefined>(undefined);

interface SessionFormsProps {
  /** Undefined: nobody is signed in. */
  readonly token: string | undefined;
  /** Undefined: the link of the page says it. */
  readonly question: AskedAbout | undefined;
}

/** Around the page. */
export function SessionForms({ token, question, children }: PropsWithChildren<SessionFormsProps>) {
  return (
    <FormToken.Provider value={token}>
      <Asked.Provider value={question}>{children}</Asked.Provider>
    </FormToken.Provider>
  );
}

/** In each form. */
export function SessionFields() {
  const asked = useContext(Asked);
  return (
    <>
      <TokenField />
      {asked === undefined ? null : (
        <>
          <input type="hidden" name="level" value={asked.level} />
          <input type="hidden" name="round" value={asked.round} />
          <input type="hidden" name="documentVersion" value={asked.documentVersion} />
        </>
      )}
    </>
  );
}
