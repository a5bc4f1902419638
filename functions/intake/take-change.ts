/**
 * Works on a change of a form that a suite told of: reads the instance from the suite, whose word about it alone counts, maps it by
 * the company's table and puts the event on the bus. Whether its content can be followed is found, recorded and answered by
 * the process, as for any event.
 */
import * as z from 'zod';
import { SCHEMA_VERSION } from '../events/envelope.ts';
import { oaEventSchema } from '../events/oa-events.ts';
import { ConfigError, ConnectorTransientError } from '../runtime/errors.ts';
import { parseInput } from '../runtime/parse.ts';
import type { FormRule, FormTable } from './domain/form-table.ts';
import { mapForm } from './domain/map-form.ts';
import { CHANGES, type FormInstance, type QueuedChange, type SuiteInstances } from './port.ts';
import { type PutDeps, putOnce } from './put-once.ts';

/** What was accepted, as it lies in the queue. */
export const queuedChangeSchema: z.ZodType<QueuedChange> = z.strictObject({
  system: z.string().min(1),
  instanceId: z.string().min(1),
  form: z.string().min(1),
  change: z.enum(CHANGES),
  occurredAt: z.iso.datetime(),
});

export interface TakeDeps extends PutDeps {
  /** Undefined: the company file names no such suite. */
  readonly suiteOf: (system: string) => { readonly instances: SuiteInstances; readonly table: FormTable } | undefined;
}

export type Taken =
  | { readonly result: 'put' | 'put-before'; readonly detailType: string }
  /** The table says that it is none of ours, or it was overtaken: by the withdrawal of its form, or what was urged is decided. */
  | { readonly result: 'ignored'; readonly why: 'form' | 'change' | 'overtaken' };

/**
 * Done at least once; a change that was put already is left alone.
 * @throws ConnectorTransientError when the suite or the bus may answer later, or the suite does not yet say itself what it told.
 * @throws ConnectorPermanentError when the suite knows no such instance.
 * @throws ConfigError when the company's table, or what the suite allows us, is to be mended: the change waits as a dead letter.
 */
export async function takeChange(deps: TakeDeps, change: QueuedChange): Promise<Taken> {
  const suite = deps.suiteOf(change.system);
  if (suite === undefined) {
    throw new ConfigError(`no suite ${change.system} is in the company file: deploy it again, or drop what it told`);
  }
  const { table, instances } = suite;
  const rule = table.rules.find(({ form, when }) => form === change.form && when === change.change);
  if (rule === undefined) {
    return withoutRule(table, change);
  }
  const instance = await instances.read(change.instanceId);
  if (!isTrue(change, instance)) {
    if (instance.change === 'withdrawn' || change.change === 'urged') {
      return { result: 'ignored', why: 'overtaken' };
    }
    throw new ConnectorTransientError(
      `${change.system} told that ${change.instanceId} is ${change.change}, and says itself that it is ${instance.change}`,
    );
  }
  const detail = detailOf(rule, change, instance);
  // Its id is made of what it is about: the same id is the same event.
  const event = { system: change.system, eventId: detail.metadata.eventId, digest: rule.event };
  const result = await putOnce(deps, { ...event, detailType: rule.event, detail });
  return { result: result === 'accepted' ? 'put' : 'put-before', detailType: rule.event };
}

function withoutRule({ rules, otherForms }: FormTable, { system, form }: QueuedChange): Taken {
  if (rules.some((rule) => rule.form === form)) {
    return { result: 'ignored', why: 'change' };
  }
  if (otherForms === 'ignore') {
    return { result: 'ignored', why: 'form' };
  }
  throw new ConfigError(
    `form ${form} of ${system} is in no rule of its file of forms: add one, or set otherForms to "ignore" (docs/suites.md)`,
  );
}

/** What was filed stays filed, whatever came after it; what is decided is urged no more. */
function isTrue({ change }: QueuedChange, instance: FormInstance): boolean {
  return change === 'filed' || (change === 'urged' ? 'filed' : change) === instance.change;
}

function detailOf({ person, fields }: FormRule, change: QueuedChange, { userId, values }: FormInstance) {
  const { system, instanceId, occurredAt } = change;
  return parseInput(oaEventSchema, {
    ...mapForm(fields, values),
    metadata: {
      eventId: eventIdOf(change),
      correlationId: instanceId,
      occurredAt,
      schemaVersion: SCHEMA_VERSION,
    },
    oa: { system, requestId: instanceId },
    [person]: { employeeId: userId },
  });
}

/** A form is urged more than once: the suite tells of each at a time of its own. */
function eventIdOf({ instanceId, change, occurredAt }: QueuedChange): string {
  return change === 'urged' ? `${instanceId}-${change}-${Date.parse(occurredAt)}` : `${instanceId}-${change}`;
}
