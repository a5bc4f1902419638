/** The signed callback keeps to what every way of telling an OA keeps to. */
import { createCallbackOa } from '../../../functions/connectors/oa/callback/callback-oa.ts';
import { SettableClock } from '../../support/ambient.ts';
import { oaContract } from './oa-contract.ts';
import { type StubAnswer, startStub } from './stub-server.ts';

oaContract('a signed callback', async () => {
  const next: StubAnswer[] = [];
  const taken: string[] = [];
  const server = await startStub(({ body }) => {
    const answer = next.shift() ?? { body: '' };
    if (answer.status === undefined) {
      taken.push(body);
    }
    return answer;
  });
  return {
    oa: createCallbackOa({
      ...{ url: `${server.origin}/callback`, timeoutMs: 3_000 },
      signingKey: async () => 'a signing key of thirty-two characters and more',
      clock: new SettableClock(),
    }),
    taken: () => taken.map((content) => ({ key: JSON.parse(content).messageId, content })),
    meet: (mishap) => server.meet('/callback', mishap),
    answerNext: (how) => next.push({ status: how === 'busy' ? 429 : 422, body: '' }),
    close: server.close,
  };
});
