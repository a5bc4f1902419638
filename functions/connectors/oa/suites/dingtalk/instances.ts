/** Instances of DingTalk's approvals: https://open.dingtalk.com/document/orgapp/obtains-the-details-of-a-single-approval-instance-pop */
import * as z from 'zod';
import { exactJsonOf } from '../../../../intake/domain/text.ts';
import type { FormInstance, FormRow, FormValue, SuiteInstances } from '../../../../intake/port.ts';
import { ConnectorPermanentError } from '../../../../runtime/errors.ts';
import type { DingtalkApi } from './api.ts';

const component = z.object({
  id: z.string().optional(),
  key: z.string().optional(),
  componentType: z.string().optional(),
  value: z.string().nullish(),
  extValue: z.string().nullish(),
});
type Component = z.infer<typeof component>;
const answer = z.object({
  result: z.object({
    originatorUserId: z.string().min(1),
    status: z.string(),
    result: z.string().nullish(),
    formComponentValues: z.array(component).default([]),
  }),
});
const tableRows = z.array(z.object({ rowValue: z.array(component) }));
const contacts = z.array(z.object({ emplId: z.string() }));

export function createDingtalkInstances(api: DingtalkApi): SuiteInstances {
  return {
    async read(instanceId) {
      const query = new URLSearchParams({ processInstanceId: instanceId });
      const path = `/v1.0/workflow/processInstances?${query}`;
      const { result } = await api.get({ path, what: 'an approval instance' }, answer);
      const change = changeOf(result.status, result.result ?? '');
      if (change === undefined) {
        throw new ConnectorPermanentError(
          `DingTalk has an approval instance in a state that is not known: ${result.status}`,
        );
      }
      return { change, userId: result.originatorUserId, values: valuesOf(result.formComponentValues) };
    },
  };
}

function changeOf(status: string, result: string): FormInstance['change'] | undefined {
  switch (status) {
    case 'NEW':
    case 'RUNNING':
      return 'filed';
    case 'COMPLETED':
      return result === 'agree' ? 'approved' : result === 'refuse' ? 'rejected' : undefined;
    case 'TERMINATED':
    case 'CANCELED':
      return 'withdrawn';
    default:
      return undefined;
  }
}

/** By the id of each field; in rows of a table that is its key. */
function valuesOf(components: readonly Component[]): FormRow {
  return Object.fromEntries(
    components.flatMap((one): readonly (readonly [string, FormValue])[] => {
      const name = one.id ?? one.key;
      const value = valueOfComponent(one);
      return name === undefined || value === undefined ? [] : [[name, value]];
    }),
  );
}

/** Values are texts; those of fields that hold several are JSON. */
function valueOfComponent({ componentType = '', value, extValue }: Component): FormValue | undefined {
  const text = value ?? '';
  const people = contacts.safeParse(exactJsonOf(extValue ?? ''));
  if (componentType === 'InnerContactField' && people.success) {
    return people.data.map(({ emplId }) => emplId);
  }
  const several = exactJsonOf(text);
  if (!Array.isArray(several)) {
    return text === '' || text === 'null' ? undefined : text;
  }
  const rows = tableRows.safeParse(several);
  if (componentType === 'TableField') {
    return rows.success ? rows.data.map(({ rowValue }) => valuesOf(rowValue)) : undefined;
  }
  const [start, end] = several;
  if (componentType === 'DDDateRangeField') {
    return typeof start === 'string' && typeof end === 'string' ? { start, end } : undefined;
  }
  return z.array(z.string()).safeParse(several).data ?? text;
}
