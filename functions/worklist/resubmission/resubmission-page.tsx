/** The page on which a requester changes what came back to them: why, what stands, and a field for what can be changed. */

import type { Context } from 'hono';
import { TokenField } from '../../pages/form-token.tsx';
import { formatInstant } from '../../pages/format.ts';
import type { PageEnvironment } from '../../pages/http-api.ts';
import { type Language, say } from '../../pages/language.ts';
import { Notice } from '../../pages/layout.tsx';
import { REQUESTS_PATH, resubmissionPath } from '../../pages/places.tsx';
import type { Filed } from '../../requests/domain/request.ts';
import type { Issue } from '../../requests/return-request.ts';
import { ownRequestPage } from '../own-request-page.tsx';
import type { ResubmissionQuestion } from './ask-to-resubmit.ts';
import { type DocumentForm, fieldName } from './document-form.ts';
import { DOCUMENT_FIELD, FORM_KEY_FIELD, VERSION_FIELD } from './read-form.ts';
import { Part } from './resubmission-fields.tsx';
import { RESUBMISSION_LABELS, returnedTitle } from './words.ts';

interface ResubmissionPageProps {
  readonly context: Context<PageEnvironment>;
  readonly language: Language;
  readonly timeZone: string;
  readonly processId: string;
  readonly question: ResubmissionQuestion;
  readonly form: DocumentForm;
  /** Unique for this showing of the form: what is sent twice from it counts once. */
  readonly formKey: string;
  /** As it was just sent, and what is wrong with it; fields are named within the document. */
  readonly written?: { readonly document: Filed; readonly issues: readonly Issue[] };
}

export function resubmissionPage(props: ResubmissionPageProps) {
  const { language, timeZone, question } = props;
  const { returnedBy, reason, deadline } = question;
  return ownRequestPage({
    ...props,
    title: RESUBMISSION_LABELS.change,
    cannot: RESUBMISSION_LABELS.cannotSend,
    children: (
      <>
        <Notice tone="wait" title={say(returnedTitle(returnedBy), language)}>
          <p class="quote">{say(reason, language)}</p>
          {deadline === undefined ? null : (
            <p>
              {say(RESUBMISSION_LABELS.until, language)} {formatInstant(deadline, language, timeZone)}
            </p>
          )}
        </Notice>
        <ChangeForm {...props} />
      </>
    ),
  });
}

function ChangeForm({ language, processId, question, form, formKey, written }: ResubmissionPageProps) {
  const document = written?.document ?? question.document;
  const issues = written?.issues ?? question.issues;
  const parts = form.parts(document);
  const shown = parts.flatMap(({ fields }) => fields.map(({ path }) => fieldName(path)));
  return (
    <>
      <Issues
        question={question}
        isSent={written !== undefined}
        issues={issues.filter(({ field }) => !shown.includes(field))}
        language={language}
      />
      <form method="post" action={REQUESTS_PATH} accept-charset="utf-8" class="task">
        <TokenField />
        <input type="hidden" name={DOCUMENT_FIELD} value={JSON.stringify(document)} />
        <input type="hidden" name={VERSION_FIELD} value={String(question.version)} />
        <input type="hidden" name={FORM_KEY_FIELD} value={formKey} />
        {parts.map((part) => (
          <Part part={part} document={document} issues={issues} language={language} />
        ))}
        <button type="submit" name="resubmit" value={processId} class="main">
          {say(RESUBMISSION_LABELS.send, language)}
        </button>
      </form>
      {written === undefined ? null : (
        <p class="apart">
          <a href={resubmissionPath(processId)}>{say(RESUBMISSION_LABELS.startAgain, language)}</a>
        </p>
      )}
    </>
  );
}

interface IssuesProps {
  readonly question: ResubmissionQuestion;
  readonly isSent: boolean;
  /** Those that stand beside no field. */
  readonly issues: readonly Issue[];
  readonly language: Language;
}

function Issues({ question, isSent, issues, language }: IssuesProps) {
  if (!isSent && !question.isRefused) {
    return null;
  }
  const title = isSent ? RESUBMISSION_LABELS.incomplete : RESUBMISSION_LABELS.refusedBefore;
  return (
    <Notice tone="bad" title={say(title, language)}>
      {isSent ? <p>{say(RESUBMISSION_LABELS.incompleteText, language)}</p> : null}
      {issues.map(({ reason }) => (
        <p>{say(reason, language)}</p>
      ))}
    </Notice>
  );
}
