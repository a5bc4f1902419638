import { expect, it } from 'vitest';
import { unconfiguredErp } from '../../../functions/connectors/erp/unconfigured.ts';
import { ConfigError } from '../../../functions/runtime/errors.ts';

it('an ERP that is not configured says at every call what is missing and where it belongs', async () => {
  for (const operation of Object.values(unconfiguredErp())) {
    const call: Promise<unknown> = Promise.resolve(Reflect.apply(operation, undefined, []));
    await expect(call).rejects.toThrow(ConfigError);
    await call.catch((error: unknown) => expect(String(error)).toMatch(/"erp" in the company file.*ErpCredentialsArn/));
  }
});
