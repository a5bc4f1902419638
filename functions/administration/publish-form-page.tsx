/**
 * A form that somebody pasted: what is wrong with it, or how people would fill it in and who would decide; and, by a second
 * button, published. What is published is what was shown.
 */
import { tryPlan } from '../approvals/plan-approval.ts';
import type { DirectoryData } from '../directory/directory-file.ts';
import type { Directory } from '../directory/port.ts';
import { type CompiledForm, compileFormText } from '../office/compile-form.ts';
import { findingsIn } from '../office/domain/form-values.ts';
import { formVersions, loadStartingForms, publishForm } from '../office/form-versions.ts';
import { officeQuestion } from '../office/office-question.ts';
import { readInputs } from '../office/read-inputs.ts';
import type { PageContext } from '../pages/placed-page.tsx';
import type { WorkingTimeBound } from '../policy/policy-tables.ts';
import { checkRulesInCompany } from '../policy/rules-in-company.ts';
import type { CompiledRules } from '../policy/table.ts';
import { createPolicies } from '../policy/table-policies.ts';
import { BusinessRuleError } from '../runtime/errors.ts';
import { companyNow } from './company-now.ts';
import { previewPage, publishedPage, wrongFormPage } from './form-preview.tsx';
import type { SampleAnswer } from './form-sample.tsx';
import type { FormsDeps } from './forms-page.tsx';
import type { administrationPage, Reader } from './frame.tsx';
import { namesIn } from './plan-view.tsx';
import type { FormRefusal } from './refused-form.ts';
import { type SentForm, sentSchema } from './sent-form.ts';

export interface PublishFormDeps extends FormsDeps {
  readonly directory: Directory;
  /** Version 0 of the directory. */
  readonly deployed: DirectoryData;
  readonly rules: CompiledRules;
  readonly bound: WorkingTimeBound | undefined;
}

/** `refusal`: it was to be published, and was not. */
interface PublishAnswer {
  readonly shown: ReturnType<typeof administrationPage>;
  readonly refusal?: FormRefusal;
}

export async function publishFormPage(
  deps: PublishFormDeps,
  context: PageContext,
  reader: Reader,
): Promise<PublishAnswer> {
  const typed = new Map(new URLSearchParams(await context.req.text()));
  const sent = sentSchema.parse(Object.fromEntries(typed));
  const page = { context, reader, sent };
  const compiled = compileFormText(sent.json, deps.bound);
  if ('issues' in compiled) {
    return refused(wrongFormPage(page, compiled.issues), sent, 'wrong-form');
  }
  const { form } = compiled;
  const { mistakes, remarks } = checkRulesInCompany(
    { tables: { [form.definition.id]: form.route } },
    { directory: (await companyNow(deps)).data, currency: reader.currency },
  );
  if (mistakes.length > 0) {
    return refused(wrongFormPage(page, mistakes), sent, 'wrong-form');
  }
  const current = (await formVersions(deps.store, form.definition.id, deps.startingForms)).at(-1);
  const replaces = sent.replaces ?? current?.version ?? 0;
  const preview = { ...page, form, current, replaces, remarks, typed };
  if (sent.step === 'preview') {
    return { shown: previewPage({ ...preview, answer: await answerSample(deps, form, sent, typed, reader) }) };
  }
  if (sent.reason === '') {
    return { shown: previewPage({ ...preview, problem: 'reason-missing' }), refusal: 'bad-form' };
  }
  const by = context.get('signedIn').employeeId;
  try {
    await loadStartingForms(deps, deps.startingForms);
    const version = await publishForm(deps, form, { replaces, by, reason: sent.reason });
    return { shown: publishedPage(page, form, version) };
  } catch (error) {
    const refusal = error instanceof BusinessRuleError ? REFUSALS.get(error.rule) : undefined;
    if (refusal === undefined) {
      throw error;
    }
    return { shown: previewPage({ ...preview, problem: refusal }), refusal };
  }
}

const REFUSALS: ReadonlyMap<string, 'form-changed' | 'same-form' | 'numbers-taken'> = new Map([
  ['form-changed', 'form-changed'],
  ['same-form', 'same-form'],
  ['numbers-taken', 'numbers-taken'],
]);

/** Whoever only looks has tried to change nothing. */
function refused(shown: PublishAnswer['shown'], { step }: SentForm, refusal: FormRefusal): PublishAnswer {
  return step === 'publish' ? { shown, refusal } : { shown };
}

/** Who would decide about the values of the example; undefined: nobody asked. */
async function answerSample(
  deps: PublishFormDeps,
  form: CompiledForm,
  { requester }: SentForm,
  typed: ReadonlyMap<string, string>,
  { currency }: Reader,
): Promise<SampleAnswer | undefined> {
  if (requester === '') {
    return undefined;
  }
  const [person, ...others] = await deps.directory.find(requester);
  const fields = readInputs(form.definition, typed);
  const findings = findingsIn(form.definition, fields, currency);
  if (person === undefined || others.length > 0 || findings.length > 0) {
    return { findings, isUnknown: person === undefined || others.length > 0 };
  }
  const question = officeQuestion(person.employeeId, { fields }, { ...form, version: 0 }, currency);
  const tried = await tryPlan(question, { directory: deps.directory, policies: createPolicies(deps.rules) });
  return 'plan' in tried
    ? { findings, isUnknown: false, plan: tried.plan, names: await namesIn(tried.plan, deps.directory) }
    : { findings, isUnknown: false, refusal: tried.refusal.message };
}
