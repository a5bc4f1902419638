import { expect, it } from 'vitest';
import { oaBySystem } from '../../../functions/connectors/oa/by-system.ts';
import type { OaPort } from '../../../functions/connectors/oa/port.ts';
import { NOTICE } from '../../contract/oa/oa-contract.ts';

it('each OA is told in its own way, all others by the callback, and none where there is none', async () => {
  const told: string[] = [];
  const named = (name: string): OaPort => ({ tell: async ({ oa }) => void told.push(`${oa.system} by ${name}`) });
  const suites = new Map([['feishu', named('a card')]]);
  const of = (system: string) => ({ ...NOTICE, oa: { ...NOTICE.oa, system } });

  await oaBySystem(suites, named('the callback')).tell(of('feishu'));
  await oaBySystem(suites, named('the callback')).tell(of('demo-oa'));
  await oaBySystem(suites, undefined).tell(of('feishu'));

  expect(told).toEqual(['feishu by a card', 'demo-oa by the callback', 'feishu by a card']);
  await expect(oaBySystem(suites, undefined).tell(of('demo-oa'))).rejects.toMatchObject({
    name: 'ConnectorPermanentError',
    message: 'no callback of the OA is configured',
  });
});
