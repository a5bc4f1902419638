/** An office request's whole process in memory, with the handles that a test pulls: people, the OA, the forms and the clock. */
import { join } from 'node:path';
import {
  type OfficeRequestSubmitted,
  officeRequestEnvelopeSchema,
} from '../../functions/events/office-request-submitted.ts';
import { compileForm } from '../../functions/office/compile-form.ts';
import { OFFICE, type OfficeState } from '../../functions/office/domain/office-process.ts';
import { compileFormFolder } from '../../functions/office/form-folder.ts';
import { type PublishOrder, publishForm } from '../../functions/office/form-versions.ts';
import { callOfficeFunction } from './office-functions.ts';
import type { WorldOptions } from './process-world.ts';
import { RequestWorld } from './request-world.ts';

/** Who decides about what most stories file, by the forms that come with Meridian. */
export const HEAD = 'E-3001';
const EMPLOYEE = 'E-1001';

/** As they are deployed. */
export const startingForms = await compileFormFolder(join(import.meta.dirname, '../../rules/forms'));

/** The form `seal-use` as it comes with Meridian, with changes. */
export function sealUse(changes: object = {}) {
  const form = startingForms.find(({ definition }) => definition.id === 'seal-use');
  if (form === undefined) {
    throw new Error('no form seal-use comes with Meridian');
  }
  return { ...form.definition, ...changes };
}

/** As {@link RequestWorld}, with the forms. Hours of waits are of the clock. */
export class OfficeWorld extends RequestWorld<OfficeState, OfficeRequestSubmitted> {
  constructor(options: WorldOptions = {}) {
    super(
      {
        machine: OFFICE.kind,
        callFunction: (parts, name, payload) => callOfficeFunction({ ...parts, startingForms }, name, payload),
        kind: OFFICE,
        schema: officeRequestEnvelopeSchema,
        filedIn: ({ request }) => request,
      },
      options,
    );
  }

  /** The head of the department says yes. */
  async approve(): Promise<void> {
    await this.decide(HEAD, 'approve');
  }

  /** An administrator publishes a version of a form. */
  publish(definition: object, order: Partial<PublishOrder> = {}): Promise<number> {
    const compiled = compileForm(definition);
    if ('issues' in compiled) {
      throw new Error(JSON.stringify(compiled.issues));
    }
    return publishForm(this.decisionDeps(), compiled.form, { replaces: 0, by: 'E-3004', reason: 'Needed', ...order });
  }
}

/** A world in which a function does not work as long as it is down. */
export function officeWorldWithout(functionName: string, how: 'refused' | 'dies-before' = 'refused') {
  const state = { isDown: true };
  const world = new OfficeWorld({ fault: (_, name) => (state.isDown && name === functionName ? how : undefined) });
  return { world, state };
}

interface Changes {
  readonly request?: object;
  readonly fields?: object;
  readonly requestId?: string;
  readonly employeeId?: string;
}

/** What most stories begin with: two copies of a document under the company seal, for which one person decides. */
export function officeEvent({
  request,
  fields,
  requestId = 'OF-1',
  employeeId = EMPLOYEE,
}: Changes = {}): OfficeRequestSubmitted {
  return {
    metadata: {
      eventId: `event-${requestId}`,
      correlationId: requestId,
      occurredAt: '2026-01-01T08:00:00+08:00',
      schemaVersion: '1.0',
    },
    oa: { system: 'demo-oa', requestId },
    requester: { employeeId },
    request: {
      form: 'seal-use',
      title: 'Lease of the north warehouse',
      fields: {
        seal: 'company',
        document: 'Lease of the north warehouse',
        copies: 2,
        reason: 'Asked for by Mr Wang of the landlord',
        ...fields,
      },
      ...request,
    },
  };
}
