/** A form that files nothing: who would approve a request under the tables and the directory as they count now, and why. */
import * as z from 'zod';
import { RULED_SUBJECTS } from '../approvals/domain/plan.ts';
import { kindsOf } from '../approvals/domain/scope.ts';
import {
  type ApprovalExplanation,
  type ApprovalRequest,
  explainApproval,
  firedOnlyFor,
} from '../approvals/explain-approval.ts';
import { MAX_NAME } from '../approvals/read-wish.ts';
import { subjectText } from '../audit/approval-words.ts';
import type { Directory } from '../directory/port.ts';
import { currencySchema, decimalSchema, isCurrency } from '../money/money.ts';
import { type Language, say, type Text } from '../pages/language.ts';
import type { PageContext } from '../pages/placed-page.tsx';
import type { CompiledRules } from '../policy/table.ts';
import type { Clock } from '../runtime/ambient.ts';
import { joined, type Reader } from './frame.tsx';
import { POLICIES_PATH } from './paths.ts';
import { namesIn, Plan } from './plan-view.tsx';
import { LABELS } from './words.ts';

type Field = 'amount' | 'costCentre' | 'categories' | 'currency' | 'legalEntity' | 'requester';

/** What was typed, and what became of it; nothing of the latter before the first question. */
export interface Trial {
  readonly typed: { readonly subject: string } & { readonly [field in Field]: string };
  readonly problems: { readonly [field in Field]?: Text };
  readonly answer?: { readonly explained: ApprovalExplanation; readonly names: ReadonlyMap<string, string> };
}

export interface TrialDeps {
  readonly rules: CompiledRules;
  readonly directory: Directory;
  /** The company's. */
  readonly currency: string;
  readonly clock: Clock;
}

const MAX_TYPED = 100;
const OPTIONAL: readonly Field[] = ['categories', 'currency', 'legalEntity'];
const subjectSchema = z.enum(RULED_SUBJECTS);
const knownCurrency = currencySchema.refine(isCurrency);
const amountSchema = decimalSchema.refine((amount) => !amount.startsWith('-'));

/**
 * `?subject=&amount=&costCentre=&categories=&currency=&legalEntity=&requester=` asks; without a requester nothing is asked.
 * Categories are separated by commas; what is empty besides them is the company's currency and the cost centre's entity.
 */
export async function readTrial(deps: TrialDeps, context: PageContext): Promise<Trial> {
  const said = (name: string) => (context.req.query(name) ?? '').trim().slice(0, MAX_TYPED);
  const typed = {
    subject: said('subject'),
    amount: said('amount'),
    costCentre: said('costCentre'),
    categories: said('categories'),
    currency: said('currency'),
    legalEntity: said('legalEntity'),
    requester: said('requester'),
  };
  if (context.req.query('requester') === undefined) {
    return { typed, problems: {} };
  }
  const subject = subjectSchema.catch('order').parse(typed.subject);
  const amount = amountSchema.safeParse(typed.amount);
  const costCentre = typed.costCentre === '' ? undefined : await deps.directory.costCentre(typed.costCentre);
  const currency = knownCurrency.safeParse(typed.currency === '' ? deps.currency : typed.currency.toUpperCase());
  const [requester, ...others] = typed.requester === '' ? [] : await deps.directory.find(typed.requester);
  if (
    !amount.success ||
    costCentre === undefined ||
    !currency.success ||
    requester === undefined ||
    others.length > 0
  ) {
    const problems = {
      ...(amount.success ? {} : { amount: LABELS.wrongAmount }),
      ...(costCentre === undefined ? { costCentre: LABELS.wrongCostCentre } : {}),
      ...(currency.success ? {} : { currency: LABELS.wrongCurrency }),
      ...(requester === undefined || others.length > 0 ? { requester: LABELS.unknownPerson } : {}),
    };
    return { typed, problems };
  }
  const { employeeId: requesterId } = requester;
  const scope = scopeOf(typed, currency.data);
  const request: ApprovalRequest = { subject, amount: amount.data, costCentre: typed.costCentre, scope, requesterId };
  const explained = await explainApproval(request, { ...deps, now: deps.clock.now() });
  return {
    typed,
    problems: {},
    answer: { explained, names: await namesOf(explained, deps.directory) },
  };
}

