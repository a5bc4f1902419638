/** What the OA suites of the company are asked, and how their people are told. */
import type { OaPort } from '../connectors/oa/port.ts';
import { createDingtalkApi, type DingtalkApi, dingtalkAppSecretSchema } from '../connectors/oa/suites/dingtalk/api.ts';
import { createDingtalkInstances } from '../connectors/oa/suites/dingtalk/instances.ts';
import { createDingtalkMessages } from '../connectors/oa/suites/dingtalk/messages.ts';
import { createFeishuApi, type FeishuApi, feishuAppSecretSchema } from '../connectors/oa/suites/feishu/api.ts';
import { createFeishuInstances } from '../connectors/oa/suites/feishu/instances.ts';
import { createFeishuMessages } from '../connectors/oa/suites/feishu/messages.ts';
import { createWecomApi, type WecomApi, wecomAppSecretSchema } from '../connectors/oa/suites/wecom/api.ts';
import { createWecomInstances } from '../connectors/oa/suites/wecom/instances.ts';
import { createWecomMessages } from '../connectors/oa/suites/wecom/messages.ts';
import type { SuiteInstances } from '../intake/port.ts';
import type { Clock } from './ambient.ts';
import { bySystem, type Suite, type SuiteVariables, secretOf } from './suites.ts';

const DINGTALK = { url: 'https://api.dingtalk.com', olderUrl: 'https://oapi.dingtalk.com' };
const WECOM = { url: 'https://qyapi.weixin.qq.com' };

/** Kept for the life of the execution environment, since access tokens are. */
const feishuApis = new Map<string, FeishuApi>();
const dingtalkApis = new Map<string, DingtalkApi>();
const wecomApis = new Map<string, WecomApi>();

/** Readers of forms by the name of the suite. */
export function suiteInstances(variables: SuiteVariables, clock: Clock): ReadonlyMap<string, SuiteInstances> {
  return bySystem(variables, (suite) => {
    switch (suite.kind) {
      case 'feishu':
        return createFeishuInstances(feishuApi(suite, clock));
      case 'dingtalk':
        return createDingtalkInstances(dingtalkApi(suite, clock));
      case 'wecom':
        return createWecomInstances(wecomApi(suite, clock));
    }
  });
}

/** Ways to tell people by the name of the suite. */
export function suiteMessages(variables: SuiteVariables, clock: Clock): ReadonlyMap<string, OaPort> {
  return bySystem(variables, (suite) => {
    switch (suite.kind) {
      case 'feishu':
        return createFeishuMessages(feishuApi(suite, clock));
      case 'dingtalk':
        return createDingtalkMessages(dingtalkApi(suite, clock), suite.agentId);
      case 'wecom':
        return createWecomMessages(wecomApi(suite, clock), suite.agentId);
    }
  });
}

function feishuApi(suite: Extract<Suite, { kind: 'feishu' }>, clock: Clock): FeishuApi {
  const { system, url, appId } = suite;
  return kept(feishuApis, system, () =>
    createFeishuApi({ url, appId, secret: secretOf(suite, feishuAppSecretSchema), clock }),
  );
}

function dingtalkApi(suite: Extract<Suite, { kind: 'dingtalk' }>, clock: Clock): DingtalkApi {
  const { system, appKey } = suite;
  return kept(dingtalkApis, system, () =>
    createDingtalkApi({ ...DINGTALK, appKey, secret: secretOf(suite, dingtalkAppSecretSchema), clock }),
  );
}

function wecomApi(suite: Extract<Suite, { kind: 'wecom' }>, clock: Clock): WecomApi {
  const { system, corpId } = suite;
  return kept(wecomApis, system, () =>
    createWecomApi({ ...WECOM, corpId, secret: secretOf(suite, wecomAppSecretSchema), clock }),
  );
}

function kept<Api>(apis: Map<string, Api>, system: string, make: () => Api): Api {
  const api = apis.get(system) ?? make();
  apis.set(system, api);
  return api;
}
