/** What the OA suites of the company send. Apart from what they are asked: reading their XML is no business of who asks. */
import { createDingtalkCallbacks, dingtalkCallbackSecretSchema } from '../connectors/oa/suites/dingtalk/callback.ts';
import { createFeishuCallbacks, feishuCallbackSecretSchema } from '../connectors/oa/suites/feishu/callback.ts';
import { createWecomCallbacks, wecomCallbackSecretSchema } from '../connectors/oa/suites/wecom/callback.ts';
import type { SuiteCallbacks } from '../intake/port.ts';
import { bySystem, type SuiteVariables, secretOf } from './suites.ts';

/** Callbacks by the name of the suite. */
export function suiteCallbacks(variables: SuiteVariables): ReadonlyMap<string, SuiteCallbacks> {
  return bySystem(variables, (suite) => {
    switch (suite.kind) {
      case 'feishu':
        return createFeishuCallbacks({ appId: suite.appId, secret: secretOf(suite, feishuCallbackSecretSchema) });
      case 'dingtalk':
        return createDingtalkCallbacks({ appKey: suite.appKey, secret: secretOf(suite, dingtalkCallbackSecretSchema) });
      case 'wecom':
        return createWecomCallbacks({ corpId: suite.corpId, secret: secretOf(suite, wecomCallbackSecretSchema) });
    }
  });
}
