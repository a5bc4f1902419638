/** An engineering change as it was filed. */
import { engineeringChangeSchema } from '../events/engineering-change-submitted.ts';
import { readFiled } from '../requests/read-filed.ts';

export const changeOf = (filed: unknown) => readFiled(engineeringChangeSchema, filed, 'change');
