/** An action: shown before exactly what it touches, and then asked for. Exactly what was shown is touched: the form names it. */
import * as z from 'zod';
import { TokenField } from '../pages/form-token.tsx';
import { say } from '../pages/language.ts';
import { Notice } from '../pages/layout.tsx';
import type { PageContext } from '../pages/placed-page.tsx';
import type { Reader } from '../pages/reader.ts';
import { type ActResult, actOnTrouble, type OperationDeps, type Preview, previewAct } from './act-on-trouble.ts';
import {
  needsReason,
  OPERATOR_ACTIONS,
  type OperatorAction,
  parseTrouble,
  type TroubleRef,
  troubleText,
} from './domain/trouble.ts';
import type { TroubleDeps } from './find-trouble.ts';
import { Back, operationsPage, TroubleFacts } from './frame.tsx';
import { ACT_PATH, processPath } from './paths.ts';
import { ACTION_NAMES, countText, LABELS, REFUSAL_NAMES } from './words.ts';

/** Things of one order. */
const MOST_TOUCHED = 50;
const LONGEST_REASON = 1_000;

const refSchema = z.string().transform((text, context): TroubleRef => {
  const ref = parseTrouble(text);
  if (ref === undefined) {
    context.addIssue('it is nothing that waits');
    return z.NEVER;
  }
  return ref;
});
const orderSchema = z.object({
  action: z.enum(OPERATOR_ACTIONS),
  what: z.array(refSchema).min(1).max(MOST_TOUCHED),
  reason: z.string().max(LONGEST_REASON),
});
type Order = z.infer<typeof orderSchema>;

/** Undefined: the form cannot be read. */
function orderOf(sent: URLSearchParams): Order | undefined {
  const [action, what, reason] = [sent.get('action'), sent.getAll('what'), sent.get('reason') ?? ''];
  return orderSchema.safeParse({ action, what, reason }).data;
}

interface Props {
  readonly context: PageContext;
  readonly reader: Reader;
}

/** Changes nothing. Undefined: nothing that can be read is asked about. */
export async function showAct(deps: TroubleDeps, { context, reader }: Props) {
  const order = orderOf(new URL(context.req.url).searchParams);
  if (order === undefined) {
    return undefined;
  }
  return previewPage({ context, reader, order, previews: await previewAct(deps, order.what, order.action) });
}

/** Undefined: the form cannot be read, and nothing is done. */
export async function applyAct(deps: OperationDeps, { context, reader }: Props) {
  const order = orderOf(new URLSearchParams(await context.req.text()));
  if (order === undefined) {
    return undefined;
  }
  const { action, reason } = order;
  if (needsReason(action) && reason.trim() === '') {
    const previews = await previewAct(deps, order.what, action);
    return previewPage({ context, reader, order, previews, lacksReason: true });
  }
  const operator = { name: context.get('signedIn').employeeId, via: 'operations-page' } as const;
  const results: ActResult[] = [];
  for (const ref of order.what) {
    results.push(await actOnTrouble(deps, { ref, action, reason, operator }));
  }
  return resultPage({ context, reader, action, results });
}

interface PreviewProps extends Props {
  readonly order: Order;
  readonly previews: readonly Preview[];
  readonly lacksReason?: boolean;
}

function previewPage({ context, reader, order: { action }, previews, lacksReason = false }: PreviewProps) {
  const { language } = reader;
  const title = say(ACTION_NAMES[action], language);
  const able = previews.filter(({ refusal }) => refusal === undefined);
  return operationsPage({
    context,
    title,
    language,
    children: (
      <section class="card" aria-labelledby="title">
        <h1 id="title">{title}</h1>
        <Touched title={countText(able.length, LABELS.wouldTouch)} previews={able} reader={reader} />
        <Touched
          title={countText(previews.length - able.length, LABELS.wouldNot)}
          previews={previews.filter(({ refusal }) => refusal !== undefined)}
          reader={reader}
        />
        {able.length === 0 ? null : (
          <form method="post" action={ACT_PATH}>
            <TokenField />
            <input type="hidden" name="action" value={action} />
            {able.map(({ ref }) => (
              <input type="hidden" name="what" value={troubleText(ref)} />
            ))}
            <Reason action={action} lacksReason={lacksReason} reader={reader} />
            <p class="hint">{say(LABELS.recorded, language)}</p>
            <div class="actions">
              <button type="submit" class={action === 'cancel' ? 'end' : 'main'}>
                {say(countText(able.length, ACTION_NAMES[action]), language)}
              </button>
            </div>
          </form>
        )}
        <Back language={language} />
      </section>
    ),
  });
}