async function namesOf(explained: ApprovalExplanation, directory: Directory) {
  return 'plan' in explained ? namesIn(explained.plan, directory, explained.standIns) : new Map<string, string>();
}

function scopeOf({ categories, legalEntity }: Trial['typed'], currency: string): ApprovalRequest['scope'] {
  const lines = categories.split(/[,，]/u).map((category) => ({ category: category.trim(), currency }));
  return { ...(legalEntity === '' ? {} : { legalEntity }), lines: kindsOf(lines) };
}

interface WhoApprovesProps {
  readonly trial: Trial;
  readonly reader: Reader;
}

export function WhoApproves({ trial, reader }: WhoApprovesProps) {
  const { language, currency } = reader;
  const { typed, answer } = trial;
  return (
    <section class="card" aria-labelledby="try">
      <h2 id="try">{say(LABELS.tryIt, language)}</h2>
      <p class="by">{say(LABELS.tryIntro, language)}</p>
      <form method="get" action={`${POLICIES_PATH}#try`} class="task">
        <label for="subject">{say(LABELS.subject, language)}</label>
        <select id="subject" name="subject">
          {RULED_SUBJECTS.map((subject) => (
            <option value={subject} selected={subject === typed.subject}>
              {say(subjectText(subject), language)}
            </option>
          ))}
        </select>
        <Typed field="amount" label={`${say(LABELS.amount, language)} (${currency})`} {...trial} language={language} />
        <Typed field="costCentre" label={say(LABELS.costCentre, language)} {...trial} language={language} />
        <Typed field="categories" label={say(LABELS.categories, language)} {...trial} language={language} />
        <Typed field="currency" label={say(LABELS.currency, language)} {...trial} language={language} />
        <Typed field="legalEntity" label={say(LABELS.legalEntity, language)} {...trial} language={language} />
        <Typed field="requester" label={say(LABELS.requester, language)} {...trial} language={language} />
        <button type="submit" class="main">
          {say(LABELS.show, language)}
        </button>
      </form>
      {answer === undefined ? null : <Answer {...answer} reader={reader} />}
    </section>
  );
}

interface TypedProps extends Trial {
  readonly field: Field;
  readonly label: string;
  readonly language: Language;
}

function Typed({ field, label, typed, problems, language }: TypedProps) {
  const problem = problems[field];
  return (
    <>
      <label for={field}>{label}</label>
      {problem === undefined ? null : (
        <p class="wrong" id={`${field}-wrong`} role="alert">
          {say(problem, language)}
        </p>
      )}
      <input
        id={field}
        name={field}
        required={!OPTIONAL.includes(field)}
        maxlength={field === 'requester' ? MAX_NAME : MAX_TYPED}
        value={typed[field]}
        autocomplete="off"
        aria-describedby={problem === undefined ? undefined : `${field}-wrong`}
        aria-invalid={problem === undefined ? undefined : 'true'}
      />
    </>
  );
}

interface AnswerProps extends NonNullable<Trial['answer']> {
  readonly reader: Reader;
}

function Answer({ explained, names, reader }: AnswerProps) {
  const { language } = reader;
  const rows = explained.fired.map((one) => {
    const lines = firedOnlyFor(one, explained.asked);
    return lines.length === 0 ? String(one.row) : `${one.row} (${lines.join('; ')})`;
  });
  return (
    <>
      <p>
        {say(LABELS.firedRows, language)} (<a href="#approval-levels">approval-levels</a>):{' '}
        {rows.length === 0 ? '–' : joined(rows, language)}
      </p>
      {'plan' in explained ? (
        <Plan {...explained} names={names} reader={reader} />
      ) : (
        <p class="wrong" role="alert">
          {say(LABELS.nobody, language)}: {explained.refusal}
        </p>
      )}
    </>
  );
}
