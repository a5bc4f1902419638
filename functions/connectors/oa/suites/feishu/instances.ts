/**
 * Instances of Feishu's approvals: https://open.feishu.cn/document/server-docs/approval-v4/instance/get
 * with the values of their fields: https://open.feishu.cn/document/server-docs/approval-v4/approval/approval-widget-values
 */
import * as z from 'zod';
import { exactJsonOf } from '../../../../intake/domain/text.ts';
import type { FormRow, FormValue, SuiteInstances } from '../../../../intake/port.ts';
import { ConfigError, ConnectorPermanentError } from '../../../../runtime/errors.ts';
import type { FeishuApi } from './api.ts';
import { FEISHU_CHANGES } from './states.ts';

const answer = z.object({ data: z.object({ status: z.string(), user_id: z.string().default(''), form: z.string() }) });
const widget = z.object({ id: z.string(), custom_id: z.string().optional(), value: z.unknown() });
const range = z.object({ start: z.string(), end: z.string() });

export function createFeishuInstances(api: FeishuApi): SuiteInstances {
  return {
    async read(instanceId) {
      const path = `approval/v4/instances/${encodeURIComponent(instanceId)}?user_id_type=user_id`;
      const { data } = await api.call({ method: 'GET', path, what: 'an approval instance' }, answer);
      const change = Object.hasOwn(FEISHU_CHANGES, data.status) ? FEISHU_CHANGES[data.status] : undefined;
      if (change === undefined) {
        throw new ConnectorPermanentError(
          `Feishu has an approval instance in a state that is not known: ${data.status}`,
        );
      }
      if (data.user_id === '') {
        throw new ConfigError(
          'Feishu does not tell who filed the form: give the app the permission to read user ids (docs/suites.md)',
        );
      }
      return { change, userId: data.user_id, values: valuesOf(exactJsonOf(data.form)) };
    },
  };
}

/** By the id of each field, and by the name that the form's designer gave it. */
function valuesOf(form: unknown): FormRow {
  const entries = (z.array(z.unknown()).safeParse(form).data ?? []).flatMap((one) => {
    const { id, custom_id, value: given } = widget.safeParse(one).data ?? { id: '', value: undefined };
    const value = valueOfWidget(given);
    const names = custom_id === undefined || custom_id === '' ? [id] : [id, custom_id];
    return value === undefined ? [] : names.map((name): [string, FormValue] => [name, value]);
  });
  return Object.fromEntries(entries);
}

function valueOfWidget(value: unknown): FormValue | undefined {
  if (typeof value === 'string' || typeof value === 'boolean') {
    return value;
  }
  if (Array.isArray(value)) {
    const texts = z.array(z.string()).safeParse(value);
    return texts.success ? texts.data : value.map(valuesOf);
  }
  const { start, end } = range.safeParse(value).data ?? {};
  return start === undefined || end === undefined ? undefined : { start, end };
}