interface TouchedProps {
  readonly title: Parameters<typeof say>[0];
  readonly previews: readonly Preview[];
  readonly reader: Reader;
}

function Touched({ title, previews, reader }: TouchedProps) {
  const { language } = reader;
  return previews.length === 0 ? null : (
    <>
      <h2>{say(title, language)}</h2>
      <ul class="steps">
        {previews.map(({ ref, trouble, refusal }) => (
          <li>
            {trouble?.title ?? troubleText(ref)}
            {trouble === undefined ? null : <TroubleFacts trouble={trouble} reader={reader} />}
            {refusal === undefined ? null : <p class="wrong">{say(REFUSAL_NAMES[refusal], language)}</p>}
          </li>
        ))}
      </ul>
    </>
  );
}

interface ReasonProps {
  readonly action: OperatorAction;
  readonly lacksReason: boolean;
  readonly reader: Reader;
}

function Reason({ action, lacksReason, reader: { language } }: ReasonProps) {
  return needsReason(action) ? (
    <div class="task">
      <label for="reason">{say(LABELS.reason, language)}</label>
      <p class="hint" id="reason-hint">
        {say(LABELS.reasonHint, language)}
      </p>
      {lacksReason ? (
        <p class="wrong" id="reason-wrong" role="alert">
          {say(LABELS.noReason, language)}
        </p>
      ) : null}
      <textarea
        id="reason"
        name="reason"
        required
        maxlength={LONGEST_REASON}
        aria-describedby={lacksReason ? 'reason-hint reason-wrong' : 'reason-hint'}
        aria-invalid={lacksReason ? 'true' : undefined}
      />
    </div>
  ) : null;
}

interface ResultProps extends Props {
  readonly action: OperatorAction;
  readonly results: readonly ActResult[];
}

function resultPage({ context, reader: { language }, action, results }: ResultProps) {
  const title = say(ACTION_NAMES[action], language);
  const asked = results.filter(({ kind }) => kind === 'asked-for').length;
  return operationsPage({
    context,
    title,
    language,
    children: (
      <>
        <Notice tone="wait" title={say(countText(asked, LABELS.askedFor), language)}>
          {say(LABELS.askedForFoot, language)}
        </Notice>
        <section class="card" aria-labelledby="title">
          <h1 id="title">{title}</h1>
          <ul class="steps">
            {results.map((result) => (
              <li>
                <Result result={result} language={language} />
              </li>
            ))}
          </ul>
          <Back language={language} />
        </section>
      </>
    ),
  });
}

function Result({ result, language }: { readonly result: ActResult } & Pick<Reader, 'language'>) {
  if (result.kind === 'refused') {
    const { ref, refusal, message } = result;
    const why = refusal === 'refused' ? ` (${message})` : '';
    return (
      <>
        {troubleText(ref)}
        <p class="wrong">
          {say(REFUSAL_NAMES[refusal], language)}
          {why}
        </p>
      </>
    );
  }
  const { title, processId } = result.act;
  return (
    <>
      {title}
      <p class="by">
        {say(LABELS.askedFor, language)}
        {processId === undefined ? null : (
          <>
            {' · '}
            <a href={processPath(processId)}>{processId}</a>
          </>
        )}
      </p>
    </>
  );
}
