/** The OA suites of the company, as the company file has them. */
import * as z from 'zod';
import type { suitesEnvironment } from './environment.ts';
import { parseJson } from './parse.ts';
import { readSecret } from './secrets.ts';

const common = {
  /** Name of the OA (`oa.system`). */
  system: z.string().min(1),
  secretArn: z.string().min(1),
};
const suiteSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('feishu'), ...common, url: z.url(), appId: z.string().min(1) }),
  z.object({ kind: z.literal('dingtalk'), ...common, appKey: z.string().min(1), agentId: z.string().min(1) }),
  z.object({ kind: z.literal('wecom'), ...common, corpId: z.string().min(1), agentId: z.string().min(1) }),
]);
export type Suite = z.infer<typeof suiteSchema>;
export type SuiteVariables = z.infer<typeof suitesEnvironment>;

/** Something of each suite, by its name. */
export function bySystem<Made>({ SUITES }: SuiteVariables, make: (suite: Suite) => Made): ReadonlyMap<string, Made> {
  return new Map(
    z
      .array(suiteSchema)
      .parse(parseJson(SUITES))
      .map((suite) => [suite.system, make(suite)]),
  );
}

/** Reads a part of the suite's secret, each time that it is needed. */
export function secretOf<T>({ secretArn }: Suite, schema: z.ZodType<T>): () => Promise<T> {
  return () => readSecret(secretArn, schema);
}
