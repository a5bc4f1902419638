/** An approved office request gets the number of its document: the next of its form and year, once, without a gap. */
import { numberCounterKey } from '../process/keys.ts';
import type { WorkChange, WorkItem } from '../process/store/port.ts';
import { type ProcessDeps, updateProcess } from '../process/update-process.ts';
import { type CompanyFacts, companyDate } from '../requests/company.ts';
import { barrierOf } from '../requests/domain/request.ts';
import { readRequest } from '../requests/read-request.ts';
import { documentNumber } from './domain/document-number.ts';
import { numberReason } from './domain/office-messages.ts';
import { checkedRequest, numberKey, type OfficeState } from './domain/office-process.ts';
import { readFormVersion } from './form-versions.ts';

export interface NumberDocumentDeps extends ProcessDeps {
  readonly company: CompanyFacts;
}

/** `held`: compliance stopped it. Whatever else interrupted the process is its outcome. */
export type NumberOutcome = 'numbered' | NonNullable<ReturnType<typeof barrierOf>>;

interface Counter {
  readonly last: number;
}

/**
 * Idempotent. The counter moves in the same transaction as the record says so: whoever is faster gets the number, and the
 * other the next one. The year is the company's calendar's, at this moment.
 */
export async function numberDocument(deps: NumberDocumentDeps, processId: string): Promise<{ outcome: NumberOutcome }> {
  const { form } = checkedRequest((await readRequest<OfficeState>(deps, processId)).state);
  const { definition } = await readFormVersion(deps.store, form.id, form.version);
  const outcome = await updateProcess<OfficeState, NumberOutcome>(deps, processId, async (head) => {
    if (head.state.number !== undefined) {
      return { output: 'numbered' };
    }
    const barrier = barrierOf(head, numberKey(processId));
    if (barrier !== undefined) {
      return { output: barrier };
    }
    const year = companyDate(deps.clock, deps.company.timeZone).slice(0, 4);
    const counter = await deps.store.read<Counter>(numberCounterKey(form.id, year));
    const sequence = (counter?.value.last ?? 0) + 1;
    const number = documentNumber(definition.number, year, sequence);
    return {
      change: {
        entries: [
          {
            type: 'DocumentNumbered',
            actor: { kind: 'meridian', id: 'numbers' },
            facts: { number, form: form.id, formVersion: form.version, year, sequence },
          },
        ],
        state: { ...head.state, number, endReason: numberReason(number) },
        phase: 'Numbered',
      },
      also: [moved(form.id, year, counter, sequence)],
      output: 'numbered',
    };
  });
  return { outcome };
}

function moved(formId: string, year: string, counter: WorkItem<Counter> | undefined, last: number): WorkChange {
  const key = numberCounterKey(formId, year);
  const value: Counter = { last };
  return counter === undefined
    ? { kind: 'create', key, value }
    : { kind: 'replace', key, ifVersion: counter.version, value };
}
