/** A form or a call of administrators that changed nothing, for the record. */
import type { GuessDeps } from '../approvals/guesses.ts';
import { ADMINISTRATION, recordRefusal } from '../approvals/record-refusal.ts';
import type { Directory } from '../directory/port.ts';
import { FORMS_PATH } from './paths.ts';

/** Stable names: they stand in the record. */
export type FormRefusal =
  | 'not-your-role'
  /** Without the token of the session. */
  | 'not-our-form'
  | 'bad-form'
  | 'unknown-person'
  | 'same-person'
  /** It names an approval that there is not. */
  | 'no-such-approval'
  /** It would publish a form that cannot be, or that another version has taken the place of. */
  | 'wrong-form'
  | 'form-changed'
  | 'same-form'
  | 'numbers-taken';

interface RefusedForm {
  /** Employee id of whoever sent it. */
  readonly by: string;
  readonly refusal: FormRefusal;
  /** Path of the form or the call. */
  readonly path: string;
  /** As it was sent: kept only where the directory knows the person. */
  readonly to?: string | undefined;
}

/** On the pages, and by the API. */
const HAND_OVER = /^\/(?:admin|api\/v1)\/people\/(?<from>[^/]{1,200})\/(?:hand-over|tasks\/[^/]+\/[^/]+)$/;

/** What was sent may be any text: only ids of people are kept, and what the form is for. */
export async function recordRefusedForm(
  deps: GuessDeps & { readonly directory: Directory },
  { by, refusal, path, to }: RefusedForm,
): Promise<void> {
  const from = HAND_OVER.exec(path)?.groups?.from;
  const known = async (id: string | undefined) =>
    id === undefined ? undefined : (await deps.directory.person(id))?.employeeId;
  await recordRefusal(deps, ADMINISTRATION, {
    type: 'AdministrationRefused',
    actor: { kind: 'person', id: by },
    facts: {
      employeeId: by,
      action: actionOf(path, from),
      refusal,
      from: await known(from),
      to: await known(to),
    },
  });
}

function actionOf(path: string, from: string | undefined): 'hand-over' | 'publish-form' | 'unknown' {
  if (path === FORMS_PATH) {
    return 'publish-form';
  }
  return from === undefined ? 'unknown' : 'hand-over';
}
