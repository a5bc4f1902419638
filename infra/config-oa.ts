/** What a company's file says of its OA. */
import * as z from 'zod';
import { httpsUrl, name, principalArn, secretArn } from './config-parts.ts';

const oaName = z.string().regex(/^[a-z0-9][a-z0-9-]{0,31}$/, 'must be 1 to 32 lower-case letters, digits or hyphens');
const suiteParts = {
  /** Name of the OA (`oa.system`) in events and messages. */
  system: oaName,
  /** A secret that is there before the deployment; its fields are in docs/suites.md. */
  secretArn,
  /** What its forms become; relative to this file. */
  formsFile: name,
};
const agentId = z.string().regex(/^\d{1,15}$/, 'must be the digits of the app’s AgentId');

/** OA suites, whose callbacks are taken and whose people are told by messages. */
const suiteSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('feishu'),
    ...suiteParts,
    appId: z.string().regex(/^cli_\w+$/, 'must be an App ID such as "cli_a1b2c3"'),
    /** Lark: `https://open.larksuite.com`. */
    url: httpsUrl.default('https://open.feishu.cn'),
  }),
  z.strictObject({ kind: z.literal('dingtalk'), ...suiteParts, appKey: name, agentId }),
  z.strictObject({ kind: z.literal('wecom'), ...suiteParts, corpId: name, agentId }),
]);

/** The company's OAs: who may speak for them, and how they are told. */
export const oaSchema = z
  .strictObject({
    /** ARNs of the IAM roles or users that may put events of the source `meridian.oa`. */
    principals: z.array(principalArn).min(1),
    /** Other accounts, each of whose roles and users may put them if its own policies let it. */
    accounts: z
      .array(z.string().regex(/^\d{12}$/, 'must be the 12 digits of an AWS account'))
      .max(10)
      .default([]),
    /** Names (`oa.system`) of the OAs that send their events to the webhook instead, each with a key of its own. */
    webhooks: z.array(oaName).max(10).default([]),
    suites: z.array(suiteSchema).max(5).default([]),
    /** Where the OA is told what became of its requests; without it operators are told by mail. */
    callbackUrl: httpsUrl.optional(),
  })
  .superRefine(({ webhooks, suites }, context) => {
    const taken = new Set(webhooks);
    for (const [index, { system }] of suites.entries()) {
      if (taken.has(system)) {
        context.addIssue({
          code: 'custom',
          path: ['suites', index, 'system'],
          message: `must be the name of one OA: "${system}" is taken`,
        });
      }
      taken.add(system);
    }
  });
