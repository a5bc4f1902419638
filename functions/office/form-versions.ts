/**
 * Versions of the company's forms: each is kept as it was published and never changed, and a request is checked and routed by
 * the one that counted when it was filed. Which one counts moves in one transaction with an entry of the record `forms`.
 */
import type { Actor } from '../audit/domain/record.ts';
import { currentFormKey, FORMS, formVersionKey, numberFamilyKey } from '../process/keys.ts';
import { registerStanding, type StandingRecord } from '../process/standing-record.ts';
import type { ProcessStore, WorkChange, WorkItem } from '../process/store/port.ts';
import { type ProcessDeps, updateProcess } from '../process/update-process.ts';
import { BusinessRuleError } from '../runtime/errors.ts';
import type { CompiledForm } from './compile-form.ts';
import { numberFamily } from './domain/document-number.ts';
import type { Texts } from './domain/form.ts';

/** Under which the forms of the company change. */
const FORMS_RECORD: StandingRecord = { processId: 'forms', kind: 'forms', phase: 'Forms' };

export interface FormVersion extends CompiledForm {
  /** From 1. */
  readonly version: number;
  /** ISO 8601 in UTC; empty for what came with Meridian and nobody has looked for yet. */
  readonly publishedAt: string;
  /** Employee id of the administrator; empty: it came with Meridian. */
  readonly publishedBy: string;
  /** As the administrator wrote it; empty for what came with Meridian. */
  readonly reason: string;
}

/** What is known of a form without its versions. */
export interface CurrentForm {
  readonly formId: string;
  readonly version: number;
  readonly name: Texts;
}

export interface PublishOrder {
  /** Which version counted as far as the administrator knows; 0: there was no such form. */
  readonly replaces: number;
  /** Employee id. */
  readonly by: string;
  readonly reason: string;
}

/**
 * The version of each form that counts, by id; writes nothing.
 * @param starting - that come with Meridian
 */
export async function formsInUse(
  store: ProcessStore,
  starting: readonly CompiledForm[],
): Promise<readonly FormVersion[]> {
  const current = await currentForms(store);
  const kept = await Promise.all(current.map(({ formId, version }) => readFormVersion(store, formId, version)));
  const known = new Set(current.map(({ formId }) => formId));
  const others = starting.filter(({ definition }) => !known.has(definition.id)).map(firstVersion);
  return [...kept, ...others].sort((one, other) => (one.definition.id < other.definition.id ? -1 : 1));
}

async function currentForms(store: ProcessStore): Promise<readonly CurrentForm[]> {
  return (await store.list<CurrentForm>(FORMS, '')).map(({ value }) => value);
}

/**
 * Oldest first; none: there is no such form. Writes nothing.
 * @param starting - that come with Meridian
 */
export async function formVersions(
  store: ProcessStore,
  formId: string,
  starting: readonly CompiledForm[] = [],
): Promise<readonly FormVersion[]> {
  const items = await store.list<FormVersion>(formVersionKey(formId, 0).partition, '');
  return items.length > 0
    ? items.map(({ value }) => value)
    : starting.filter(({ definition }) => definition.id === formId).map(firstVersion);
}

function firstVersion(form: CompiledForm): FormVersion {
  return { ...form, version: 1, publishedAt: '', publishedBy: '', reason: '' };
}

/** @throws Error when it was never published: versions are never removed. */
export async function readFormVersion(store: ProcessStore, formId: string, version: number): Promise<FormVersion> {
  const item = await store.read<FormVersion>(formVersionKey(formId, version));
  if (item === undefined) {
    throw new Error(`there is no version ${version} of the form ${formId}`);
  }
  return item.value;
}

/**
 * The version that counted at a moment (ISO 8601 in UTC); what was filed before the first one was there is of the first one.
 * Undefined: there is no such form.
 */
export async function formAt(store: ProcessStore, formId: string, at: string): Promise<FormVersion | undefined> {
  const versions = await formVersions(store, formId);
  return versions.findLast(({ publishedAt }) => Date.parse(publishedAt) <= Date.parse(at)) ?? versions[0];
}

/**
 * From now on what is filed is of this version.
 * @returns its number
 * @throws BusinessRuleError `form-changed` when another version counts than the administrator knows, `same-form` when nothing
 *   would change, `numbers-taken` when another form gives the same numbers.
 */
export async function publishForm(deps: ProcessDeps, form: CompiledForm, order: PublishOrder): Promise<number> {
  await registerStanding(deps, FORMS_RECORD);
  return updateProcess<unknown, number>(deps, FORMS_RECORD.processId, async () => {
    const { id } = form.definition;
    const current = await deps.store.read<CurrentForm>(currentFormKey(id));
    const before = current?.value.version ?? 0;
    if (before !== order.replaces) {
      throw new BusinessRuleError('form-changed', `version ${before} of ${id} counts meanwhile: look at it again`);
    }
    if (before > 0 && (await readFormVersion(deps.store, id, before)).digest === form.digest) {
      throw new BusinessRuleError('same-form', `version ${before} of ${id} says the same already`);
    }
    const { by, reason } = order;
    const version = before + 1;
    const publishedAt = deps.clock.now().toISOString();
    const value: FormVersion = { ...form, version, publishedAt, publishedBy: by, reason };
    const actor: Actor = by === '' ? { kind: 'meridian', id: 'forms' } : { kind: 'person', id: by };
    const facts = { form: id, version, digest: form.digest };
    return {
      change: {
        entries: [{ type: 'FormPublished', actor, facts, ...(reason === '' ? {} : { personal: { reason } }) }],
      },
      also: [
        { kind: 'create', key: formVersionKey(id, version), value },
        moved(current, { formId: id, version, name: form.definition.name }),
        ...(await numbersOf(deps.store, form)),
      ],
      output: version,
    };
  });
}

function moved(current: WorkItem<CurrentForm> | undefined, value: CurrentForm): WorkChange {
  const key = currentFormKey(value.formId);
  return current === undefined
    ? { kind: 'create', key, value }
    : { kind: 'replace', key, ifVersion: current.version, value };
}

/** That the form gives numbers of this family is kept for good: numbers that were given once stay given. */
async function numbersOf(store: ProcessStore, { definition }: CompiledForm): Promise<readonly WorkChange[]> {
  const key = numberFamilyKey(numberFamily(definition.number));
  const owner = (await store.read<{ readonly formId: string }>(key))?.value.formId;
  if (owner !== undefined && owner !== definition.id) {
    throw new BusinessRuleError('numbers-taken', `the form ${owner} gives such numbers: choose others`);
  }
  return owner === undefined ? [{ kind: 'create', key, value: { formId: definition.id } }] : [];
}

/** The forms that come with Meridian become version 1, once; what the company made of them since stays. */
export async function loadStartingForms(deps: ProcessDeps, starting: readonly CompiledForm[]): Promise<void> {
  const known = new Set((await currentForms(deps.store)).map(({ formId }) => formId));
  for (const form of starting.filter(({ definition }) => !known.has(definition.id))) {
    await publishForm(deps, form, { replaces: 0, by: '', reason: '' }).catch((error: unknown) => {
      // Somebody else was first.
      if (!(error instanceof BusinessRuleError && error.rule === 'form-changed')) {
        throw error;
      }
    });
  }
}
