/** A step failed for good, and the operators are asked what to do about it. Pure. */
import type { DecisionDocument } from '../../approvals/domain/plan.ts';
import type { NewEntry } from '../../audit/domain/record.ts';

export type FailureAction = 'retry' | 'skip' | 'cancel';

/** What failed, for an operator. */
export interface StepFailure {
  readonly step: string;
  readonly error: string;
  readonly cause: string;
}

/** In the record, before the question to the operators. `kind`: name of the process's state machine. */
export function failureEntry(kind: string, failure: StepFailure): NewEntry {
  return { type: 'StepFailed', actor: { kind: 'meridian', id: kind }, facts: { ...failure } };
}

type Note = DecisionDocument['notes'][number];

/** What failed and what it concerns; also for a request that is not checked yet. */
export function failureDocument(failure: StepFailure, about: Omit<DecisionDocument, 'lines'>): DecisionDocument {
  return {
    ...about,
    title: `${failure.step}: ${about.title}`,
    lines: [],
    notes: [
      ...note('Step', '步骤', failure.step),
      ...note('Error', '错误', failure.error),
      ...note('What happened', '详情', failure.cause),
      ...about.notes,
    ],
  };
}

/** A fact that a person is shown; none where there is nothing to show. */
export function note(en: string, zh: string, value: string): readonly Note[] {
  return value === '' ? [] : [{ label: { en, zh }, value }];
}

/** As {@link note}, about a person: it stands on the page, and in no mail. */
export function personalNote(en: string, zh: string, value: string): readonly Note[] {
  return note(en, zh, value).map((one) => ({ ...one, isOnPageOnly: true }));
}
